/** Lines that are typed whatever becomes of them: those of a log, and those of a probe. */
import { CalldrillError } from '../../sim/errors.ts';

/** Wherever a person can type a line: a world. */
export interface TypedWorld {
  type(by: string, on: string, line: string): unknown;
}

/** Types a line whose refusal, if any, is an event like any other. */
export function typeQuietly(world: TypedWorld, by: string, on: string, line: string): void {
  try {
    world.type(by, on, line);
  } catch (error) {
    if (!(error instanceof CalldrillError)) throw error;
  }
}
