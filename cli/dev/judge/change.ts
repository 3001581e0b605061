/** A change of a scenario after which it must not pass as it did: what the mutators make, and the judge tries. */
import { isMap, parseDocument, type Node } from 'yaml';
import { assert } from '../../../sim/errors.ts';
import {
  resolveVariant,
  variantsOf,
  type ProcedureSource,
  type Screenplay,
} from '../../../scenarios/language/index.ts';
import { edited, lineOf, type Edit, type MapNode } from './edit.ts';

/** The kinds of changes, in the order of the report. */
export const CHANGE_KINDS = ['step', 'value', 'user', 'prediction', 'empty', 'plant'] as const;
/** One of them. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One change, with the variants in which it has to be noticed: in one of them. */
export interface Change {
  readonly kind: ChangeKind;
  readonly scenario: string;
  readonly file: string;
  readonly line: number;
  /** What is changed: `step block`, `variant skew-72h, probe backdate-later`. */
  readonly at: string;
  /** How: `alice -> alicf`. */
  readonly what: string;
  readonly variants: readonly string[];
  /** The file before and after it. */
  readonly original: string;
  readonly text: string;
  /** What the scenario performs. */
  readonly procedures: readonly ProcedureSource[];
  /** For a rule that is broken: what breaks it stands in no file. */
  readonly plant?: string;
}

/** A scenario file as it is changed: its text, what that says, and its tree. */
export interface OpenScenario {
  readonly screenplay: Screenplay;
  readonly root: MapNode;
}

/** The subject of a screenplay. */
export function opened(screenplay: Screenplay): OpenScenario {
  const { contents } = parseDocument(screenplay.text, { version: '1.2', schema: 'core' });
  assert(isMap<Node, Node | null>(contents), 'a scenario that was read is a map');
  return { screenplay, root: contents };
}

/** A change by edits, told by the place of the first. */
export function changeBy(
  { screenplay }: OpenScenario,
  change: Pick<Change, 'kind' | 'at' | 'what' | 'variants'>,
  edits: readonly Edit[],
): Change {
  const { id: scenario, file, text: original, procedures } = screenplay;
  const line = lineOf(original, edits[0]?.start ?? 0);
  return { ...change, scenario, file, line, original, text: edited(original, edits), procedures };
}

/** Variants in which one change is tried. */
const REFERENCES_MAX = 2;
const OTHERS_MAX = 2;

/**
 * The variants in which something must be noticed, among those of which it is true: at most two that count towards clauses and two that do
 * not, for most are the same story again.
 */
export function variantsWhere(
  { screenplay }: OpenScenario,
  holds: (resolved: ReturnType<typeof resolveVariant>) => boolean,
): readonly string[] {
  const all = variantsOf(screenplay).filter(({ name }) => holds(resolveVariant(screenplay, name)));
  const named = (reference: boolean, most: number): readonly string[] =>
    all.flatMap((each) => (each.reference === reference ? [each.name] : [])).slice(0, most);
  return [...named(true, REFERENCES_MAX), ...named(false, OTHERS_MAX)];
}
