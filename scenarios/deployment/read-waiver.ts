/** Waivers of a deployment file: whose decision, why, on whose advice, from when and until when. One that lacks any of it is refused. */
import type { Vocabulary } from '../language/index.ts';
import { Fields } from '../language/fields.ts';
import type { Item, Reading } from '../language/reading.ts';
import type { DeclaredWaiver } from './deployment.ts';
import { readDay } from './read-value.ts';

type CatalogueWords = Pick<Vocabulary, 'clauses' | 'parts'>;

/** All of them, in the order of the file. What is waived twice is refused: nobody could say which counts. */
export function readWaivers(reading: Reading, words: CatalogueWords, item: Item): readonly DeclaredWaiver[] {
  const waivers = (reading.list(item) ?? []).flatMap((entry) => readWaiver(reading, words, entry) ?? []);
  const lines = new Map<string, number>();
  for (const { covers, where } of waivers) {
    const before = lines.get(covers.id);
    if (before === undefined) lines.set(covers.id, where.line ?? 0);
    else
      reading.problem(
        'SCENARIO_DUPLICATE_ID',
        where,
        `'${covers.id}' is waived in line ${before} already`,
        'Keep the waiver that counts.',
      );
  }
  return waivers;
}

function readWaiver(reading: Reading, words: CatalogueWords, item: Item): DeclaredWaiver | undefined {
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const what = fields.oneOf(['part', 'clause']);
  const covers = what === undefined ? undefined : readCovered(reading, words, what.key, what.item);
  const owner = fields.required('owner', (each) => reading.text(each));
  const reason = fields.required('reason', (each) => reading.text(each));
  const adviser = fields.required('adviser', (each) => reading.text(each));
  const given = fields.required('date', (each) => readDay(reading, each));
  const expires = fields.required('expires', (each) => readDay(reading, each));
  fields.finish();
  if (given !== undefined && expires !== undefined && given.begins >= expires.begins)
    return reading.problem(
      'SCENARIO_VALUE',
      item.where,
      `it expires ${expires.text}, not after its date, ${given.text}`,
      'Write the day on which it was given as date, and a later one as expires.',
    );
  if (covers === undefined || owner === undefined || reason === undefined) return undefined;
  if (adviser === undefined || given === undefined || expires === undefined) return undefined;
  return { where: item.where, covers, owner, reason, adviser, given, expires };
}

function readCovered(
  reading: Reading,
  words: CatalogueWords,
  kind: 'clause' | 'part',
  item: Item,
): DeclaredWaiver['covers'] | undefined {
  const id = reading.text(item);
  if (id === undefined) return undefined;
  const known =
    kind === 'clause'
      ? reading.known(item, id, 'SCENARIO_UNKNOWN_CLAUSE', words.clauses, `there is no clause '${id}'`)
      : reading.known(item, id, 'SCENARIO_UNKNOWN_PART', words.parts.keys(), `there is no part '${id}'`);
  return known === undefined ? undefined : { kind, id };
}
