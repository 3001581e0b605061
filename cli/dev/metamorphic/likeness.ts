/** Whether two runs show the same: check by check with reasons and controls, and loss by loss. How long something took may differ. */
import type { CheckResult, ExposureBar, VariantResult } from '../../../scenarios/runs/index.ts';
import type { Contrast, Twin } from './relation.ts';

/** What of a run is held against its twin. */
export type Shown = Pick<VariantResult, 'checks' | 'exposure' | 'traceDigest'>;

/** What is said of a twin that is the run itself: it shows nothing. */
export const NOTHING_CHANGED = 'nothing was changed: the traces are the same, octet for octet';

/** Each difference in a line; empty when there is none. */
export function differencesOf(
  run: Shown,
  other: Shown,
  { said, holds }: Omit<Twin, 'text'>,
): readonly string[] {
  if (run.traceDigest === other.traceDigest) return [NOTHING_CHANGED];
  const theirs = new Map(other.checks.map((check) => [check.id, check]));
  const checks = run.checks.filter(holds).flatMap((check) => {
    const twin = theirs.get(said(check.id));
    const [before, after] = [findingOf(check), twin === undefined ? 'not there' : findingOf(twin)];
    return before === after ? [] : [`${check.id}: ${before}, and ${after}`];
  });
  return [
    ...checks,
    ...onlyIn(
      run.exposure.map((each) => said(lossOf(each))),
      other.exposure.map(lossOf),
    ),
  ];
}

function findingOf({ verdict, probe }: CheckResult): string {
  if (probe === undefined) return verdict;
  const { outcome, refusedAs, positiveControl, negativeControl } = probe;
  return `${verdict} (${outcome}${refusedAs === undefined ? '' : ` as ${refusedAs}`}, controls ${positiveControl} and ${negativeControl})`;
}

function lossOf({ attacker, attack, route, asset, capability, refusedAs }: ExposureBar): string {
  return [attacker, attack, route, asset, capability, refusedAs ?? 'open'].join(' | ');
}

function onlyIn(here: readonly string[], there: readonly string[]): readonly string[] {
  const lost = here.filter((each) => !there.includes(each)).map((each) => `only in the run: ${each}`);
  const gained = there.filter((each) => !here.includes(each)).map((each) => `only in its twin: ${each}`);
  return [...lost, ...gained];
}

/** The checks that say after a contrast what they said before it, though they must not. */
export function unmovedBy(run: Shown, other: Shown, { reason }: Contrast): readonly string[] {
  const theirs = new Map(other.checks.map(({ id, probe }) => [id, probe]));
  return run.checks.flatMap(({ id, probe }) =>
    probe?.refusedAs === reason && theirs.get(id)?.refusedAs === reason ? [id] : [],
  );
}
