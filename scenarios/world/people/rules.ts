/** The promises that people keep, each in their office. */
import type { RuleTable } from '../../../devices/rules.ts';

/** By name, with what each promises. */
export const PEOPLE_RULES = {
  'person.reports-loss': 'tells somebody when a phone is gone (para-29)',
  'person.raises-signs': 'says so when something looks wrong (para-46)',
  'person.sends-notices': 'sends the notices that the policy asks for (para-46)',
  'person.asks-back': 'asks back a notice that lacks something (para-46)',
  'person.keeps-to-the-route': 'takes no notice that came by a route that does not apply (para-44-s2)',
  'person.records-decisions': 'puts decisions on record (para-47)',
  'operator.destroys-keys': 'types Destroy keys when a phone is compromised (para-31)',
  'operator.keeps-cms-offline': 'plugs no cable into the CMS (para-16-b1)',
  'operator.takes-new-discs': 'takes a new blank disc for each transfer (para-26)',
  'operator.hides-code': 'takes a code off the screen once it was scanned (para-23)',
  'person.counts-assets': 'names what the asset register and what is there do not agree on (para-49)',
  'administrator.orders-wipe': 'orders the wipe of a phone that is gone (para-30)',
  'administrator.blocks-user': 'types Block User when a phone is compromised (para-32)',
  'administrator.checks-log': 'reads the log before a disc is loaded (para-28)',
  'administrator.destroys-discs': 'destroys a disc once it is loaded (para-52)',
} as const satisfies RuleTable;

declare module '../../../devices/rules.ts' {
  interface RuleNames {
    readonly people: keyof typeof PEOPLE_RULES;
  }
}
