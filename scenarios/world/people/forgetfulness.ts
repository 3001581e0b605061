/**
 * Forgetfulness: the lines that a person does not type when a planted violation breaks the rule by which they would. A person who is
 * played forgets by themselves; this is for those whom the screenplay plays.
 */
import type { RuleName } from '../../../devices/rules.ts';

/** The command that each rule of a person comes down to. */
const COMMANDS: Readonly<Partial<Record<RuleName, string>>> = {
  'person.reports-loss': 'tell',
  'person.raises-signs': 'raise',
  'person.sends-notices': 'send',
  'person.records-decisions': 'file',
  'operator.destroys-keys': 'destroy-keys',
  'operator.hides-code': 'hide-qr',
  'administrator.orders-wipe': 'wipe',
  'administrator.blocks-user': 'block-user',
  'administrator.checks-log': 'check-log',
  'administrator.destroys-discs': 'destroy',
};

/** Whether a person forgets to type this line. */
export function forgets(broken: readonly RuleName[], line: string): boolean {
  const [name] = line.trim().split(/\s+/);
  return broken.some((rule) => COMMANDS[rule] !== undefined && COMMANDS[rule] === name);
}
