/** What has been done in a performance, each as a plain value: what somebody typed, what was made of a probe, who was told of their turn. */
import type { Micros } from '../../sim/clock.ts';
import type { Due } from './due.ts';

/** What a probe left behind beside its event. */
type MadeProbe = {
  readonly files: readonly { readonly file: string; readonly octets: Uint8Array }[];
  /** NDJSON of what happened in its fork; undefined when it was tried aside. */
  readonly fork: string | undefined;
};

type Act =
  /** The opening is over. */
  | { readonly kind: 'opened' }
  | {
      readonly kind: 'line';
      readonly by: string;
      readonly on: string;
      readonly line: string;
      /** Its id; undefined for a line of the opening. */
      readonly step: string | undefined;
      readonly refused: string | undefined;
    }
  /** Typed by somebody else; it was not due. */
  | {
      readonly kind: 'typed';
      readonly by: string;
      readonly on: string;
      readonly line: string;
      readonly refused: string | undefined;
    }
  | { readonly kind: 'cue'; readonly step: string }
  | { readonly kind: 'time-come'; readonly instance: string; readonly step: string | null }
  | {
      readonly kind: 'probe';
      /** As the screenplay has it: equal texts are equal probes. */
      readonly probe: string;
      readonly id: string;
      /** Undefined when it was not made. */
      readonly made: MadeProbe | undefined;
    };

/** One of these, and what there was before it. */
export type Deed = Act & {
  readonly time: Micros;
  /** Events in the trace, and entries in the log of the world. */
  readonly events: number;
  readonly entries: number;
};

/** Whether what was done is what is due, to the word. */
export function isDone(due: Due, done: Deed): boolean {
  if (due.time !== done.time) return false;
  if (due.kind === 'opened') return done.kind === 'opened';
  if (due.kind === 'cue') return done.kind === 'cue' && done.step === due.step.id;
  if (due.kind === 'time-come')
    return done.kind === 'time-come' && done.instance === due.instance && done.step === due.step;
  if (due.kind === 'probe') return done.kind === 'probe' && done.probe === JSON.stringify(due.probe);
  return (
    done.kind === 'line' &&
    done.by === due.by &&
    done.on === due.on &&
    done.line === due.line &&
    done.step === due.step?.id
  );
}
