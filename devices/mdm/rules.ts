/** The promises that a mobile device management server keeps. */
import type { RuleTable } from '../rules.ts';

/** By name, with what each promises. */
export const MDM_RULES = {
  'mdm.names-other-apps': 'names another VoIP application at an inventory (para-18-b3)',
  'mdm.names-undecided-versions':
    'names an iOS at an inventory that is neither validated nor decided about (para-13)',
} as const satisfies RuleTable;

declare module '../rules.ts' {
  interface RuleNames {
    readonly mdm: keyof typeof MDM_RULES;
  }
}
