/**
 * The exposure ledgers of two suites side by side, path by path. Shorter is said only of what was tried again: a path that nobody tries any more is
 * not shut. Differences are told to the microsecond: runs are determined by what they are made with, so each of them has a reason.
 */
import { exactDuration } from '../../../sim/duration.ts';
import type { ExposureBar, SuiteResult, VariantResult } from '../model.ts';
import { variantsOf } from './checks.ts';
import type { ExposureChange, ExposureKind } from './model.ts';
import { byPlace, sideBySide } from './places.ts';

/** Each path that is new, gone, or longer or shorter than it was. */
export function exposureChanges(before: SuiteResult, after: SuiteResult): readonly ExposureChange[] {
  return sideBySide(variantsOf(before), variantsOf(after)).flatMap(([place, one, other]) =>
    changesIn(place, one, other),
  );
}

function changesIn(
  place: string,
  before: VariantResult | undefined,
  after: VariantResult | undefined,
): readonly ExposureChange[] {
  const [old, now] = [byPath(before?.exposure ?? []), byPath(after?.exposure ?? [])];
  return sideBySide(old, now).flatMap(([, one, other]): ExposureChange[] => {
    const bar = other ?? one;
    if (bar === undefined) return [];
    const change = one === undefined ? appeared(before !== undefined) : changed(one, other, after);
    if (change === undefined) return [];
    const { asset, capability, attacker, attack, route, needs } = bar;
    return [
      {
        ...{ place, path: { asset, capability, attacker, attack, route, needs } },
        ...{ before: one ?? null, after: other ?? null, ...change },
      },
    ];
  });
}

interface PathChange {
  readonly kind: ExposureKind;
  readonly why: readonly string[];
}

function appeared(wasRun: boolean): PathChange {
  return wasRun ? { kind: 'new', why: [] } : { kind: 'other', why: ['the variant was not run before'] };
}

function changed(
  before: ExposureBar,
  after: ExposureBar | undefined,
  run: VariantResult | undefined,
): PathChange | undefined {
  if (run === undefined) return { kind: 'unproven', why: ['the variant was not run'] };
  const untried = untriedOf(before, after, run);
  if (after === undefined)
    return untried.length > 0 ? { kind: 'unproven', why: untried } : { kind: 'gone', why: [] };
  const { grew, shrank } = measured(before, after);
  if (grew.length > 0) return { kind: 'longer', why: [...grew, ...shrank] };
  if (shrank.length === 0) return undefined;
  return untried.length > 0
    ? { kind: 'unproven', why: [...untried, ...shrank] }
    : { kind: 'shorter', why: shrank };
}

/** Attempts that had opened it and were not made again, or came to nothing that says no. */
function untriedOf(
  before: ExposureBar,
  after: ExposureBar | undefined,
  run: VariantResult,
): readonly string[] {
  const probes = new Map(run.checks.flatMap(({ id, probe }) => (probe === undefined ? [] : [[id, probe]])));
  const probed = before.tries.filter((each) => !isTyped(each));
  const again = new Set(after?.tries ?? []);
  const untried = probed
    .filter((id) => !again.has(id) && probes.get(id)?.outcome !== 'refused')
    .map((id) => `${id} ${untriedBecause(probes.get(id)?.outcome)}`);
  const typed = before.tries.length - probed.length - (after?.tries ?? []).filter(isTyped).length;
  return typed > 0 ? [...untried, `${typed} of its typed lines opened nothing, or were not typed`] : untried;
}

function untriedBecause(outcome: 'opened' | 'inconclusive' | 'refused' | undefined): string {
  if (outcome === undefined) return 'was not tried';
  return outcome === 'opened' ? 'opens it by another path' : 'is inconclusive';
}

/** What no probe did: `typed, event 812`. The numbers of events differ from run to run. */
function isTyped(attempt: string): boolean {
  return attempt.startsWith('typed, ');
}

interface PathGrowth {
  readonly grew: readonly string[];
  readonly shrank: readonly string[];
}

/** Every bound of an entry, with the direction in which it means more harm. */
function measured(before: ExposureBar, after: ExposureBar): PathGrowth {
  const grew: string[] = [];
  const shrank: string[] = [];
  const compare = (
    name: string,
    one: number,
    other: number,
    { less = false, print = String }: { readonly less?: boolean; readonly print?: (value: number) => string },
  ): void => {
    if (one === other) return;
    const text = `${name} ${print(one)} -> ${print(other)}`;
    if (less ? other < one : other > one) grew.push(text);
    else shrank.push(text);
  };
  const hours = (bar: ExposureBar, bound: 'atLeast' | 'atMost'): number =>
    bar.impersonationHours === undefined ? 0 : (bar.impersonationHours[bound] ?? Infinity);
  const until = {
    print: (time: number): string => (time === Infinity ? 'open' : `+${exactDuration(time)}`),
  };
  compare('refused', before.firstFailure ?? Infinity, after.firstFailure ?? Infinity, until);
  compare('last success', before.lastSuccess, after.lastSuccess, until);
  compare('first success', before.from, after.from, { ...until, less: true });
  compare('possible since', before.fromEarliest, after.fromEarliest, { ...until, less: true });
  compare('seconds of speech', before.audioSeconds, after.audioSeconds, {});
  for (const bound of ['atLeast', 'atMost'] as const)
    compare(
      `hours of impersonation, ${bound === 'atLeast' ? 'at least' : 'at most'}`,
      hours(before, bound),
      hours(after, bound),
      {
        print: (value) => (value === Infinity ? 'open' : String(value)),
      },
    );
  compare('successes with controls', Number(before.controlled), Number(after.controlled), {
    less: true,
    print: (value) => (value === 1 ? 'some' : 'none'),
  });
  return { grew, shrank };
}

/** A path that was shut and opened again has an entry for each time. */
function byPath(exposure: readonly ExposureBar[]): ReadonlyMap<string, ExposureBar> {
  return byPlace(exposure, ({ asset, capability, attacker, attack, route, needs }) =>
    JSON.stringify([asset, capability, attacker, attack, route, needs]),
  );
}
