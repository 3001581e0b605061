/** Exposures of several runs by the path that they have in common: who could do what to which asset, by which attack and route. */
import type { ExposureBar, ScenarioResult, VariantResult } from '../../scenarios/evidence/model.ts';
import { roughly } from '../when.ts';
import type { Basis } from './conclusion-line.ts';

/** An entry of a ledger with the run it is of. */
export interface PlacedBar {
  readonly scenario: string;
  readonly variant: VariantResult;
  /** Its place in the ledger of the run. */
  readonly at: number;
  readonly bar: ExposureBar;
}

/** All that one path opened, in the order of the runs. */
export interface OpenPath {
  readonly key: string;
  readonly bars: readonly PlacedBar[];
}

/** Who, what, to which asset, by which attack and route; the keys that it was done with may differ. */
function keyOf({ capability, asset, attacker, attack, route }: ExposureBar): string {
  return [capability, asset, attacker, attack, route].join('\0');
}

/** The paths of these runs of a scenario, in the order in which they first occur. */
export function attackPathsOf(
  { id }: Pick<ScenarioResult, 'id'>,
  variants: readonly VariantResult[],
): readonly OpenPath[] {
  const paths = new Map<string, PlacedBar[]>();
  for (const variant of variants)
    for (const [at, bar] of variant.exposure.entries()) {
      const key = keyOf(bar);
      const known = paths.get(key);
      const placed = { scenario: id, variant, at, bar };
      if (known === undefined) paths.set(key, [placed]);
      else known.push(placed);
    }
  return [...paths].map(([key, bars]) => ({ key, bars }));
}

/** `place calls, identity alice`: what is done, and to what. */
export function lossText({ capability, asset }: ExposureBar): string {
  return `${capability}, ${asset}`;
}

/** Whether nothing shows that it ended. */
export function staysOpen({ firstFailure }: ExposureBar): boolean {
  return firstFailure === undefined;
}

/** For how long at the most, in microseconds; without end where nothing shows that it ended. */
export function atMost(bar: ExposureBar): number {
  return bar.firstFailure === undefined ? Infinity : bar.firstFailure - bar.fromEarliest;
}

/** From the first success to the last, in microseconds. */
export function atLeast(bar: ExposureBar): number {
  return bar.lastSuccess - bar.from;
}

/** `at most 51m`; of what did not end `to the end of the run`. */
export function lengthText(bar: ExposureBar): string {
  return staysOpen(bar) ? 'to the end of the run' : `at most ${roughly(atMost(bar), 'at most')}`;
}

/** From the longest to the shortest; what did not end comes first, by how much of its run was left when it began. */
export function longestFirst(a: PlacedBar, b: PlacedBar): number {
  const [one, other] = [atMost(a.bar), atMost(b.bar)];
  return one === other ? toTheEnd(b) - toTheEnd(a) : other - one;
}

function toTheEnd({ variant, bar }: PlacedBar): number {
  return variant.ends - bar.from;
}

/** The entry itself. */
export function groundOf({ scenario, variant, at }: PlacedBar): Basis {
  return { kind: 'exposure', scenario, variant: variant.name, at };
}

/** What a run says of a path that opened nothing in it: only what the very same probe was refused says that it was closed. */
export type Untouched = 'refused' | 'not-known' | 'not-tried';

/** By the probes that succeeded by this path in other runs. */
export function untouchedIn({ bars }: OpenPath, { checks }: VariantResult): Untouched {
  const ids = new Set(bars.flatMap(({ bar }) => bar.tries));
  const asked = checks.filter(
    ({ id, kind, verdict }) => kind === 'probe' && ids.has(id) && verdict !== 'not-applicable',
  );
  if (asked.length === 0) return 'not-tried';
  return asked.every(({ probe }) => probe?.outcome === 'refused') ? 'refused' : 'not-known';
}
