/**
 * How one verdict changed. Strict on purpose: a verdict further down the order is a regression, whatever it is called; and what said yes or no, or
 * asked for attention, and now says nothing, is lost evidence, though `not-tested` looks better than `fail`. A waiver changes neither: behind it, what
 * was found is compared too.
 */
import { isTested, VERDICTS, type Verdict } from '../model.ts';
import type { VerdictTurn, VerdictChange } from './model.ts';

/** What has a verdict, on one side. */
export interface JudgedPlace {
  readonly verdict: Verdict;
  /** What it came to, where a waiver turned that into `waived`. */
  readonly was?: Verdict | undefined;
  readonly why: string;
}

/** The change of one place, or undefined where there is none. `gone` says why there is nothing on the later side. */
export function verdictChange(
  place: string,
  before: JudgedPlace | undefined,
  after: JudgedPlace | undefined,
  gone: string,
): VerdictChange | undefined {
  const kind = kindOf(before, after);
  if (kind === undefined) return undefined;
  return {
    ...{ place, kind, before: before?.verdict ?? null, after: after?.verdict ?? null },
    why: after?.why ?? gone,
  };
}

function kindOf(before: JudgedPlace | undefined, after: JudgedPlace | undefined): VerdictTurn | undefined {
  if (before === undefined) return after === undefined ? undefined : appeared(after.verdict);
  const [found, now] = [foundOf(before), after === undefined ? undefined : foundOf(after)];
  if (after === undefined || now === undefined) return saidSomething(found) ? 'lost' : 'other';
  if (before.verdict === after.verdict && found === now) return undefined;
  if (isTested({ verdict: found }) && !isTested({ verdict: now }))
    return now === 'inconclusive' && found === 'pass' ? 'regression' : 'lost';
  if (saidSomething(found) && !saidSomething(now)) return 'lost';
  if (isWorse(after.verdict, before.verdict) || isWorse(now, found)) return 'regression';
  return after.verdict === 'pass' ? 'new-pass' : 'other';
}

/** What was not there before is no regression of anything; a trouble that nobody knew of is told as one. */
function appeared(verdict: Verdict): VerdictTurn {
  if (verdict === 'fail' || verdict === 'inconclusive') return 'regression';
  return verdict === 'pass' ? 'new-pass' : 'other';
}

function foundOf({ verdict, was }: JudgedPlace): Verdict {
  return was ?? verdict;
}

/** Whether somebody tried, with whatever end: trouble ends by a pass, and not by silence. */
function saidSomething(verdict: Verdict): boolean {
  return isTested({ verdict }) || verdict === 'inconclusive';
}

function isWorse(one: Verdict, other: Verdict): boolean {
  return VERDICTS.indexOf(one) > VERDICTS.indexOf(other);
}
