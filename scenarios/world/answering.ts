/** Ringing phones: whoever has one in hand answers it after a while, unless somebody plays that person. */
import { CalldrillError } from '../../sim/errors.ts';
import type { Console } from '../../devices/console/index.ts';
import type { Deployment } from '../../devices/deployment.ts';
import { handsetKind } from '../../devices/handset/kind.ts';
import type { Clock } from '../../sim/clock.ts';
import type { Trace } from '../../sim/trace.ts';
import type { Things } from './people/things.ts';

/** Where phones can ring: a world, whose trace tells of it. */
export interface RingingPlace {
  readonly trace: Trace;
  readonly things: Pick<Things, 'placeOf'>;
  readonly clock: Pick<Clock, 'schedule'>;
  readonly deployment: Deployment;
  /** The phones that are there, by name. */
  ofKind(kind: typeof handsetKind): ReadonlyMap<string, { readonly line: string }>;
  console(name: string): Console;
}

/** From now on. `played` are the people whose lines somebody else types. */
export function answerPhones(world: RingingPlace, played: () => readonly string[]): void {
  const { trace, things, clock, deployment } = world;
  const handsets = world.ofKind(handsetKind);
  trace.listen((event) => {
    if (event.type !== 'handset.ringing' || !handsets.has(event.on)) return;
    const holder = things.placeOf(event.on);
    if (played().includes(holder)) return;
    clock.schedule(deployment['answer-delay'], () => {
      const phone = handsets.get(event.on);
      if (phone?.line !== 'ringing') return;
      trace.because(event.n, () => {
        try {
          world.console(event.on).type('answer', holder);
        } catch (error) {
          // The caller of a phone of another process may give up while the line is on its way. The refusal is in the trace.
          if (!(error instanceof CalldrillError)) throw error;
        }
      });
    });
  });
}
