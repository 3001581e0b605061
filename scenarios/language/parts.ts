/**
 * Parts: what a check shows of the catalogue. A check names parts and never a clause, for a clause is met when all its parts are shown;
 * whether a check can show a part at all is held here.
 */
import { isSeq } from 'yaml';
import type { Fields } from './fields.ts';
import type { Item } from './reading.ts';
import type { Stage } from './stage.ts';
import type { PartWords } from './vocabulary.ts';

/** What is going to show the parts: a probe of a row, an expectation, or a row that nothing tests. */
export interface Shower {
  readonly kind: 'probe' | 'expectation' | 'not-tested';
  /** Undefined when it was refused, or when there is none. */
  readonly row?: string | undefined;
  /** The target that it is held against, for an expectation that is held against one. */
  readonly target?: string | undefined;
}

/** Parts named in a message, at most. */
const NAMED_MAX = 4;

/** `check: para-32.c1/calls`, or a list of them; none where the key is not given. Problems are reported. */
export function partsOf(
  stage: Pick<Stage, 'reading' | 'vocabulary'>,
  fields: Fields,
  shower: Shower,
): readonly PartWords[] {
  const clause = fields.item('clause');
  if (clause !== undefined)
    stage.reading.problem(
      'SCENARIO_PART',
      clause.key ?? clause.where,
      'a check shows a part of a clause, not the whole',
      'Write check: para-32.c1/calls, with the part that it shows; a clause is met when all its parts are.',
    );
  const item = fields.item('check');
  return item === undefined ? [] : readParts(stage, item, shower);
}

/** One part or a list of them. */
export function readParts(
  stage: Pick<Stage, 'reading' | 'vocabulary'>,
  item: Item,
  shower: Shower,
): readonly PartWords[] {
  const entries = isSeq(item.node) ? (stage.reading.list(item) ?? []) : [item];
  return entries.flatMap((entry) => readPart(stage, entry, shower) ?? []);
}

function readPart(
  stage: Pick<Stage, 'reading' | 'vocabulary'>,
  item: Item,
  shower: Shower,
): PartWords | undefined {
  const { reading, vocabulary } = stage;
  const id = reading.text(item);
  if (id === undefined) return undefined;
  const part = vocabulary.parts.get(id);
  if (part === undefined) {
    const beneath = [...vocabulary.parts.keys()].filter(
      (each) => each.startsWith(`${id}.`) || each.startsWith(`${id}/`),
    );
    if (beneath.length === 0) {
      reading.known(item, id, 'SCENARIO_UNKNOWN_PART', vocabulary.parts.keys(), `there is no part '${id}'`);
      return undefined;
    }
    const named = beneath.slice(0, NAMED_MAX).join(', ');
    const more = beneath.length > NAMED_MAX ? `, and ${beneath.length - NAMED_MAX} more` : '';
    return reading.problem(
      'SCENARIO_PART',
      item.where,
      `'${id}' has ${beneath.length} parts, and a check shows one of them`,
      `Name it: ${named}${more}.`,
    );
  }
  const against = objectionTo(part, shower);
  if (against !== undefined) return reading.problem('SCENARIO_PART', item.where, against);
  const needed = Object.entries(vocabulary.targets ?? {}).find(([, each]) => each.needed.includes(id))?.[0];
  if (needed === undefined || shower.kind !== 'expectation' || shower.target === needed) return part;
  return reading.problem(
    'SCENARIO_PART',
    item.where,
    `'${id}' is shown against targets.${needed} of the deployment only, and this is not held against it`,
    vocabulary.targets?.[needed]?.kind === 'duration'
      ? `Write within: { target: ${needed} } with see, and the moment that it counts from as of.`
      : 'Leave it out: no expectation can be held against a target of this kind.',
  );
}

/** Why it cannot show the part; undefined when it can. */
function objectionTo({ id, by, rows }: PartWords, { kind, row }: Shower): string | undefined {
  if (kind === 'not-tested') return undefined;
  if (kind === 'expectation')
    return by === 'probe'
      ? `'${id}' is shown by a probe of ${rows.join(' or ')}, not by what is seen`
      : undefined;
  if (by !== 'probe') return `'${id}' is shown by ${by === 'type' ? 'a type' : `an ${by}`}, not by a probe`;
  return row === undefined || rows.includes(row)
    ? undefined
    : `'${id}' is shown by a probe of ${rows.join(' or ')}, and this is one of ${row}`;
}
