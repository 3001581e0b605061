/** What can be wrong with what is typed at the firewall. */
import { errorsOf } from '../../sim/errors.ts';

/** Every code with which a rule or a line is refused, with what to do instead. */
export const FIREWALL_CODES = {
  FIREWALL_RULE: {
    summary: 'A firewall rule cannot be read.',
    fix: 'Write: allow or deny, then tcp, udp or any, then a port or a range, then from and where from. E.g. `allow tcp 5061`, `allow udp 49152-65535 from vpn,alice-phone`.',
  },
  FIREWALL_NO_RULE: {
    summary: 'The firewall has no rule of this number.',
    fix: 'Type `show` to see the rules and their numbers.',
  },
  FIREWALL_FULL: {
    summary: 'The firewall has 256 rules already.',
    fix: 'Type `remove <number>` for a rule that is not needed, or allow a range of ports by one rule.',
  },
} as const;

/** Makes the typed error of one of these codes. */
export const firewallError = errorsOf(FIREWALL_CODES);
