/** The promises that a CMS keeps. */
import type { RuleTable } from '../rules.ts';

/** By name, with what each promises. */
export const CMS_RULES = {
  'cms.one-spelling': 'reads every spelling of a global number as one number (para-3)',
  'cms.global-numbers-only': 'refuses a number without a country code (para-3)',
  'cms.one-person-per-number': 'gives the number of one person to nobody else (para-3, para-22)',
  'cms.random-psks': 'draws every PSK at random (para-11)',
  'cms.explicit-reissue':
    'gives a number that has keys new ones only where a re-issue is asked for, with a reason (para-22)',
  'cms.new-credential': 'makes a new PSK in a re-issue (para-41)',
  'cms.new-key-set': 'makes a new SSK in a re-issue, and keeps no other set of the month (para-16)',
  'cms.reissue-changes-update-key':
    'makes a new update key in a re-issue, where the deployment says so (para-41)',
  'cms.ledgers-keys': 'writes a line of the ledger for each set of keys that it makes (para-16)',
  'cms.ledgers-prints': 'writes a line of the ledger for each code that it prints (para-16)',
  'cms.two-persons':
    'prints no code and gives no copy of its disk to one person alone, where the deployment wants two (para-16-b2)',
  'cms.shows-same-credentials':
    'shows in a code that was shown before the credentials that it had then, and makes no others (para-34)',
  'cms.destroy-changes-update-key': 'changes the update key on Destroy keys (para-31)',
  'cms.wraps-packages':
    'lets the keys of a user leave it on a disc only wrapped, where the deployment wraps them (para-31)',
  'cms.keeps-master-secrets': 'lets no master secret leave it, on a disc or otherwise (para-16)',
} as const satisfies RuleTable;

declare module '../rules.ts' {
  interface RuleNames {
    readonly cms: keyof typeof CMS_RULES;
  }
}
