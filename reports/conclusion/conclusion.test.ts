/** The conclusion rests on what it says that it rests on: whatever of that is changed, the sentence changes. */
import test from 'ava';
import type { CheckResult, SuiteResult, VariantResult, Verdict } from '../../scenarios/evidence/model.ts';
import { GREEN, SAMPLE, TIDY } from '../sample.fixture.ts';
import { conclusionOf, sentencesOf } from './conclusion.ts';
import type { Basis, ConclusionLine } from './conclusion-line.ts';

const DAY = 86_400_000_000;

/** The suite with something else in place of what a sentence rests on. */
function changed(suite: SuiteResult, ground: Basis): SuiteResult {
  switch (ground.kind) {
    case 'check':
      if (ground.scenario === undefined) return withDeployment(suite, ground.id);
      if (ground.variant === undefined) return withAcross(suite, ground.scenario, ground.id);
      return withCheck(suite, ground.scenario, ground.variant, (check) =>
        check.id === ground.id ? { ...check, verdict: flipped(check.verdict) } : check,
      );
    case 'probe':
      return withCheck(suite, ground.scenario ?? '', ground.variant ?? '', (check) =>
        check.id === ground.id && check.probe !== undefined
          ? {
              ...check,
              probe: { ...check.probe, outcome: check.probe.outcome === 'refused' ? 'opened' : 'refused' },
            }
          : check,
      );
    case 'exposure':
      return withRun(suite, ground.scenario, ground.variant, (run) => ({
        ...run,
        exposure: run.exposure.map((bar, at) => {
          if (at !== ground.at) return bar;
          const { firstFailure, ...open } = bar;
          return firstFailure === undefined
            ? { ...bar, firstFailure: bar.lastSuccess + DAY, refusedAs: 'blocked' }
            : open;
        }),
      }));
    case 'run':
      return withRun(suite, ground.scenario, ground.variant, (run) => ({
        ...run,
        checks: run.checks.map((check, at) =>
          at === 0 ? { ...check, verdict: flipped(check.verdict) } : check,
        ),
        exposure: [...run.exposure, PLANTED],
      }));
    case 'row':
      return {
        ...suite,
        scenarios: suite.scenarios.map((each) => ({
          ...each,
          notTested: each.notTested.filter(({ row }) => each.id !== ground.scenario || row !== ground.row),
        })),
      };
    case 'clause':
      return {
        ...suite,
        clauses: suite.clauses.map((clause) =>
          clause.id === ground.id
            ? {
                ...clause,
                verdict: flipped(clause.verdict),
                checks: clause.checks.map((check) => ({
                  ...check,
                  parts: check.parts.map((part) => ({ ...part, verdict: flipped(part.verdict) })),
                })),
              }
            : clause,
        ),
      };
  }
}

const PLANTED: VariantResult['exposure'][number] = {
  ...{
    asset: 'a planted thing',
    capability: 'take',
    attacker: 'planted',
    attack: 'take',
    route: 'tap',
    needs: [],
  },
  ...{
    fromEarliest: 0,
    from: 1,
    lastSuccess: 2,
    means: [],
    sources: [],
    audioSeconds: 0,
    tries: [],
    controlled: true,
  },
};

function flipped(verdict: Verdict): Verdict {
  return verdict === 'pass' ? 'fail' : 'pass';
}

function withRun(
  suite: SuiteResult,
  scenario: string,
  variant: string,
  change: (run: VariantResult) => VariantResult,
): SuiteResult {
  return {
    ...suite,
    scenarios: suite.scenarios.map((each) =>
      each.id === scenario
        ? { ...each, variants: each.variants.map((run) => (run.name === variant ? change(run) : run)) }
        : each,
    ),
  };
}

function withCheck(
  suite: SuiteResult,
  scenario: string,
  variant: string,
  change: (check: CheckResult) => CheckResult,
): SuiteResult {
  return withRun(suite, scenario, variant, (run) => ({ ...run, checks: run.checks.map(change) }));
}

function withAcross(suite: SuiteResult, scenario: string, id: string): SuiteResult {
  return {
    ...suite,
    scenarios: suite.scenarios.map((each) => ({
      ...each,
      across: each.across.map((check) =>
        each.id === scenario && check.id === id ? { ...check, verdict: flipped(check.verdict) } : check,
      ),
    })),
  };
}

function withDeployment(suite: SuiteResult, id: string): SuiteResult {
  const { deployment } = suite;
  if (deployment === undefined) return suite;
  const change = <Judged extends { readonly id: string; readonly verdict: Verdict }>(
    check: Judged,
  ): Judged => (check.id === id ? { ...check, verdict: flipped(check.verdict) } : check);
  return {
    ...suite,
    deployment: {
      ...deployment,
      declares: deployment.declares.map(change),
      waivers: deployment.waivers.map(change),
    },
  };
}

const SUITES = { SAMPLE, GREEN, TIDY };

for (const [name, suite] of Object.entries(SUITES))
  test(`${name}: whatever a sentence rests on is changed, the sentence is another`, (t) => {
    const sentences = sentencesOf(conclusionOf(suite));
    const same = (sentence: ConclusionLine): string => JSON.stringify(sentence);
    let tried = 0;
    for (const sentence of sentences)
      for (const ground of sentence.grounds) {
        tried++;
        const after = sentencesOf(conclusionOf(changed(suite, ground))).map(same);
        t.false(after.includes(same(sentence)), `${sentence.text} ${JSON.stringify(ground)}`);
      }
    t.true(tried > 3);
  });

test('every verdict of the suite has a say', (t) => {
  const before = JSON.stringify(conclusionOf(SAMPLE));
  for (const { id, variants } of SAMPLE.scenarios)
    for (const { name, checks } of variants)
      for (const { id: check } of checks)
        t.not(
          JSON.stringify(
            conclusionOf(changed(SAMPLE, { kind: 'check', scenario: id, variant: name, id: check })),
          ),
          before,
        );
});

const [first] = TIDY.scenarios;
const [run] = first?.variants ?? [];

test('planted: a run without probes is no proof that nothing stays open', (t) => {
  if (first === undefined || run === undefined) return t.fail();
  const unprobed = { ...run, exposure: [], checks: run.checks.filter(({ kind }) => kind !== 'probe') };
  const { headline } = conclusionOf({ ...TIDY, scenarios: [{ ...first, variants: [unprobed] }] });
  t.regex(headline, /No attack was tried in 1 run by the book: nothing is known of what stays open\.$/);
  const errors = conclusionOf({
    ...TIDY,
    scenarios: [{ ...first, variants: [{ ...run, reference: false }] }],
  });
  t.regex(errors.headline, /No run that keeps to the procedures was made/);
});

test('planted: what is missing, not valid, waived or not tested is no plain answer', (t) => {
  if (first === undefined || run === undefined) return t.fail();
  const { deployment: _, ...alone } = TIDY;
  const answer = (changes: Partial<VariantResult>): string =>
    conclusionOf({ ...alone, scenarios: [{ ...first, across: [], variants: [{ ...run, ...changes }] }] })
      .headline;
  const all = (verdict: Verdict) => ({ checks: run.checks.map((check) => ({ ...check, verdict })) });
  t.regex(answer(all('pass')), /^As predicted\. /);
  t.regex(answer(all('not-tested')), /^Not shown\. /);
  t.regex(answer(all('inconclusive')), /^Not shown\. /);
  t.regex(answer(all('fail')), /^No\. /);
  const [check, ...others] = all('pass').checks;
  if (check === undefined) return t.fail();
  t.regex(
    answer({ checks: [{ ...check, verdict: 'waived' }, ...others] }),
    /^As predicted, but for what is waived\. /,
  );
  const schedule = { events: 1, p50: 1, p99: 9, max: 9, bound: 2, valid: false, skipped: 0 };
  t.regex(answer({ ...all('pass'), schedule }), /^Not valid\. /);
});

test('planted: attacks that came to nothing that can be believed are not refused', (t) => {
  if (first === undefined || run === undefined) return t.fail();
  const came = (outcome: 'refused' | 'inconclusive'): string => {
    const checks = run.checks.map((check) =>
      check.probe === undefined ? check : { ...check, probe: { ...check.probe, outcome } },
    );
    const variants = [{ ...run, checks, exposure: [] }];
    return conclusionOf({ ...TIDY, scenarios: [{ ...first, variants }] }).headline;
  };
  t.regex(came('refused'), /Of (\d+) attacks tried in 1 run by the book, \1 were refused\.$/);
  t.regex(came('inconclusive'), /, 0 were refused; what the other \d+ came to is not known\.$/);
});

test('planted: what people did in an exercise is not what the procedures come to', (t) => {
  if (first === undefined || run === undefined) return t.fail();
  const score = { roles: ['crs-admin'], joined: 0, lines: [], exposure: [], outage: [] };
  const played = { ...TIDY, scenarios: [{ ...first, variants: [{ ...run, score }] }] };
  const { headline, scenarios } = conclusionOf(played);
  t.regex(headline, /No run that keeps to the procedures was made/);
  t.regex(scenarios[0]?.sentences[0]?.text ?? '', /and no run by the book to compare it with/);
});

test('planted: a line that opened by the book as well is not called refused by it', (t) => {
  if (first === undefined || run === undefined) return t.fail();
  const [bar] = run.exposure;
  if (bar === undefined) return t.fail();
  const other = {
    ...run,
    name: 'other',
    reference: false,
    exposure: [{ ...bar, attacker: 'somebody else' }],
  };
  const said = (outcome: 'opened' | 'refused' | 'inconclusive'): string => {
    const checks = run.checks.map((check) =>
      check.probe === undefined ? check : { ...check, probe: { ...check.probe, outcome } },
    );
    const variants = [{ ...run, checks }, other];
    return JSON.stringify(conclusionOf({ ...TIDY, scenarios: [{ ...first, variants }] }).scenarios);
  };
  t.regex(said('opened'), /, opened by the book \(/);
  t.regex(said('refused'), /, refused by the book \(/);
  t.regex(said('inconclusive'), /, not known by the book \(/);
});
