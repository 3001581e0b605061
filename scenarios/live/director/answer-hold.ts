/**
 * What a console has answered, until it is true: the answer to a line is in the trace when what the line did is on the disk, and never
 * when it could not be kept or the device died before. All other events are told as they happen.
 */
import type { CalldrillError } from '../../../sim/errors.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';

type Answered = Extract<AnyTraceEvent, { type: 'console.answered' }>;

/** The answer to one line. */
export interface HeldAnswer {
  isKept(): void;
  /** Whoever typed the line is refused it after all. */
  isLost(error: CalldrillError): void;
}

/** Holds one `console.answered` at a time between a device and its trace: the next one takes the place of one that was not taken. */
export class AnswerHold {
  readonly #tell: (event: AnyTraceEvent) => void;
  #held: Answered | undefined;

  constructor(tell: (event: AnyTraceEvent) => void) {
    this.#tell = tell;
  }

  /** Tells an event, or holds it. */
  tell(event: AnyTraceEvent): void {
    if (event.type === 'console.answered') this.#held = event;
    else this.#tell(event);
  }

  /** Takes out the answer to the line that was typed last, if it was answered. */
  take(): HeldAnswer | undefined {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) return undefined;
    return {
      isKept: () => this.#tell(held),
      isLost: ({ code, message }) =>
        this.#tell({ ...held, type: 'console.refused', data: { code, message } }),
    };
  }
}
