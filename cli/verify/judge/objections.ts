/**
 * Where `report.json` of a suite and the second judge differ: one objection for each difference, and none when they agree. Everything that both say is
 * compared, both ways: what only one of them has is a difference too.
 */
import { checkAfter, declaredIn, fatesOf, NO_AFFIDAVIT, type Affidavit } from './affidavit.ts';
import { disagreements, type Objection, type Saying } from './disagreement.ts';
import { amount, inner, opened, rows, word, wordOrNone, words, type JsonObject } from './json-text.ts';
import { lagText } from './lateness.ts';
import { lineOf, lossLine } from './ledger.ts';
import type { RunJudged, Verdicts } from './sentence.ts';

/** All differences between a report and what the second judge says of the same runs. */
export function objectionsTo(
  report: JsonObject,
  runs: readonly RunJudged[],
  verdicts: Verdicts,
  affidavit: Affidavit = NO_AFFIDAVIT,
): readonly Objection[] {
  const judged = new Map(runs.map((run) => [`${run.scenario}/${run.variant}`, run]));
  const reported = new Map(
    rows(report, 'scenarios').flatMap((scenario) =>
      rows(scenario, 'variants').map((variant) => [
        `${word(scenario, 'id')}/${word(variant, 'name')}`,
        variant,
      ]),
    ),
  );
  const there = (names: Iterable<string>): readonly Saying[] =>
    [...names].map((what) => ({ what, said: 'there' }));
  return [
    ...disagreements('suite', 'run', there(reported.keys()), there(judged.keys())),
    ...[...judged].flatMap(([name, run]) => {
      const variant = reported.get(name);
      return variant === undefined ? [] : ofRun(name, variant, run, affidavit);
    }),
    ...disagreements(
      'suite',
      'comparison',
      rows(report, 'scenarios').flatMap((scenario) =>
        rows(scenario, 'across').flatMap((across) => {
          const what = `${word(scenario, 'id')}/${word(across, 'id')}`;
          return [{ what, said: verdictIn(across) }, ...partsOf(what, across)];
        }),
      ),
      verdicts.likened.flatMap(({ name, finding, parts }) => [
        { what: name, said: checkAfter(affidavit, finding, new Map(parts.map((part) => [part, finding]))) },
        ...parts.map((part) => ({ what: `${name} for ${part}`, said: finding })),
      ]),
    ),
    ...ofClauses(report, verdicts),
    ...ofDeployment(report, verdicts, affidavit),
  ];
}

function ofRun(
  place: string,
  variant: JsonObject,
  run: RunJudged,
  affidavit: Affidavit,
): readonly Objection[] {
  const stated = rows(variant, 'checks').flatMap((check) => {
    const what = word(check, 'id');
    return [
      { what, said: verdictIn(check) },
      ...(check['probe'] === undefined ? [] : [outcomeOf(what, inner(check, 'probe'))]),
      ...partsOf(what, check),
    ];
  });
  const found = run.answers.flatMap(({ id: what, finding, came, parts, event: at }) => {
    return [
      resting(what, checkAfter(affidavit, finding, parts), at),
      ...(came.length === 0 ? [] : [resting(`${what} (outcome)`, came.join(', '), at)]),
      ...[...parts].map(([part, own]) => resting(`${what} for ${part}`, own, at)),
    ];
  });
  const moments = Object.entries(inner(variant, 'moments')).flatMap(([what, came]) => {
    // One that never came is null.
    const moment = came === null ? undefined : opened(came, what);
    return moment === undefined
      ? []
      : [{ what, said: `event ${amount(moment, 'event')} at ${amount(moment, 'time')}` }];
  });
  return [
    ...disagreements(place, 'check', stated, found),
    ...disagreements(
      place,
      'exposure',
      rows(variant, 'exposure').map((row) => {
        const { name, text } = lineOf(row);
        return { what: name, said: text };
      }),
      run.losses.map((loss) => {
        const { name, text } = lossLine(loss);
        return { what: name, said: text, event: loss.event };
      }),
    ),
    ...disagreements(
      place,
      'schedule',
      variant['schedule'] === undefined ? [] : [{ what: 'lag', said: lagText(inner(variant, 'schedule')) }],
      run.lag === undefined ? [] : [{ what: 'lag', said: lagText(run.lag.data), event: run.lag.event }],
    ),
    ...disagreements(
      place,
      'moment',
      moments,
      [...run.moments].map(([what, { n, t }]) => ({ what, said: `event ${n} at ${t}`, event: n })),
    ),
  ];
}

/** Something that was found, with its event, which is looked for when somebody asks. */
function resting(what: string, said: string, at: () => number | undefined): Saying {
  return {
    ...{ what, said },
    get event() {
      return at();
    },
  };
}

/** The verdict that a report has of a check, with what it was before it was waived. */
function verdictIn(check: JsonObject): string {
  const was = wordOrNone(check, 'was');
  return `${word(check, 'verdict')}${was === undefined ? '' : `, was ${was}`}`;
}

function partsOf(what: string, check: JsonObject): readonly Saying[] {
  return rows(check, 'parts').map((part) => ({
    what: `${what} for ${word(part, 'part')}`,
    said: word(part, 'verdict'),
  }));
}

function outcomeOf(what: string, probe: JsonObject): Saying {
  const said = [word(probe, 'outcome'), ...[wordOrNone(probe, 'refusedAs') ?? []].flat()].join(', ');
  return { what: `${what} (outcome)`, said };
}

function ofClauses(report: JsonObject, { sentences, tested, decidedBy }: Verdicts): readonly Objection[] {
  const clauses = rows(report, 'clauses');
  const checks = clauses.flatMap((clause) => rows(clause, 'checks'));
  const parts = checks.flatMap((check) => rows(check, 'parts'));
  return [
    ...disagreements(
      'catalogue',
      'verdict',
      [...parts, ...checks, ...clauses].map((each) => ({
        what: word(each, 'id'),
        said: word(each, 'verdict'),
      })),
      [...sentences].map(([what, said]) => ({ what, said })),
    ),
    ...disagreements(
      'catalogue',
      'count',
      // How far it came stands before what is missing or wrong.
      [...checks, ...clauses].map((each) => ({ what: word(each, 'id'), said: countIn(word(each, 'why')) })),
      [...tested].map(([what, said]) => ({ what, said })),
    ),
    ...disagreements(
      'catalogue',
      'decided by',
      parts.map((part) => ({ what: word(part, 'id'), said: inOrder(words(part, 'decidedBy')) })),
      [...decidedBy].map(([what, by]) => ({ what, said: inOrder(by) })),
    ),
  ];
}

/** What was counted, also where a waiver stands around it. */
function countIn(why: string): string {
  const [plain = ''] = why.split(';', 1);
  return /(?:\d+ of \d+ checks, )?\d+ of \d+ parts tested/.exec(why)?.[0] ?? plain;
}

function inOrder(texts: readonly string[]): string {
  return [...texts].sort().join(', ');
}

function ofDeployment(
  report: JsonObject,
  { sentences }: Verdicts,
  affidavit: Affidavit,
): readonly Objection[] {
  const { affirmations, waivers } = declaredIn(report);
  return [
    ...disagreements(
      'deployment',
      'declaration',
      affirmations.map((each) => ({ what: word(each, 'id'), said: word(each, 'verdict') })),
      affidavit.affirmations.map(({ id, finding }) => ({ what: id, said: finding })),
    ),
    ...disagreements(
      'deployment',
      'waiver of',
      waivers.map((each) => ({ what: word(each, 'covers'), said: word(each, 'verdict') })),
      fatesOf(affidavit, sentences).map(([what, said]) => ({ what, said })),
    ),
  ];
}
