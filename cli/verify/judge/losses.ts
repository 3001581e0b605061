/**
 * What could be taken, by whom, by which path, and from when until when (docs/decisions/0014). A path is attack, route and kinds of means;
 * what was gained by it, of what, is part of the name of a loss. Only the refusal of the same path with good controls ends one, and of a
 * recording only the refusal of that recording.
 */
import { attemptsIn, type Attempt } from './attempts.ts';
import type { Chronicle } from './chronicle.ts';
import { words } from './json-text.ts';

/** One loss. Times are in microseconds. */
export interface Loss {
  readonly attacker: string;
  readonly attack: string;
  readonly route: string;
  readonly needs: readonly string[];
  readonly asset: string;
  readonly capability: string;
  /** The event of its first success. */
  readonly event: number;
  possibleSince: number;
  firstSuccess: number;
  lastSuccess: number;
  ended?: { readonly at: number; readonly reason: string | undefined };
  means: Set<string>;
  sources: Set<string>;
  tries: string[];
  /** Seconds of speech of each recording. */
  speech: Map<string, number>;
  /** When calls that were opened had been placed. */
  spoken: number[];
  trusted: boolean;
}

/** All losses of a run, in the order of their first success. */
export function lossesOf(run: Chronicle): readonly Loss[] {
  const losses: Loss[] = [];
  const paths = new Map<string, Attempt[]>();
  for (const attempt of attemptsIn(run)) {
    // What an honest user can still do is service, and nobody's loss: placing a call, or going on with one.
    if (attempt.attack === 'call' || attempt.attack === 'call --hold') continue;
    const path = paths.get(nameOf(attempt));
    if (path === undefined) paths.set(nameOf(attempt), [attempt]);
    else path.push(attempt);
  }
  for (const attempts of paths.values()) losses.push(...lossesOfPath(attempts, run));
  return losses.sort((a, b) => a.firstSuccess - b.firstSuccess);
}

/** Who, how, what of: one line of the ledger. */
export function nameOf(
  of: Pick<Loss, 'attacker' | 'attack' | 'route' | 'needs' | 'asset' | 'capability'>,
): string {
  return [of.attacker, of.attack, of.route, of.needs.join('+'), of.asset, of.capability].join(' | ');
}

/** Of a lost identity: how many hours it was in other hands, surely and, once it is known to have ended, at most. Hundredths, to either side. */
export function impersonated({
  asset,
  firstSuccess,
  lastSuccess,
  possibleSince,
  ended,
}: Loss): readonly number[] {
  if (!asset.startsWith('identity ')) return [];
  const hundredths = (micros: number): number => micros / 36_000_000;
  const surely = Math.floor(hundredths(lastSuccess - firstSuccess)) / 100;
  return ended === undefined ? [surely] : [surely, Math.ceil(hundredths(ended.at - possibleSince)) / 100];
}

function lossesOfPath(attempts: readonly Attempt[], run: Chronicle): readonly Loss[] {
  const losses: Loss[] = [];
  const refusals: Attempt[] = [];
  let current: Loss | undefined;
  let stillOpen = new Set<string>();
  for (const attempt of attempts) {
    const recording = attempt.call ?? '';
    if (attempt.outcome === 'refused' && attempt.trusted) {
      refusals.push(attempt);
      stillOpen.delete(recording);
      if (current === undefined || stillOpen.size > 0) continue;
      current.ended = { at: attempt.event.t, reason: attempt.reason };
      current = undefined;
    }
    if (attempt.outcome !== 'opened') continue;
    if (current === undefined) {
      const before = refusals.findLast(({ call }) => call === attempt.call);
      current = begun(attempt, before, run);
      stillOpen = new Set();
      losses.push(current);
    }
    stillOpen.add(recording);
    add(current, attempt, run);
  }
  return losses;
}

function begun(success: Attempt, refusedBefore: Attempt | undefined, run: Chronicle): Loss {
  const { attacker, attack, route, needs, asset, capability, event } = success;
  const gained =
    route === 'given'
      ? [event.t]
      : [
          ...success.means.flatMap((means) => gainedAt(means, attacker, run)),
          ...success.sources.flatMap((source) => reachedAt(source, attacker, run)),
        ];
  return {
    ...{ attacker, attack, route, needs, asset, capability, event: event.n },
    // What was done had been possible by then, whatever is told of it later.
    possibleSince: Math.min(event.t, Math.max(0, refusedBefore?.event.t ?? 0, ...gained)),
    firstSuccess: event.t,
    lastSuccess: event.t,
    means: new Set(),
    sources: new Set(),
    tries: [],
    speech: new Map(),
    spoken: [],
    trusted: false,
  };
}

function add(loss: Loss, success: Attempt, run: Chronicle): void {
  const { event, probe, call, audioSeconds } = success;
  loss.lastSuccess = event.t;
  for (const means of success.means) loss.means.add(means);
  for (const source of success.sources) loss.sources.add(source);
  loss.tries.push(probe ?? `typed, event ${event.n}`);
  loss.speech.set(call ?? '', Math.max(loss.speech.get(call ?? '') ?? 0, audioSeconds));
  if (call !== undefined) loss.spoken.push(...placedAt(call, run));
  loss.trusted ||= success.trusted;
}

/** When an attacker first came to hold something. */
function gainedAt(means: string, attacker: string, { all }: Chronicle): readonly number[] {
  /** Whose a phone was when event `n` came: an attacker's own phone has what it has for the attacker. */
  const carrierAt = (n: number, phone: unknown): unknown =>
    all.findLast((event) => event.n < n && event.on === phone && event.type === 'handset.enrolled')?.data[
      'user'
    ];
  const hold = all.find(
    ({ n, type, data }) =>
      type.startsWith('custody.') &&
      !LOSING.has(type) &&
      words(data, 'secrets').includes(means) &&
      (data['to'] === attacker || carrierAt(n, data['to']) === attacker),
  );
  return hold === undefined ? [] : [hold.t];
}

/** When a link, a server or a user came within an attacker's reach. */
function reachedAt(source: string, attacker: string, { all }: Chronicle): readonly number[] {
  const start = all.find(
    ({ type, data }) =>
      type === 'custody.holds-from-start' && data['from'] === source && data['to'] === attacker,
  );
  return start === undefined ? [] : [start.t];
}

/** Events of custody after which nobody has more than before. */
const LOSING = new Set(['custody.used', 'custody.erased']);

function placedAt(call: string, { all }: Chronicle): readonly number[] {
  const placed = all.find(({ type, data }) => type === 'handset.call-placed' && data['call'] === call);
  return placed === undefined ? [] : [placed.t];
}
