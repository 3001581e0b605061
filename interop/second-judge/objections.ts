/**
 * Where `report.json` of a suite and the second judge differ: one line for each difference, and none when they agree. Everything that both say is
 * compared, both ways: what only one of them has is a difference too.
 */
import {
  amount,
  amountOrNone,
  flag,
  inner,
  list,
  opened,
  rows,
  word,
  wordOrNone,
  words,
  type JsonObject,
} from './json-text.ts';
import { impersonated, nameOf, type Loss } from './losses.ts';
import type { RunJudged, Verdicts } from './sentence.ts';

/** All differences between a report and what the second judge says of the same runs. */
export function objectionsTo(
  report: JsonObject,
  runs: readonly RunJudged[],
  verdicts: Verdicts,
): readonly string[] {
  const judged = new Map(runs.map((run) => [`${run.scenario}/${run.variant}`, run]));
  const reported = new Map(
    rows(report, 'scenarios').flatMap((scenario) =>
      rows(scenario, 'variants').map((variant) => [
        `${word(scenario, 'id')}/${word(variant, 'name')}`,
        variant,
      ]),
    ),
  );
  return [
    ...rows(report, 'scenarios')
      .filter((scenario) => list(scenario, 'missing').length > 0)
      .map((scenario) => `${word(scenario, 'id')}: not every run was made`),
    ...differences('runs', [...reported.keys()].sort(), [...judged.keys()].sort()),
    ...[...judged].flatMap(([name, run]) => {
      const variant = reported.get(name);
      return variant === undefined ? [] : ofRun(variant, run).map((each) => `${name}: ${each}`);
    }),
    ...differences(
      'across',
      rows(report, 'scenarios').flatMap((scenario) =>
        rows(scenario, 'across').flatMap((across) => [
          `${word(scenario, 'id')}/${word(across, 'id')} is ${word(across, 'verdict')}`,
          ...rows(across, 'parts').map((part) => `${word(part, 'part')} is ${word(part, 'verdict')}`),
        ]),
      ),
      verdicts.likened.flatMap(({ name, finding, parts }) => [
        `${name} is ${finding}`,
        ...parts.map((part) => `${part} is ${finding}`),
      ]),
    ),
    ...ofClauses(report, verdicts),
  ];
}

function ofRun(variant: JsonObject, run: RunJudged): readonly string[] {
  const checks = rows(variant, 'checks').flatMap((check) => [
    `${word(check, 'id')} is ${word(check, 'verdict')}`,
    ...(check['probe'] === undefined ? [] : [outcomeLine(word(check, 'id'), inner(check, 'probe'))]),
    ...rows(check, 'parts').map(
      (part) => `${word(check, 'id')} for ${word(part, 'part')} is ${word(part, 'verdict')}`,
    ),
  ]);
  const answers = run.answers.flatMap(({ id, finding, came, parts }) => [
    `${id} is ${finding}`,
    ...(came.length === 0 ? [] : [`${id} came out as ${came.join(', ')}`]),
    ...[...parts].map(([part, own]) => `${id} for ${part} is ${own}`),
  ]);
  const moments = Object.entries(inner(variant, 'moments')).flatMap(([name, came]) => {
    // One that never came is null.
    const moment = came === null ? undefined : opened(came, name);
    return moment === undefined
      ? []
      : [`${name} is event ${amount(moment, 'event')} at ${amount(moment, 'time')}`];
  });
  return [
    ...differences(
      'moments',
      moments,
      [...run.moments].map(([name, { n, t }]) => `${name} is event ${n} at ${t}`),
    ),
    ...differences('checks', checks, answers),
    ...differences('exposure', rows(variant, 'exposure').map(lineOf), run.losses.map(lossLine)),
  ];
}

function outcomeLine(id: string, probe: JsonObject): string {
  return `${id} came out as ${[word(probe, 'outcome'), ...[wordOrNone(probe, 'refusedAs') ?? []].flat()].join(', ')}`;
}

function ofClauses(report: JsonObject, { sentences, tested, decidedBy }: Verdicts): readonly string[] {
  const clauses = rows(report, 'clauses');
  const checks = clauses.flatMap((clause) => rows(clause, 'checks'));
  const parts = checks.flatMap((check) => rows(check, 'parts'));
  return [
    ...differences(
      'sentences',
      [...parts, ...checks, ...clauses].map((each) => `${word(each, 'id')} is ${word(each, 'verdict')}`),
      [...sentences].map(([id, sentence]) => `${id} is ${sentence}`),
    ),
    ...differences(
      'counts',
      // How far it came stands before what is missing or wrong.
      [...checks, ...clauses].map(
        (each) => `${word(each, 'id')}: ${word(each, 'why').split(';', 1)[0] ?? ''}`,
      ),
      [...tested].map(([id, said]) => `${id}: ${said}`),
    ),
    ...differences(
      'deciders',
      parts.map((part) => `${word(part, 'id')}: ${[...words(part, 'decidedBy')].sort().join(', ')}`),
      [...decidedBy].map(([part, by]) => `${part}: ${[...by].sort().join(', ')}`),
    ),
  ];
}

/** A row of the reported ledger with all that is in it. */
function lineOf(row: JsonObject): string {
  const known = new Set([...ROW_KEYS, ...OPTIONAL_KEYS]);
  const strange = Object.keys(row).filter((key) => !known.has(key));
  if (strange.length > 0) return `a row has ${strange.join(', ')}, which nobody compares`;
  const ended = row['firstFailure'] === undefined ? undefined : amount(row, 'firstFailure');
  return ledgerLine({
    name: nameOf({
      attacker: word(row, 'attacker'),
      attack: word(row, 'attack'),
      route: word(row, 'route'),
      needs: [...words(row, 'needs')].sort(),
      asset: word(row, 'asset'),
      capability: word(row, 'capability'),
    }),
    since: amount(row, 'fromEarliest'),
    first: amount(row, 'from'),
    last: amount(row, 'lastSuccess'),
    ended,
    reason: wordOrNone(row, 'refusedAs'),
    means: words(row, 'means'),
    sources: words(row, 'sources'),
    tries: words(row, 'tries'),
    audioSeconds: amount(row, 'audioSeconds'),
    hours: row['impersonationHours'] === undefined ? [] : hoursOf(inner(row, 'impersonationHours')),
    spoken: ['spokenFrom', 'spokenUntil'].flatMap((key) =>
      row[key] === undefined ? [] : [amount(row, key)],
    ),
    trusted: flag(row, 'controlled'),
  });
}

const ROW_KEYS = [
  ...['attacker', 'attack', 'route', 'needs', 'asset', 'capability', 'fromEarliest', 'from', 'lastSuccess'],
  ...['means', 'sources', 'tries', 'audioSeconds', 'controlled'],
];
const OPTIONAL_KEYS = ['firstFailure', 'refusedAs', 'spokenFrom', 'spokenUntil', 'impersonationHours'];

function lossLine(loss: Loss): string {
  const { spoken } = loss;
  return ledgerLine({
    name: nameOf(loss),
    since: loss.possibleSince,
    first: loss.firstSuccess,
    last: loss.lastSuccess,
    ended: loss.ended?.at,
    reason: loss.ended?.reason,
    means: [...loss.means],
    sources: [...loss.sources],
    tries: loss.tries,
    audioSeconds: [...loss.speech.values()].reduce((sum, each) => sum + each, 0),
    hours: impersonated(loss),
    spoken: spoken.length === 0 ? [] : [Math.min(...spoken), Math.max(...spoken)],
    trusted: loss.trusted,
  });
}

function ledgerLine(of: {
  readonly name: string;
  readonly since: number;
  readonly first: number;
  readonly last: number;
  readonly ended: number | undefined;
  readonly reason: string | undefined;
  readonly means: readonly string[];
  readonly sources: readonly string[];
  readonly tries: readonly string[];
  readonly audioSeconds: number;
  readonly hours: readonly number[];
  readonly spoken: readonly number[];
  readonly trusted: boolean;
}): string {
  const set = (texts: readonly string[]): string => [...texts].sort().join(', ');
  return [
    of.name,
    `possible since ${of.since}, opened ${of.first} to ${of.last}`,
    of.ended === undefined ? 'never ended' : `ended ${of.ended} as ${of.reason}`,
    `with ${set(of.means)}; from ${set(of.sources)}; tries ${of.tries.join(', ')}`,
    `hours in the name of another ${of.hours.join(' to ') || 'none'}`,
    `${of.audioSeconds.toFixed(2)} s spoken ${of.spoken.join(' to ')}; ${of.trusted ? '' : 'no '}controls`,
  ].join('; ');
}

function hoursOf(hours: JsonObject): readonly number[] {
  return [amount(hours, 'atLeast'), amountOrNone(hours, 'atMost') ?? []].flat();
}

/** What only one side says, with how often: two equal lines are not one. */
function differences(of: string, reported: readonly string[], own: readonly string[]): readonly string[] {
  const balance = new Map<string, number>();
  for (const line of reported) balance.set(line, (balance.get(line) ?? 0) + 1);
  for (const line of own) balance.set(line, (balance.get(line) ?? 0) - 1);
  return [...balance].flatMap(([line, sum]) =>
    sum === 0 ? [] : [`${of}: only ${sum > 0 ? 'the report' : 'the second judge'} says: ${line}`],
  );
}
