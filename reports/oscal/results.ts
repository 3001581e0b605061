/**
 * What came of it as OSCAL assessment results: an observation for each check and for each clause, and a finding for each clause that something
 * was tried of.
 *
 * | verdict of a clause        | told as                                                                     |
 * | -------------------------- | --------------------------------------------------------------------------- |
 * | pass                       | finding, satisfied                                                          |
 * | fail                       | finding, not-satisfied, reason fail                                         |
 * | inconclusive               | finding, not-satisfied, reason other                                        |
 * | waived                     | finding, not-satisfied, reason other, with a risk whose deviation is approved |
 * | not-tested, not-applicable | excluded control, without a finding; why, in its observation                |
 */
import type { JsonValue } from '../../sim/canonical-json.ts';
import type { ClauseResult, WaiverResult } from '../../scenarios/evidence/model.ts';
import type { ToldCheck } from '../machines/told-checks.ts';
import { clauseOf, countVerdicts, headlineOf, missingRuns } from '../tally.ts';
import { statementOf } from './catalog.ts';
import { NO_TIME, OSCAL_FILES, oscalDocument, propsOf, someOf, word } from './document.ts';
import { selectionOf, type OscalReport } from './plan.ts';

/** `oscal-assessment-results.json`. */
export function resultsJson(report: OscalReport): string {
  const { suite, told, version, modified, named, digest } = report;
  const looked = suite.clauses.filter(hasFinding);
  const left = suite.clauses.filter((clause) => !hasFinding(clause));
  const begins = suite.scenarios.flatMap(({ variants }) => variants.map((variant) => variant.begins));
  const waived = suite.clauses.filter(({ verdict }) => verdict === 'waived');
  return oscalDocument(
    {
      root: 'assessment-results',
      title: 'What came of the runs',
      ...{ version, tool: suite.tool, modified },
      remarks: 'It was made from the report of the runs, whose digest is in the assessment plan.',
    },
    {
      'import-ap': { href: `./${OSCAL_FILES.plan}` },
      results: [
        {
          ...{ uuid: named('result'), title: word(suite.tool), description: headlineOf(suite) },
          start: begins.length === 0 ? NO_TIME : new Date(Math.min(...begins)).toISOString(),
          end: modified,
          props: propsOf([
            ['report-sha256', digest],
            ['reveals-keys', suite.revealsKeys === true ? 'true' : undefined],
            ['runs-missing', String(missingRuns(suite).length)],
            ...Object.entries(countVerdicts(suite.clauses)).map(
              ([verdict, count]) => [`clauses-${verdict}`, String(count)] as const,
            ),
            ...Object.entries(countVerdicts(told)).map(
              ([verdict, count]) => [`checks-${verdict}`, String(count)] as const,
            ),
          ]),
          'reviewed-controls': {
            description: 'A clause of which not every part was tried, or that does not apply, is excluded.',
            links: [{ href: `./${OSCAL_FILES.catalog}`, rel: 'reference' }],
            'control-selections': [
              selectionOf(
                'Clauses with a finding.',
                looked.map(({ id }) => id),
                left.map(({ id }) => id),
              ),
            ],
          },
          observations: someOf([
            ...told.map((check) => checkObservation(report, check)),
            ...suite.clauses.map((clause) => clauseObservation(report, clause)),
          ]),
          risks: someOf(waived.map((clause) => riskOf(report, clause))),
          findings: someOf(looked.map((clause) => findingOf(report, clause))),
        },
      ],
    },
  );
}

function hasFinding({ verdict }: ClauseResult): boolean {
  return verdict !== 'not-tested' && verdict !== 'not-applicable';
}

function checkObservation({ named, modified }: OscalReport, check: ToldCheck): JsonValue {
  const { key, place, title, why, verdict, was, kind, missing, ended, files, replay, source, parts } = check;
  return {
    uuid: named('check', key),
    title: word(`${place}: ${title}`),
    description: word(why),
    props: propsOf([
      ['status', verdict],
      ['was', was],
      ['kind', kind],
      ['run-missing', missing ? 'true' : undefined],
      ['place', place],
      ['source', source],
      ['replay', replay],
      ...parts.map((part) => ['part', part] as const),
    ]),
    methods: [methodOf(check)],
    types: ['finding'],
    'relevant-evidence': someOf(
      files.map((path) => ({ href: `./${path}`, description: 'What the run left behind.' })),
    ),
    collected: ended ?? modified,
  };
}

/** What was not tried was tested by no method. */
function methodOf({ verdict, missing, kind }: ToldCheck): string {
  if (missing || verdict === 'not-tested' || verdict === 'not-applicable') return 'UNKNOWN';
  return kind === 'deployment' ? 'EXAMINE' : 'TEST';
}

function clauseObservation(
  { named, modified }: OscalReport,
  { id, verdict, why, checks }: ClauseResult,
): JsonValue {
  return {
    uuid: named('clause', id),
    title: word(id),
    description: word(why),
    props: propsOf([
      ['status', verdict],
      ...checks.map((check) => ['check', `${check.id} ${check.verdict}: ${check.why}`] as const),
    ]),
    methods: ['EXAMINE'],
    types: ['control-objective'],
    collected: modified,
  };
}

function findingOf(report: OscalReport, clause: ClauseResult): JsonValue {
  const { named, told } = report;
  const { id, verdict, why, checks } = clause;
  const deciding = new Set(checks.flatMap(({ parts }) => parts.flatMap(({ decidedBy }) => decidedBy)));
  return {
    uuid: named('finding', id),
    title: word(id),
    description: word(why),
    props: propsOf([['status', verdict]]),
    target: {
      ...{ type: 'statement-id', 'target-id': statementOf(id) },
      status: {
        state: verdict === 'pass' ? 'satisfied' : 'not-satisfied',
        reason: verdict === 'pass' || verdict === 'fail' ? verdict : 'other',
        remarks: word(`${verdict}: ${why}`),
      },
    },
    'related-observations': [
      named('clause', id),
      ...told.filter(({ place }) => deciding.has(place)).map(({ key }) => named('check', key)),
    ].map((uuid) => ({ 'observation-uuid': uuid })),
    'related-risks': verdict === 'waived' ? [{ 'risk-uuid': named('risk', id) }] : undefined,
  };
}

/** Somebody accepted that a clause is not met: who, why and until when is in its waivers. */
function riskOf({ suite, named }: OscalReport, { id, paraphrase, why }: ClauseResult): JsonValue {
  const waivers = (suite.deployment?.waivers ?? []).filter((waiver) => coveredBy(waiver) === id);
  const [first] = waivers.map(({ expires }) => expires).sort();
  return {
    uuid: named('risk', id),
    title: word(`${id} is waived`),
    description: word(why),
    statement: word(paraphrase),
    props: someOf(
      propsOf(
        waivers.flatMap(({ covers, owner, reason, adviser, date, expires, source }) => [
          ['waiver', `${covers}, from ${date}, void from ${expires}, ${source}`],
          ['owner', owner],
          ['reason', reason],
          ['adviser', adviser],
        ]),
      ),
    ),
    status: 'deviation-approved',
    deadline: first === undefined ? undefined : `${first}T00:00:00Z`,
    'related-observations': [{ 'observation-uuid': named('clause', id) }],
  };
}

function coveredBy({ kind, covers }: WaiverResult): string {
  return kind === 'clause' ? covers : clauseOf(covers);
}
