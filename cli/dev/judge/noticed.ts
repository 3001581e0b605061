/**
 * Whether a change was noticed. A check, or a part of the catalogue that it shows, passed in the run of the scenario as it is, and in that of
 * the changed one it fails, is inconclusive or could not be tested. A check that is gone with the change notices nothing: so a
 * scenario without probes is asked something else, whether the parts that only probes had shown still pass.
 */
import type { CheckResult, ClauseResult } from '../../../scenarios/runs/index.ts';

/** As much of a check's result as is held against that of the run without the change. */
export type JudgedCheck = Pick<CheckResult, 'id' | 'kind' | 'verdict' | 'parts'>;

const WORSE: readonly string[] = ['fail', 'inconclusive', 'not-tested'];

/** What noticed it: `user-blocked: fail`; empty when nothing did. */
export function noticedBy(clean: readonly JudgedCheck[], changed: readonly JudgedCheck[]): readonly string[] {
  const now = new Map(changed.map((check) => [check.id, check]));
  return clean.flatMap((before) => {
    const after = now.get(before.id);
    if (after === undefined) return [];
    if (before.verdict === 'pass' && WORSE.includes(after.verdict)) return [`${before.id}: ${after.verdict}`];
    return before.parts.flatMap(({ part, verdict }) => {
      const found = after.parts.find((each) => each.part === part);
      return verdict === 'pass' && found !== undefined && WORSE.includes(found.verdict)
        ? [`${before.id}, ${part}: ${found.verdict}`]
        : [];
    });
  });
}

/** Parts that passed by probes alone; of a scenario without probes none of them passes in the clauses, nor does a check that has one. */
export function noticedWithoutProbes(
  clean: readonly JudgedCheck[],
  clauses: readonly ClauseResult[],
): readonly string[] {
  const shownBy = (kind: JudgedCheck['kind']): readonly string[] =>
    clean
      .filter((check) => check.kind === kind)
      .flatMap(({ parts }) => parts.filter(({ verdict }) => verdict === 'pass').map(({ part }) => part));
  const others = shownBy('expectation');
  const bare = new Set(shownBy('probe').filter((part) => !others.includes(part)));
  const passing = clauses.flatMap(({ checks }) =>
    checks.filter(
      ({ verdict, parts }) =>
        parts.some(({ id }) => bare.has(id)) &&
        (verdict === 'pass' || parts.some((part) => bare.has(part.id) && part.verdict === 'pass')),
    ),
  );
  return passing.length > 0 ? [] : [`${bare.size} parts that only probes had shown do not pass`];
}
