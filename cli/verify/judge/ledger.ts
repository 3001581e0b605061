/** A row of the ledger as a line of text with all that is in it, from a report and from what was judged: equal rows are equal lines. */
import { amount, amountOrNone, flag, inner, word, wordOrNone, words, type JsonObject } from './json-text.ts';
import { impersonated, nameOf, type Loss } from './losses.ts';

/** A row by its name: who, how, what of. */
export interface LedgerLine {
  readonly name: string;
  readonly text: string;
}

/** A row of the reported ledger with all that is in it. */
export function lineOf(row: JsonObject): LedgerLine {
  const known = new Set([...ROW_KEYS, ...OPTIONAL_KEYS]);
  const strange = Object.keys(row).filter((key) => !known.has(key));
  if (strange.length > 0) return { name: 'a row', text: `has ${strange.join(', ')}, which nobody compares` };
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

/** A row as it was judged. */
export function lossLine(loss: Loss): LedgerLine {
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
}): LedgerLine {
  const set = (texts: readonly string[]): string => [...texts].sort().join(', ');
  const text = [
    `possible since ${of.since}, opened ${of.first} to ${of.last}`,
    of.ended === undefined ? 'never ended' : `ended ${of.ended} as ${of.reason}`,
    `with ${set(of.means)}; from ${set(of.sources)}; tries ${of.tries.join(', ')}`,
    `hours in the name of another ${of.hours.join(' to ') || 'none'}`,
    `${of.audioSeconds.toFixed(2)} s spoken ${of.spoken.join(' to ')}; ${of.trusted ? '' : 'no '}controls`,
  ].join('; ');
  return { name: of.name, text };
}

function hoursOf(hours: JsonObject): readonly number[] {
  return [amount(hours, 'atLeast'), amountOrNone(hours, 'atMost') ?? []].flat();
}
