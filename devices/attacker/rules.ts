/** The promise that an attacker keeps: one that does not try proves nothing. */
import type { RuleTable } from '../rules.ts';

/** By name, with what each promises. */
export const ATTACKER_RULES = {
  'attacker.really-tries': 'tries every attack with all that it holds',
} as const satisfies RuleTable;

declare module '../rules.ts' {
  interface RuleNames {
    readonly attacker: keyof typeof ATTACKER_RULES;
  }
}
