/** A change of a scenario after which it must not pass as it did: what the mutators make, and the judge tries. */
import { isMap, parseDocument, type Node } from 'yaml';
import { assert } from '../../../sim/errors.ts';
import {
  resolveVariant,
  variantsOf,
  type ProcedureSource,
  type ResolvedScreenplay,
  type Screenplay,
} from '../../../scenarios/language/index.ts';
import { edited, lineOf, type Edit, type MapNode } from './edit.ts';

/** The kinds of changes, in the order of the report. */
export const CHANGE_KINDS = ['step', 'value', 'user', 'prediction', 'empty', 'plant'] as const;
/** One of them. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A value that is misspelt: the only edit of its change. */
export interface Misspelling extends Edit {
  /** From where to where the loader says what is wrong with it. */
  readonly stands: readonly [number, number];
}

/** One change, with the variants in which it has to be noticed: in one of them. */
export interface Change {
  readonly kind: ChangeKind;
  readonly scenario: string;
  /** Where the change is: in the file of the scenario, or in that of a procedure that it performs. */
  readonly file: string;
  readonly line: number;
  /** What is changed: `step block`, `variant skew-72h, probe backdate-later`. */
  readonly at: string;
  /** How: `alice -> alicf`. */
  readonly what: string;
  readonly variants: readonly string[];
  /** The file of the scenario, before and after it. */
  readonly source: string;
  readonly original: string;
  readonly text: string;
  /** The procedures that it performs as they are, and the one that is changed. */
  readonly procedures: readonly ProcedureSource[];
  readonly procedure?: ProcedureSource;
  /** What nobody does, where no text can say so because it is named elsewhere: addresses of steps or of performances. */
  readonly leftOut?: readonly string[];
  readonly misspelling?: Misspelling;
  /** For a rule that is broken: what breaks it stands in no file. */
  readonly plant?: string;
}

/** A scenario file as it is changed: its text, what that says, and its tree. */
export interface OpenScenario {
  readonly screenplay: Screenplay;
  readonly root: MapNode;
  /** Its variants, in the order of the file. */
  readonly resolved: readonly ResolvedScreenplay[];
}

/** The subject of a screenplay. */
export function opened(screenplay: Screenplay): OpenScenario {
  const { contents } = parseDocument(screenplay.text, { version: '1.2', schema: 'core' });
  assert(isMap<Node, Node | null>(contents), 'a scenario that was read is a map');
  const resolved = variantsOf(screenplay).map(({ name }) => resolveVariant(screenplay, name));
  return { screenplay, root: contents, resolved };
}

/** What is said of a change, wherever it is. */
type ChangeWords = Pick<Change, 'kind' | 'at' | 'what' | 'variants' | 'leftOut' | 'misspelling'>;

/** A change by edits, told by the place of the first. */
export function changeBy(subject: OpenScenario, change: ChangeWords, edits: readonly Edit[]): Change {
  const { file, text } = subject.screenplay;
  const line = lineOf(text, edits[0]?.start ?? 0);
  return changeAt(subject, { ...change, file, line, text: edited(text, edits) });
}

/** A change of whatever is said here; the rest is as it is. */
export function changeAt(
  { screenplay }: OpenScenario,
  change: ChangeWords & Pick<Change, 'file' | 'line'> & Partial<Change>,
): Change {
  const { id: scenario, file: source, text: original, procedures } = screenplay;
  return { text: original, ...change, scenario, source, original, procedures };
}

/** Variants in which one change is tried. */
const REFERENCES_MAX = 2;
const OTHERS_MAX = 2;

/**
 * The variants in which something must be noticed, among those of which it is true: at most two that count towards clauses and two that do
 * not, for most are the same story again.
 */
export function variantsWhere(
  { resolved }: OpenScenario,
  holds: (resolved: ResolvedScreenplay) => boolean,
): readonly string[] {
  const all = resolved.filter(holds).map(({ variant }) => variant);
  const named = (reference: boolean, most: number): readonly string[] =>
    all.flatMap((each) => (each.reference === reference ? [each.name] : [])).slice(0, most);
  return [...named(true, REFERENCES_MAX), ...named(false, OTHERS_MAX)];
}
