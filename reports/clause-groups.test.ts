/** No clause is lost between the groups, and what binds most and went worst is seen first. */
import test from 'ava';
import type { ClauseResult, SuiteResult, Verdict, WaiverResult } from '../scenarios/evidence/model.ts';
import { clauseGroups } from './clause-groups.ts';
import { SAMPLE } from './sample.fixture.ts';

const [sample] = SAMPLE.clauses;

function suiteOf(...clauses: readonly (readonly [string, string, Verdict])[]): SuiteResult {
  if (sample === undefined) throw new Error('the sample has clauses');
  return {
    ...SAMPLE,
    clauses: clauses.map(([id, modality, verdict]): ClauseResult => ({ ...sample, id, modality, verdict })),
  };
}

test('every clause is in one group, exactly once', (t) => {
  const ids = clauseGroups(SAMPLE).flatMap(({ rows }) => rows.map(({ clause }) => clause.id));
  t.deepEqual(ids.sort(), SAMPLE.clauses.map(({ id }) => id).sort());
});

test('must comes before should, an unknown modality last; and a failure before a pass before silence', (t) => {
  const groups = clauseGroups(
    suiteOf(
      ['a', 'ought', 'fail'],
      ['b', 'should', 'fail'],
      ['c', 'must', 'not-tested'],
      ['d', 'must', 'pass'],
      ['e', 'must', 'inconclusive'],
      ['f', 'must', 'fail'],
    ),
  );
  t.deepEqual(
    groups.map(({ modality, rows }) => [modality, rows.map(({ clause }) => clause.id).join('')]),
    [
      ['must', 'fedc'],
      ['should', 'b'],
      ['ought', 'a'],
    ],
  );
});

test('a part counts as tested only when it says yes or no', (t) => {
  const all = clauseGroups(SAMPLE).flatMap(({ rows }) => rows);
  for (const { clause, tested, parts } of all) {
    const verdicts = clause.checks.flatMap((check) => check.parts.map(({ verdict }) => verdict));
    t.is(parts, verdicts.length);
    t.true(tested <= verdicts.filter((verdict) => verdict !== 'not-tested').length, clause.id);
  }
});

test('a waiver stands at its clause, also when it covers a part of it only', (t) => {
  const waiver = (kind: WaiverResult['kind'], covers: string) =>
    ({ kind, covers, owner: 'o', reason: 'r', expires: '2016-01-01', verdict: 'pass' }) as WaiverResult;
  const deployment = { waivers: [waiver('part', 'para-1.c1/x'), waiver('clause', 'para-2')] } as never;
  const [group] = clauseGroups({
    ...suiteOf(['para-1', 'must', 'pass'], ['para-2', 'must', 'pass'], ['para-12', 'must', 'pass']),
    deployment,
  });
  t.deepEqual(
    group?.rows.map(({ waivers }) => waivers.map(({ covers }) => covers)),
    [['para-1.c1/x'], ['para-2'], []],
  );
});
