/** What typed lines lead to, as far as their words tell: which event a line is about, and whether a test of that event goes with it. */
import type { FieldTest, Step, Vocabulary } from '../../scenarios/language/index.ts';

/** What typed lines lead to, by type of event: the first word of the line. */
export type LineEffects = Readonly<Record<string, string>>;

/** What people do with their own hands, beside what the words of scenarios know. */
const HANDS: LineEffects = {
  'mdm.inventory-asked': 'inventory',
  'notice.filed': 'file',
  'notice.received': 'read-notice',
  'notice.sent': 'send',
  'person.inserted': 'insert',
  'person.ejected': 'eject',
  'person.moved-number': 'move-number',
  'person.noted': 'note',
  'person.rang': 'ring',
  'person.scanned': 'scan',
  'person.seized': 'seize',
  'person.shielded': 'shield',
  'person.took': 'take',
  'person.took-blank': 'take-blank',
  'register.reviewed': 'review',
  'sign.raised': 'raise',
};

/** The effects that the words of scenarios know, and those of hands. */
export function effectsOf({ causes = {} }: Pick<Vocabulary, 'causes'>): LineEffects {
  return { ...HANDS, ...causes };
}

/** What is known of the words of lines and of the people in them. */
export interface LineWords {
  readonly effects: LineEffects;
  /** Numbers of users: lines name people by them, events by name. */
  readonly numbers: ReadonlyMap<string, string>;
}

/** The event that a line leads to, by its first word. */
export function effectOf({ type }: Step, { effects }: LineWords): string | undefined {
  const [word] = type.trim().split(/\s+/);
  return Object.entries(effects).find(([, first]) => first === word)?.[0];
}

/** Whether the words of a line go with what is tested of its event. */
export function couldCause(
  { by, on, type }: Step,
  tests: readonly FieldTest[],
  { numbers }: LineWords,
): boolean {
  const words = new Set([by, on, ...type.replaceAll('"', ' ').split(/\s+/)]);
  return tests.every(({ field, test }) => {
    if (test.kind !== 'is' || typeof test.value !== 'string') return true;
    if (field === 'by') return test.value === by;
    if (!['user', 'to', 'disc', 'thing', 'number', 'on'].includes(field)) return true;
    return words.has(test.value) || words.has(numbers.get(test.value));
  });
}
