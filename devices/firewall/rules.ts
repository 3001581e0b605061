/** The promise that a firewall keeps. */
import type { RuleTable } from '../rules.ts';

/** By name, with what each promises. */
export const FIREWALL_RULES = {
  'firewall.default-deny': 'drops what no rule allows (para-17-b2)',
} as const satisfies RuleTable;

declare module '../rules.ts' {
  interface RuleNames {
    readonly firewall: keyof typeof FIREWALL_RULES;
  }
}
