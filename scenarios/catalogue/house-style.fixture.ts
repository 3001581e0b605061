/**
 * What a scenario must not need: a block of steps that stands somewhere else as well, where a procedure could be performed, and a user who is there
 * for nothing.
 */
import type { Expectation, FieldTest, Screenplay, Step } from '../language/index.ts';
import type { PerformedProcedure } from '../language/procedures/performed.ts';

/** What of a line tells whether it is the same line with other names. */
export type TypedShape = Pick<Step, 'on' | 'type'> & Partial<Pick<Step, 'where'>>;

/** Lines that are typed one after the other: the steps of a file, or what a variant adds. */
export interface Passage {
  readonly file: string;
  readonly lines: readonly TypedShape[];
}

/** So many steps in a row that are the same make a block. */
const BLOCK = 6;
/** Calls that are placed one after the other are no procedure: a block has so many different lines at least. */
const DIFFERENT = 3;

/** The passages of a scenario. Lines of procedures are none: they stand in one place. */
export function passagesOf({ file, steps, variants }: Screenplay): readonly Passage[] {
  return [steps, ...variants.map(({ also }) => also)].map((lines) => ({ file, lines }));
}

/**
 * Each file with a block that is in another file, or once more in this one, but for names, times and what is said; and where that is, for whoever
 * has to mend it.
 */
export function filesWithCopies(passages: readonly Passage[]): ReadonlyMap<string, string> {
  const seen = new Map<string, { readonly passage: Passage; readonly at: number }>();
  const copied = new Map<string, string>();
  const note = (one: Passage, at: number, other: Passage, otherAt: number): void => {
    if (!copied.has(one.file)) copied.set(one.file, `${placeOf(one, at)} as ${placeOf(other, otherAt)}`);
  };
  for (const passage of passages) {
    const shapes = passage.lines.map(shapeOf);
    for (const at of shapes.slice(BLOCK - 1).keys()) {
      const block = shapes.slice(at, at + BLOCK);
      if (new Set(block).size < DIFFERENT) continue;
      const first = seen.get(block.join('\n'));
      if (first === undefined) seen.set(block.join('\n'), { passage, at });
      // A passage that goes on in the same way is not a copy of itself.
      else if (first.passage !== passage || at - first.at >= BLOCK) {
        note(first.passage, first.at, passage, at);
        note(passage, at, first.passage, first.at);
      }
    }
  }
  return copied;
}

function placeOf({ file, lines }: Passage, at: number): string {
  return `${file}:${lines[at]?.where?.line ?? at + 1}`;
}

/** Where it is typed, the command and its options: what is left of a line without names, numbers and months. */
function shapeOf({ on, type }: TypedShape): string {
  const [command = '', ...words] = type.split(' ');
  const console = on?.replace(/^.*?(?=cms|crs|phone|mdm|net|firewall)/, '').replace(/-\w+$/, '') ?? 'hands';
  const options = words.filter((word) => word.startsWith('--')).sort();
  return [console, command, ...(command === 'tell' || command === 'note' ? [] : options)].join(' ');
}

/** Users whom no line, probe, moment or expectation names, be it by name, phone or number. */
export function idleUsers(screenplay: Screenplay): readonly string[] {
  const said = sayingsOf(screenplay).join('\n');
  return screenplay.world.users
    .filter(({ name, number }) => !said.includes(number) && !isNamed(name, said))
    .map(({ name }) => name);
}

function isNamed(name: string, said: string): boolean {
  return new RegExp(`(?<![a-z0-9])${name}(?![a-z0-9])`).test(said);
}

function sayingsOf({ steps, probes, moments, expect, variants, performed }: Screenplay): readonly string[] {
  const typed = [steps, probes, ...variants.flatMap(({ also, probes: own }) => [also, own])].flat();
  const expected = [...expect, ...variants.flatMap((each) => each.expect)];
  const procedures = [...performed.values()];
  return [
    ...typed.flatMap(({ by, on = '', type }) => [by, on, type]),
    ...moments.flatMap(({ pattern }) => pattern.tests.map(textOf)),
    ...[...expected, ...procedures.flatMap((each) => each.expect)].flatMap(testsOf),
    ...procedures.flatMap(({ performs }) => performs.flatMap(performedTexts)),
  ];
}

function testsOf(expectation: Expectation): readonly string[] {
  const own = 'pattern' in expectation ? expectation.pattern.tests : [];
  return [...own, ...(expectation.kind === 'every' ? expectation.has : [])].map(textOf);
}

function performedTexts({ steps }: PerformedProcedure): readonly string[] {
  return steps.flatMap(({ by, on = '', type = '', done }) => [by, on, type, ...done.tests.map(textOf)]);
}

function textOf({ test }: FieldTest): string {
  return 'value' in test ? String(test.value) : '';
}
