/**
 * Every verdict and exposure once more, from the traces, by the judge of this room, and held against what the report says of them. What the judge
 * is given is text and JSON: traces, what scenarios and the deployment declare, and the catalogue.
 */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { REFERENCES } from '../../scenarios/catalogue/references.ts';
import catalogue from '../../scenarios/catalogue/clauses.json' with { type: 'json' };
import { STATEMENTS } from '../../scenarios/deployment/index.ts';
import { TRACE_FILE, variantFolder } from '../../reports/index.ts';
import { textOf } from '../../scenarios/host/index.ts';
import type { EvidenceFiles } from './evidence-files.ts';
import { affidavitOf, NO_AFFIDAVIT } from './judge/affidavit.ts';
import { objectionText } from './judge/disagreement.ts';
import { heard } from './judge/hearing.ts';
import { openedText } from './judge/json-text.ts';
import { objectionsTo } from './judge/objections.ts';
import { declaredJson, deploymentJson, type Sources } from './sources.ts';
import { failed, faultOf, notVerified, verifiedUnless, type VerifyResult } from './verify-result.ts';

/** The check that a run with a planted violation has beside those of its scenario. */
const PLANT_CHECK = 'plant-caught';
/** Those that a run has in which somebody was played. */
const EXERCISE_CHECKS: readonly string[] = ['exercise-lines', 'exercise-service'];

/** What is verified by judging again. */
const JUDGED = ['verdicts', 'exposures', 'clauses'] as const;

/** Which result an objection belongs to. */
const RESULT_OF: Readonly<Record<string, (typeof JUDGED)[number]>> = {
  exposure: 'exposures',
  verdict: 'clauses',
  count: 'clauses',
  'decided by': 'clauses',
  declaration: 'clauses',
  'waiver of': 'clauses',
};

/** Judges all runs of a suite again. `report` is the text of its report.json. */
export function verifyVerdicts(
  evidence: EvidenceFiles,
  { suite, report, sources }: { suite: SuiteResult; report: string; sources: Sources },
): readonly VerifyResult[] {
  const runs = suite.scenarios.flatMap(({ id, variants }) => variants.map((variant) => ({ id, variant })));
  const apart = apartIn(suite);
  const checks = runs.flatMap(({ id, variant }) =>
    variant.checks.filter((check) => !apart.has(`${id}/${variant.name} ${check.id}`)),
  ).length;
  const lost = suite.scenarios.flatMap(({ id, missing }) => missing.map(({ name }) => `${id}/${name}`));
  try {
    const { deployment } = sources;
    const affidavit =
      deployment === undefined
        ? NO_AFFIDAVIT
        : affidavitOf(deploymentJson(deployment), suite.deployment?.asOf ?? '', {
            references: JSON.parse(JSON.stringify(REFERENCES)),
            statements: STATEMENTS,
          });
    const { runs: judged, verdicts } = heard({
      clauses: JSON.stringify(catalogue),
      shown: sources.screenplays.map((screenplay) => declaredJson(screenplay, deployment)),
      traces: tracesOf(
        evidence,
        runs.map(({ id, variant }) => `${variantFolder(id, variant.name)}/${TRACE_FILE}`),
      ),
      ...{ lost, affidavit },
    });
    const objections = objectionsTo(openedText(report, 'report.json'), judged, verdicts, affidavit).filter(
      ({ place, kind, what, found }) =>
        kind !== 'check' || found !== undefined || !apart.has(`${place} ${what}`),
    );
    const of = (result: string): readonly string[] =>
      objections.filter(({ kind }) => (RESULT_OF[kind] ?? 'verdicts') === result).map(objectionText);
    const rows = runs.flatMap(({ variant }) => variant.exposure).length;
    const asOf = suite.deployment === undefined ? '' : `, waivers as of ${suite.deployment.asOf}`;
    const less = lost.length === 0 ? '' : `; nothing is known of ${lost.join(', ')}, whose runs are missing`;
    return [
      verifiedUnless(
        'verdicts',
        of('verdicts'),
        `${checks} checks of ${runs.length} runs judged again${less}`,
      ),
      ...(suite.plant === undefined ? [] : [notVerified('plant', PLANT_NOT_JUDGED)]),
      ...(runs.some(({ variant }) => variant.score !== undefined)
        ? [notVerified('exercise', EXERCISE_NOT_JUDGED)]
        : []),
      ...(runs.some(({ variant }) => variant.schedule !== undefined) ? [notVerified('live', LIVE)] : []),
      verifiedUnless('exposures', of('exposures'), `${rows} exposures found again in the traces`),
      verifiedUnless('clauses', of('clauses'), `${suite.clauses.length} clauses decided again${asOf}`),
    ];
  } catch (thrown) {
    const [first, ...others] = JUDGED;
    return [
      failed(first, [faultOf(thrown)]),
      ...others.map((each) => notVerified(each, 'as verdicts failed')),
    ];
  }
}

/** Whether a plant was caught is seen beside a run without it, which is not in these results. */
const PLANT_NOT_JUDGED = `${PLANT_CHECK} compares with a run without the plant: only running both again shows it`;

/** An exercise is scored beside the run of its screenplay, which is not in these results either. */
const EXERCISE_NOT_JUDGED = `${EXERCISE_CHECKS.join(' and ')} compare with the screenplay's own run: only running both again shows it`;

/** Nobody can make it again; what is left is who vouches for it. */
const LIVE =
  'the run was on real sockets: verdicts follow from its trace, but that it went so rests on whoever made it or signed it';

/** Checks that are decided beside another run, each as `scenario/variant check`: only a rerun shows them. */
function apartIn({ plant, scenarios }: SuiteResult): ReadonlySet<string> {
  return new Set(
    scenarios.flatMap(({ id, variants }) =>
      variants.flatMap(({ name, score }) =>
        [...(plant === undefined ? [] : [PLANT_CHECK]), ...(score === undefined ? [] : EXERCISE_CHECKS)].map(
          (check) => `${id}/${name} ${check}`,
        ),
      ),
    ),
  );
}

function* tracesOf(evidence: EvidenceFiles, paths: readonly string[]): Generator<string> {
  for (const path of paths) yield textOf(evidence.read(path), path);
}
