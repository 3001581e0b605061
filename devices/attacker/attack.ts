/**
 * An attack: something that can be tried with holdings, and ends in an outcome. A probe tries it three times: with what the
 * attacker holds, with a key that must open it (positive control) and with a key that must not (negative control). All three
 * run the same algorithm on the same octets.
 */
import { SECOND, type Micros } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import type { Secret } from '../../sim/secret.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { ReachedHandset } from '../handset/index.ts';
import { inOrder, type Reason } from '../reason.ts';
import type { Holdings } from './holdings.ts';
import type { AttackAim } from './path.ts';
import { sentenceOf } from './reason-text.ts';
import type { AttackStage } from './stage.ts';

/** How one try ended. `opened` without a mistake means: with these means, the asset is the attacker's. */
export interface Outcome {
  readonly outcome: 'opened' | 'refused' | 'inconclusive';
  /** One sentence: what happened. Of a refusal it follows from the reasons. */
  readonly because: string;
  /** The first obstacle of a refusal; null otherwise. */
  readonly reason: Reason | null;
  /** All others that stood in the way as well, in order. */
  readonly missing: readonly Reason[];
  /** The secrets that a success was made with. */
  readonly means: readonly Secret[];
  /** What else it took: names of links, servers and users that give the attacker what they have. */
  readonly sources: readonly string[];
  /** Seconds of speech recovered. */
  readonly audioSeconds?: number;
  /** Files with what was recovered. */
  readonly artefacts?: readonly { readonly name: string; readonly octets: Uint8Array }[];
  /** Keys that it worked out on the way: they open this one thing. */
  readonly derived?: readonly Secret[];
  /** What the attacker holds now that it did not hold before. */
  readonly gained?: Holdings;
}

/** The three tries of a probe, in the order in which they are made. */
export const ARMS = ['attempt', 'positive', 'negative'] as const;
/** With what is held, with a key that must open it, or with a key that must not. */
export type Arm = (typeof ARMS)[number];

/** What is handed to an attacker before it tries, and by whom; null when nobody says. */
export interface Handed {
  readonly holdings: Holdings;
  /** Whose it is. */
  readonly owner: string;
  readonly from: string | null;
}

/** Something that an attacker can try, any number of times: an attempt changes what is attacked, never the attack. */
export interface Attack {
  /** The path that it will take with these holdings, and what it is aimed at. Asked before it tries. */
  aim(held: Holdings): AttackAim;
  /** It asks what users could do, so it is a probe or nothing. */
  readonly isService?: boolean;
  /** What a line hands to whoever types it, so that there is custody of it; a probe only asks what would come of that. */
  given?(): Handed | undefined;
  /** Tries it. `done` is called exactly once, now or after some virtual time. */
  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void;
}

/** It worked, and this is all that it took; `more` adds audio, files and gains. */
export const opened = (
  because: string,
  { means = [], sources = [] }: { readonly means?: readonly Secret[]; readonly sources?: readonly string[] },
  more: Partial<Outcome> = {},
): Outcome => ({
  outcome: 'opened',
  because,
  reason: null,
  missing: [],
  means,
  sources: [...new Set(sources)],
  ...more,
});

/** What else is known of a refusal. */
export interface RefusalOptions {
  /** Obstacles beside the reason, in any order. */
  readonly missing?: readonly Reason[];
  /** What or who it was about: a noun that says nothing beyond the code. */
  readonly detail?: string | undefined;
}

/** It was tried and did not work. Of the obstacles the first of the list is the reason, whichever was named as it. */
export function refused(reason: Reason, { missing = [], detail }: RefusalOptions = {}): Outcome {
  const all = inOrder([reason, ...missing]);
  const [first = reason, ...others] = all;
  const because = sentenceOf(first, others, detail);
  return { outcome: 'refused', because, reason: first, missing: others, means: [], sources: [] };
}

/** It cannot be said; `because` is why. */
export const inconclusive = (because: string): Outcome => ({
  outcome: 'inconclusive',
  because,
  reason: null,
  missing: [],
  means: [],
  sources: [],
});

/** Refused for these obstacles, in any order; `otherwise` when there is none. */
export function refusedFor(reasons: readonly Reason[], otherwise: () => Outcome, detail?: string): Outcome {
  const [first, ...others] = reasons;
  return first === undefined ? otherwise() : refused(first, { missing: others, detail });
}

/** Longest time an attack may take. */
export const ATTEMPT_LIMIT: Micros = 90 * SECOND;

/** An attack under way, of which the first answer counts. */
export interface Race {
  /** Ends it; whoever comes later changes nothing. */
  finish(outcome: Outcome): void;
  readonly over: boolean;
}

/** Ends an attack at the first answer: the outcome of whoever calls first, or `late` when nobody did in time. */
export function firstOf(
  stage: AttackStage,
  limit: Micros,
  late: () => Outcome,
  done: (outcome: Outcome) => void,
): Race {
  let over = false;
  const finish = (outcome: Outcome): void => {
    if (over) return;
    over = true;
    stage.clock.cancel(timer);
    done(outcome);
  };
  const timer = stage.clock.schedule(limit, () => finish(late()));
  return {
    finish,
    get over() {
      return over;
    },
  };
}

/** The same for an attack whose success is somebody else's to say: `watch` sees each event until it is over. */
export function witnessed(
  stage: AttackStage,
  limit: Micros,
  watch: (event: AnyTraceEvent, race: Race) => void,
  late: () => Outcome,
  done: (outcome: Outcome) => void,
): Race {
  const race = firstOf(stage, limit, late, (outcome) => {
    stop();
    done(outcome);
  });
  const stop = stage.trace.listen((event) => watch(event, race));
  return race;
}

/** Whoever has the phone ends the call that it is in, if it is in one. */
export function hangUp(phone: ReachedHandset | undefined): void {
  if (phone !== undefined && phone.line !== 'idle' && phone.line !== 'none') phone.hangUp();
}

/** Types a line on somebody's phone, if there is one. A refusal is in the trace, and the attack goes on and finds out. */
export function typeAt(
  stage: AttackStage,
  phone: ReachedHandset | undefined,
  line: string,
  by: string,
): void {
  if (phone === undefined) return;
  try {
    stage.consoleOf(phone.name)?.type(line, by);
  } catch (error) {
    if (!(error instanceof CalldrillError)) throw error;
  }
}
