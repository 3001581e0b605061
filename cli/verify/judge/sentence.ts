/**
 * From what checks found to what the catalogue says of it: parts, checks and clauses (docs/decisions/0013). The catalogue is the authority on
 * what a probe has to come to, not the scenario.
 */
import { attemptsIn, type Attempt } from './attempts.ts';
import type { Chronicle } from './chronicle.ts';
import type { Allegation, Omission, Playbill } from './declaration.ts';
import {
  indulged,
  isClauseIndulged,
  isIndulged,
  NO_AFFIDAVIT,
  type Affidavit,
  type Sentence,
} from './affidavit.ts';
import { momentsOf, pointedAt, sighted, type Ruling, type Moments } from './eyewitness.ts';
import { choice, parsed, rows, Unreadable, word, wordOrNone, words } from './json-text.ts';
import { lagIn, worthOf, type Lateness } from './lateness.ts';
import { likened, setUpIn, type Likened, type Likening } from './likeness.ts';
import { lossesOf, type Loss } from './losses.ts';

/** What a part of the catalogue asks for. */
export interface PartAsked {
  readonly check: string;
  readonly clause: string;
  readonly stance: string;
  readonly by: string;
  readonly rows: readonly string[];
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
}

/** The parts of `clauses.json` by their ids, in the order of the file. */
export type Catalogue = ReadonlyMap<string, PartAsked>;

/** What is said of a check: it may not apply to the variant. */
export type SaidOfCheck = Ruling | 'not-applicable';

/** What one check of a run came to, for itself and for each part that it is bound to. */
export interface CheckHeard {
  readonly id: string;
  readonly finding: SaidOfCheck;
  /** Of an attempt: its outcome, and why it was refused. */
  readonly came: readonly string[];
  readonly parts: ReadonlyMap<string, SaidOfCheck>;
  /** The event that it rests on most, if it is one. */
  readonly event: () => number | undefined;
}

/** All that the second judge says of one run. */
export interface RunJudged {
  readonly scenario: string;
  readonly variant: string;
  readonly moments: Moments;
  readonly answers: readonly CheckHeard[];
  readonly losses: readonly Loss[];
  /** The median time to set up a call, where there was one. */
  readonly setUp: number | undefined;
  /** How a run on real sockets kept to its schedule; a simulated one has none. */
  readonly lag: Lateness | undefined;
}

/** Reads `clauses.json`. */
export function catalogueOf(text: string): Catalogue {
  const clauses = rows({ clauses: parsed(text, 'the catalogue') }, 'clauses');
  return new Map(
    clauses.flatMap((clause) =>
      rows(clause, 'checks').flatMap((check) =>
        rows(check, 'parts').map((part): [string, PartAsked] => [
          `${word(check, 'id')}/${word(part, 'id')}`,
          {
            check: word(check, 'id'),
            clause: word(clause, 'id'),
            stance: choice(check, 'stance', ['protects', 'warns', 'states']),
            by: word(part, 'by'),
            rows: part['rows'] === undefined ? [] : words(part, 'rows'),
            outcome: wordOrNone(part, 'outcome'),
            reason: wordOrNone(part, 'reason'),
          },
        ]),
      ),
    ),
  );
}

/** Judges one run by its trace, its playbill and the catalogue. */
export function judgedRun(run: Chronicle, playbill: Playbill, catalogue: Catalogue): RunJudged {
  const moments = momentsOf(playbill, run);
  const probes = new Map(
    attemptsIn(run).flatMap((each) => (each.probe === undefined ? [] : [[each.probe, each]])),
  );
  const lag = lagIn(run);
  const answers = playbill.claims.map((claim): CheckHeard => {
    const { id, applies, of } = claim;
    if (!applies)
      return {
        ...{ id, finding: NOT_HERE, came: [], event: () => undefined },
        parts: new Map(claim.parts.map((part) => [part, NOT_HERE])),
      };
    const tried = probes.get(id);
    if ('probe' in of && tried !== undefined && tried.predicted !== of.probe.outcome)
      throw new Unreadable(`of ${id} the trace has another prediction than the scenario`);
    const finding =
      'probe' in of ? foretold(of.probe, tried ?? unmade(id, run)) : sighted(of.trace, run, moments);
    return {
      id,
      finding,
      came: 'probe' in of && tried !== undefined ? [tried.outcome, ...[tried.reason ?? []].flat()] : [],
      parts: new Map(
        claim.parts.map((part) => [part, ofPart(part, claim, finding, tried ?? unmade(id, run), catalogue)]),
      ),
      event: () => ('probe' in of ? tried?.event.n : pointedAt(of.trace, run, moments)),
    };
  });
  return {
    scenario: run.scenario,
    variant: run.variant,
    moments,
    answers: answers.map((answer) => worthOf(answer, lag)),
    lag,
    losses: lossesOf(run),
    setUp: setUpIn(run),
  };
}

const NOT_HERE = 'not-applicable';

/** Whether a probe was left out on purpose, or nobody knows why it is not there. */
function unmade(id: string, { all }: Chronicle): 'left-out' | undefined {
  return all.some(({ type, data }) => type === 'probe.not-made' && data['id'] === id)
    ? 'left-out'
    : undefined;
}

/** What can be said of a try at all: one without good controls says nothing. */
function told(tried: Attempt | undefined): 'opened' | 'refused' | 'nothing' {
  return tried === undefined || !tried.trusted || tried.outcome === 'inconclusive'
    ? 'nothing'
    : tried.outcome;
}

function foretold(
  wanted: { readonly outcome: string; readonly reason?: string | undefined },
  tried: Attempt | 'left-out' | undefined,
): Ruling {
  if (tried === 'left-out') return 'not-tested';
  const came = told(tried);
  if (came === 'nothing') return 'inconclusive';
  if (came !== wanted.outcome) return 'fail';
  return wanted.reason !== undefined && tried?.reason !== wanted.reason ? 'fail' : 'pass';
}

function ofPart(
  id: string,
  { of }: Allegation,
  finding: SaidOfCheck,
  tried: Attempt | 'left-out' | undefined,
  catalogue: Catalogue,
): SaidOfCheck {
  const asked = catalogue.get(id);
  if (asked === undefined) throw new Unreadable(`the catalogue has no part ${id}`);
  if ('probe' in of !== (asked.by === 'probe')) throw new Unreadable(`${id} is shown by ${asked.by}`);
  if (!('probe' in of)) return finding;
  if (!asked.rows.includes(of.probe.row)) throw new Unreadable(`${id} is not about ${of.probe.row}`);
  if (asked.outcome === undefined) throw new Unreadable(`${id} does not say what it has to come to`);
  if (tried !== 'left-out' && told(tried) === 'opened' && asked.stance === 'protects') return 'fail';
  return foretold({ outcome: asked.outcome, reason: asked.reason }, tried);
}

/** What all runs together say of the catalogue. */
export interface Verdicts {
  /** Of parts, checks and clauses, by their ids. */
  readonly sentences: ReadonlyMap<string, Sentence>;
  /** Of checks and clauses: how much of them was tested. */
  readonly tested: ReadonlyMap<string, string>;
  /** The checks that decided each part, as `scenario/variant/check`. */
  readonly decidedBy: ReadonlyMap<string, readonly string[]>;
  readonly likened: readonly Likened[];
}

/** A run that came to no end: of its checks nothing is known, whatever others showed. */
export interface RunLost {
  readonly scenario: string;
  readonly variant: string;
  readonly claims: readonly Allegation[];
}

/** What counts beside the runs. */
export interface Circumstances {
  readonly omissions: readonly Omission[];
  readonly likenings: readonly Likening[];
  readonly lost?: readonly RunLost[];
  readonly affidavit?: Affidavit;
}

/** Judges the catalogue by all runs, by what they have in common, by what scenarios say that they leave out, and by what is declared and waived. */
export function verdictsOf(
  runs: readonly RunJudged[],
  { omissions, likenings, lost = [], affidavit = NO_AFFIDAVIT }: Circumstances,
  catalogue: Catalogue,
): Verdicts {
  const alike = likenings.map((likening) => likened(likening, runs, lost));
  const sentences = new Map<string, Sentence>();
  const tested = new Map<string, string>();
  const decidedBy = new Map<string, readonly string[]>();
  for (const part of catalogue.keys()) {
    const said = [
      ...runs.flatMap((run) => saidBy(run, part)),
      ...lost.flatMap(({ scenario, variant, claims }) =>
        claims
          .filter(({ applies, parts }) => applies && parts.includes(part))
          .map(({ id }) => ({ by: `${scenario}/${variant}/${id}`, finding: 'inconclusive' as const })),
      ),
      ...alike
        .filter(({ parts }) => parts.includes(part))
        .map(({ name, finding }) => ({ by: name, finding })),
      ...omissions
        .filter(({ parts }) => parts.includes(part))
        .map(({ name }) => ({ by: name, finding: 'not-tested' as const })),
      ...affidavit.affirmations
        .filter((each) => each.part === part)
        .map(({ id, finding }) => ({ by: `deployment/${id}`, finding })),
    ];
    sentences.set(part, indulged(joined(said.map(({ finding }) => finding)), isIndulged(affidavit, part)));
    decidedBy.set(
      part,
      said.map(({ by }) => by),
    );
  }
  const of = (ids: Iterable<string>): readonly Sentence[] =>
    [...ids].map((id) => sentences.get(id) ?? 'not-tested');
  const checks = grouped([...catalogue].map(([part, { check }]) => [check, part]));
  for (const [check, parts] of checks) {
    sentences.set(check, joined(of(parts)));
    tested.set(check, `${count(of(parts))} of ${parts.size} parts tested`);
  }
  const partsOf = grouped([...catalogue].map(([part, { clause }]) => [clause, part]));
  for (const [clause, own] of grouped([...catalogue.values()].map(({ clause, check }) => [clause, check]))) {
    const parts = partsOf.get(clause) ?? new Set();
    sentences.set(clause, indulged(joined(of(own)), isClauseIndulged(affidavit, clause)));
    const whole = [...own].filter((check) => count(of(checks.get(check) ?? [])) === checks.get(check)?.size);
    tested.set(
      clause,
      `${whole.length} of ${own.size} checks, ${count(of(parts))} of ${parts.size} parts tested`,
    );
  }
  return { sentences, tested, decidedBy, likened: alike };
}

function saidBy(
  { scenario, variant, answers }: RunJudged,
  part: string,
): readonly { readonly by: string; readonly finding: Ruling }[] {
  return answers.flatMap(({ id, parts }) => {
    const finding = parts.get(part);
    return finding === undefined || finding === NOT_HERE
      ? []
      : [{ by: `${scenario}/${variant}/${id}`, finding }];
  });
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const [group, member] of pairs)
    groups.set(group, (groups.get(group) ?? new Set<string>()).add(member));
  return groups;
}

/** One failure fails the whole, and the whole passes only when all of it did, or is lived with. */
function joined<Said extends Sentence>(of: readonly Said[]): Said | 'not-tested' {
  const worst = WORST_FIRST.find((each) => of.some((said) => said === each));
  return of.find((said) => said === worst) ?? 'not-tested';
}

const WORST_FIRST: readonly Sentence[] = ['fail', 'inconclusive', 'not-tested', 'waived', 'pass'];

/** What was tried, and says yes or no. */
function count(of: readonly Sentence[]): number {
  return of.filter((each) => each === 'pass' || each === 'fail').length;
}
