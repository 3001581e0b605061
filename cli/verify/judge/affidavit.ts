/**
 * What an organisation declares and waives in its deployment file, as JSON of what was read, and what that comes to on one day. What the catalogue
 * asks of a deployment, and by which parts, is handed in; what the file does not say was not tested.
 */
import { inner, rows, word, wordOrNone, type JsonObject } from './json-text.ts';
import type { Ruling } from './eyewitness.ts';

/** What a part or a clause comes to when somebody may live with it. */
export type Sentence = Ruling | 'waived';

/** Something that the file says, or does not, of one part. */
export interface Affirmation {
  /** `references.a`, as reports call it. */
  readonly id: string;
  readonly part: string;
  readonly finding: Ruling;
}

/** One waiver. */
export interface Indulgence {
  readonly kind: 'clause' | 'part';
  readonly covers: string;
  readonly inForce: boolean;
  readonly expired: boolean;
}

/** All of a deployment that a judge looks at. */
export interface Affidavit {
  readonly affirmations: readonly Affirmation[];
  readonly indulgences: readonly Indulgence[];
}

/** What the catalogue asks of a deployment. */
export interface Questions {
  /** References by their letters: the issue that is named, the part that asks for it, and the one that asks for its revision. */
  readonly references: JsonObject;
  /** Parts by the names of statements. */
  readonly statements: Readonly<Record<string, string>>;
}

const CERTIFICATE = 'para-5.c1/certificate';

/** Nothing is declared where there is no deployment. */
export const NO_AFFIDAVIT: Affidavit = { affirmations: [], indulgences: [] };

/** Reads a deployment as of a day, `2015-12-01`. */
export function affidavitOf(deployment: JsonObject, asOf: string, questions: Questions): Affidavit {
  const references = rows(deployment, 'references');
  const statements = new Set(rows(deployment, 'statements').map((each) => word(each, 'name')));
  const affirmations = [
    ...Object.keys(questions.references).flatMap((letter): readonly Affirmation[] => {
      const asked = inner(questions.references, letter);
      const declared = references.find((each) => each['name'] === letter);
      const issue = declared === undefined ? 'not-tested' : issueOf(declared, asked);
      const id = `references.${letter}`;
      const revision = wordOrNone(asked, 'revision');
      const held = declared?.['status'] === 'held';
      return [
        {
          id,
          part: word(asked, 'part'),
          finding: declared === undefined ? 'not-tested' : held ? issue : 'pass',
        },
        ...(revision === undefined
          ? []
          : [{ id: `${id}.issue`, part: revision, finding: held ? issue : 'not-tested' } as const]),
      ];
    }),
    { id: 'certificate', part: CERTIFICATE, finding: certified(deployment, asOf) },
    ...Object.entries(questions.statements).map(([name, part]): Affirmation => ({
      ...{ id: `declared.${name}`, part },
      finding: statements.has(name) ? 'pass' : 'not-tested',
    })),
  ];
  const indulgences = rows(deployment, 'waivers').map((waiver): Indulgence => {
    const covers = inner(waiver, 'covers');
    const [from, until] = [word(inner(waiver, 'given'), 'text'), word(inner(waiver, 'expires'), 'text')];
    return {
      kind: covers['kind'] === 'clause' ? 'clause' : 'part',
      covers: word(covers, 'id'),
      inForce: from <= asOf && asOf < until,
      expired: asOf >= until,
    };
  });
  return { affirmations, indulgences };
}

function issueOf(declared: JsonObject, asked: JsonObject): Ruling {
  const named = wordOrNone(asked, 'issue');
  const isNamed = named === undefined || named === (wordOrNone(declared, 'issue') ?? '');
  return isNamed || wordOrNone(declared, 'reason') !== undefined ? 'pass' : 'fail';
}

function certified(deployment: JsonObject, asOf: string): Ruling {
  if (deployment['certificate'] === undefined) return 'not-tested';
  const certificate = inner(deployment, 'certificate');
  const ends = ['expires', 'revoked'].flatMap((key) =>
    certificate[key] === undefined ? [] : [word(inner(certificate, key), 'text')],
  );
  return ends.some((end) => end <= asOf) ? 'fail' : 'pass';
}

/** The clause of a part: `para-5` of `para-5.c1/certificate`. */
function clauseOf(part: string): string {
  return part.split('.', 1)[0] ?? '';
}

/** Whether somebody lives with a part, by itself or with its whole clause. */
export function isIndulged({ indulgences }: Affidavit, part: string): boolean {
  return indulgences.some(
    ({ kind, covers, inForce }) => inForce && covers === (kind === 'part' ? part : clauseOf(part)),
  );
}

/** Whether somebody lives with a clause as a whole. */
export function isClauseIndulged({ indulgences }: Affidavit, clause: string): boolean {
  return indulgences.some(({ kind, covers, inForce }) => inForce && kind === 'clause' && covers === clause);
}

/** Only what failed, or was not tested, can be waived: what is unclear stays so. */
export function indulged<Said extends string>(said: Said, isWaived: boolean): Said | 'waived' {
  return isWaived && isUnmet(said) ? 'waived' : said;
}

/** A check is waived when each of its parts is not met, and each of these is lived with. */
export function checkAfter(
  affidavit: Affidavit,
  finding: string,
  parts: ReadonlyMap<string, string>,
): string {
  const isWaived =
    parts.size > 0 && [...parts].every(([part, said]) => isUnmet(said) && isIndulged(affidavit, part));
  return isWaived && isUnmet(finding) ? `waived, was ${finding}` : finding;
}

function isUnmet(said: string): boolean {
  return said === 'fail' || said === 'not-tested';
}

/** What became of each waiver, in order, given what parts and clauses came to. */
export function fatesOf(
  { indulgences }: Affidavit,
  sentences: ReadonlyMap<string, string>,
): readonly (readonly [covers: string, fate: string])[] {
  return indulgences.map(({ kind, covers, inForce, expired }) => {
    if (expired) return [covers, 'fail'];
    const used = [...sentences].some(
      ([id, said]) =>
        said === 'waived' &&
        (id === covers || (kind === 'clause' && id.includes('/') && clauseOf(id) === covers)),
    );
    return [covers, inForce && used ? 'waived' : 'not-applicable'];
  });
}

/** What a report has of all that. */
export function declaredIn(report: JsonObject): {
  readonly affirmations: readonly JsonObject[];
  readonly waivers: readonly JsonObject[];
} {
  if (report['deployment'] === undefined) return { affirmations: [], waivers: [] };
  const deployment = inner(report, 'deployment');
  return { affirmations: rows(deployment, 'declares'), waivers: rows(deployment, 'waivers') };
}
