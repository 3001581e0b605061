/**
 * What several variants of a scenario are said to have in common: the same verdicts, of probes the same outcomes and reasons too, and a measure that
 * sets them apart. A variant that nobody ran, or of which something is not known, is never like another one.
 */
import type { Chronicle } from './chronicle.ts';
import { amount, inner, rows, Unreadable, word, words, type JsonObject } from './json-text.ts';
import type { Ruling } from './eyewitness.ts';

/** What a scenario says of several of its variants. */
export interface Likening {
  /** `baseline-call/same-on-each-network` */
  readonly name: string;
  readonly variants: readonly string[];
  readonly checks: readonly string[];
  readonly parts: readonly string[];
  /** How far apart any two of them have to be in a measure. */
  readonly gap?: { readonly measure: string; readonly least: number } | undefined;
}

/** What is known of a run: what each check came to, and how long callers waited. */
interface RunLikened {
  readonly scenario: string;
  readonly variant: string;
  readonly answers: readonly {
    readonly id: string;
    readonly finding: string;
    readonly came: readonly string[];
  }[];
  readonly setUp: number | undefined;
}

/** What one of them came to. */
export interface Likened extends Pick<Likening, 'name' | 'parts'> {
  readonly finding: Ruling;
}

/** Reads what `show --json` printed. */
export function likeningsOf(shown: JsonObject): readonly Likening[] {
  const scenario = word(shown, 'id');
  return rows(shown, 'across').map((across) => {
    const apart = across['apart'] === undefined ? undefined : inner(across, 'apart');
    return {
      name: `${scenario}/${word(across, 'id')}`,
      variants: words(across, 'variants').map((variant) => `${scenario}/${variant}`),
      checks: words(across, 'verdicts'),
      parts: rows(across, 'parts').map((part) => word(part, 'id')),
      gap: apart && { measure: word(apart, 'measure'), least: amount(apart, 'by') },
    };
  });
}

/** Sets the runs of a likening side by side. */
export function likened(
  likening: Likening,
  runs: readonly RunLikened[],
  lost: readonly Pick<RunLikened, 'scenario' | 'variant'>[] = [],
): Likened {
  const { name, variants, checks, parts, gap } = likening;
  const found = variants.map((variant) => runs.find((run) => `${run.scenario}/${run.variant}` === variant));
  const there = found.filter((run) => run !== undefined);
  const said: Ruling[] = checks.map((check) => alikeIn(check, there));
  const isLost = (name: string): boolean => lost.some((run) => `${run.scenario}/${run.variant}` === name);
  if (variants.some(isLost)) said.push('inconclusive');
  if (there.length < found.length) said.push('not-tested');
  if (gap !== undefined) said.push(areApart(gap, there));
  const worst = (['fail', 'inconclusive', 'not-tested'] as const).find((ruling) => said.includes(ruling));
  return { name, parts, finding: worst ?? 'pass' };
}

function alikeIn(check: string, runs: readonly RunLikened[]): Ruling {
  const answers = runs.map(({ answers: all }) => all.find(({ id }) => id === check));
  const settled = answers.filter((answer) => answer?.finding === 'pass' || answer?.finding === 'fail');
  const kinds = new Set(settled.map((answer) => [answer?.finding, ...(answer?.came ?? [])].join(' as ')));
  if (kinds.size > 1) return 'fail';
  if (settled.some((answer) => answer?.finding === 'fail')) return 'inconclusive';
  if (answers.some((answer) => answer?.finding === 'inconclusive')) return 'inconclusive';
  return settled.length < answers.length ? 'not-tested' : 'pass';
}

function areApart({ measure, least }: NonNullable<Likening['gap']>, runs: readonly RunLikened[]): Ruling {
  if (measure !== MEASURE) throw new Unreadable(`the second judge does not measure ${measure}`);
  const values = runs.flatMap(({ setUp }) => setUp ?? []).sort((a, b) => a - b);
  if (values.length < runs.length) return 'inconclusive';
  return values.every((value, at) => at === 0 || value - (values[at - 1] ?? 0) >= least) ? 'pass' : 'fail';
}

const MEASURE = 'set-up time, median';

/** How long the callers of a run waited, in milliseconds: half of them no longer than this, and of two in the middle the longer. */
export function setUpIn({ all }: Chronicle): number | undefined {
  const waits = all
    .filter(({ type, on, data }) => type === 'handset.call-connected' && on.startsWith(word(data, 'from')))
    .map(({ data }) => amount(data, 'setupMs'))
    .sort((a, b) => a - b);
  return waits[Math.floor(waits.length / 2)];
}
