/**
 * The exposure ledger: by which paths an attacker could do something to an asset, and from when to when, as far as anything shows. Every
 * success counts, whoever tried and whether or not it was predicted; a prediction that comes true is still harm.
 *
 * It is kept by path and not by capability: that the thief is kept out of an account does not end what an insider can do, so only the
 * refusal of the same path, with a control that shows that the try was a good one, ends an entry. And no entry begins before it could
 * have: not before the last refusal, and not before the attacker had what it was done with.
 */
import { HOUR, type Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { ExposureBar } from '../model.ts';
import { Custody } from './custody.ts';
import { triesOf, type Try } from './tries.ts';

/** Assets that are somebody: whoever has one can be taken for them. */
const IDENTITY = 'identity ';
/** Of an hour. */
const HUNDREDTH = HOUR / 100;

/** Entries by path, in the order of their first try. A path that opens again after it was refused has another entry. */
export function exposureOf(events: readonly AnyTraceEvent[]): readonly ExposureBar[] {
  const paths = new Map<string, Try[]>();
  for (const tried of triesOf(events)) {
    const { attacker, attack, route, needs, asset, capability } = tried;
    const key = JSON.stringify([attacker, attack, route, [...needs].sort(), asset, capability]);
    const known = paths.get(key);
    if (known === undefined) paths.set(key, [tried]);
    else known.push(tried);
  }
  if (paths.size === 0) return [];
  const custody = new Custody(events);
  return [...paths.values()].flatMap((tries) => barsOf(tries, custody));
}

function barsOf(tries: readonly Try[], custody: Custody): readonly ExposureBar[] {
  const bars: ExposureBar[] = [];
  /** When a call, or what is no call, was last refused. */
  const refusals = new Map<string | null, Micros>();
  let successes: Try[] = [];
  /** When the first of them was last refused before it opened. */
  let lastRefusal = 0;
  /** What was opened and not refused since. */
  const stillOpen = new Set<string | null>();
  const close = (refusal?: Try): void => {
    const [first] = successes;
    if (first !== undefined) bars.push(barOf(first, { successes, lastRefusal, custody, refusal }));
    successes = [];
  };
  for (const tried of tries) {
    if (tried.opened) {
      if (successes.length === 0) lastRefusal = refusals.get(tried.call) ?? 0;
      successes.push(tried);
      stillOpen.add(tried.call);
      continue;
    }
    // A refusal without controls may be a try that could never have worked: it ends nothing.
    if (!tried.controlled) continue;
    // That one recording stays shut closes no other: what was heard can be heard for as long as it is kept.
    if (stillOpen.delete(tried.call) && stillOpen.size === 0) close(tried);
    refusals.set(tried.call, tried.t);
  }
  close();
  return bars;
}

/** What one entry rests on. */
interface Grounds {
  readonly successes: readonly Try[];
  readonly lastRefusal: Micros;
  readonly custody: Custody;
  readonly refusal: Try | undefined;
}

/** `first`: of the successes. */
function barOf(first: Try, { successes, lastRefusal, custody, refusal }: Grounds): ExposureBar {
  const { attacker, attack, route, needs, asset, capability } = first;
  // What a try was handed was not there before it.
  const since = route === 'given' ? first.t : custody.since(first);
  const calls = successes.flatMap(({ call }) => custody.placed(call) ?? []);
  const fromEarliest = Math.min(first.t, Math.max(lastRefusal, since));
  const lastSuccess = Math.max(...successes.map(({ t }) => t));
  return {
    ...{ attacker, attack, route, needs: [...needs].sort(), asset, capability },
    ...{ fromEarliest, from: first.t, lastSuccess },
    ...(refusal === undefined ? {} : { firstFailure: refusal.t, refusedAs: refusal.reason ?? 'unknown' }),
    means: unique(successes.flatMap(({ means }) => means)),
    sources: unique(successes.flatMap(({ sources }) => sources)),
    audioSeconds: secondsOf(successes),
    ...(asset.startsWith(IDENTITY)
      ? {
          impersonationHours: {
            atLeast: Math.floor((lastSuccess - first.t) / HUNDREDTH) / 100,
            ...(refusal === undefined
              ? {}
              : { atMost: Math.ceil((refusal.t - fromEarliest) / HUNDREDTH) / 100 }),
          },
        }
      : {}),
    ...(calls.length === 0 ? {} : { spokenFrom: Math.min(...calls), spokenUntil: Math.max(...calls) }),
    tries: successes.map(({ id }) => id),
    controlled: successes.some(({ controlled }) => controlled),
  };
}

/** Seconds of speech: the same call heard twice is the same speech. */
function secondsOf(successes: readonly Try[]): number {
  const byCall = new Map<string | null, number>();
  for (const { call, audioSeconds } of successes)
    byCall.set(call, Math.max(byCall.get(call) ?? 0, audioSeconds));
  const sum = [...byCall.values()].reduce((total, seconds) => total + seconds, 0);
  return Math.round(sum * 100) / 100;
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}
