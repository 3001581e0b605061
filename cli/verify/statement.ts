/**
 * What is signed: an in-toto statement (v1) with the test-result predicate (v0.1) about the manifests of a bundle. The predicate has three words only;
 * `PASSED` is said when every check and every clause passed or does not apply. What is inconclusive, not tested, waived or missing is `WARNED`.
 */
import { canonicalJson } from '../../sim/canonical-json.ts';
import type { SuiteResult, Verdict } from '../../scenarios/evidence/model.ts';

/** Media type of the payload. */
export const STATEMENT_TYPE = 'application/vnd.in-toto+json';

/** Something with a digest, as in-toto names it. */
export interface Digested {
  readonly name: string;
  readonly sha256: string;
}

/** A suite of a bundle, below its folder; an empty one is the top. */
export interface AttestedSuite {
  readonly below: string;
  readonly suite: SuiteResult;
}

/** The statement in its one form: verifying makes it again, and compares. */
export function statementOf(
  subjects: readonly Digested[],
  suites: readonly AttestedSuite[],
  configuration: readonly Digested[],
): string {
  const tests = suites.flatMap(testsOf);
  const named = (...verdicts: readonly (Verdict | 'missing')[]): string[] =>
    tests.filter(({ verdict }) => verdicts.includes(verdict)).map(({ name }) => name);
  const [failed, warned] = [named('fail'), named('inconclusive', 'not-tested', 'waived', 'missing')];
  const passed = named('pass');
  // Nothing tested is nothing passed.
  const result =
    failed.length > 0 ? 'FAILED' : warned.length > 0 || passed.length === 0 ? 'WARNED' : 'PASSED';
  return canonicalJson({
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjects.map(described),
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result,
      configuration: configuration.map(described),
      passedTests: passed,
      warnedTests: warned,
      failedTests: failed,
    },
  });
}

function described({ name, sha256 }: Digested): { name: string; digest: { sha256: string } } {
  return { name, digest: { sha256 } };
}

interface NamedTest {
  readonly name: string;
  readonly verdict: Verdict | 'missing';
}

function testsOf({ below, suite }: AttestedSuite): readonly NamedTest[] {
  const start = below === '' ? '' : `${below}/`;
  const { scenarios, clauses, deployment, shard } = suite;
  const all: readonly NamedTest[] = [
    // Of a shard nobody knows what the others came to.
    ...(shard === undefined ? [] : [{ name: 'other-shards', verdict: 'missing' as const }]),
    ...scenarios.flatMap(({ id, variants, missing, across }) => [
      ...variants.flatMap(({ name, checks }) =>
        checks.map((check) => ({ name: `${id}/${name}/${check.id}`, verdict: check.verdict })),
      ),
      ...missing.map(({ name }) => ({ name: `${id}/${name}`, verdict: 'missing' as const })),
      ...across.map((check) => ({ name: `${id}/${check.id}`, verdict: check.verdict })),
    ]),
    ...clauses.map(({ id, verdict }) => ({ name: `clause/${id}`, verdict })),
    ...[...(deployment?.declares ?? []), ...(deployment?.waivers ?? [])].map(({ id, verdict }) => ({
      name: `deployment/${id}`,
      verdict,
    })),
  ];
  return all.map(({ name, verdict }) => ({ name: `${start}${name}`, verdict }));
}
