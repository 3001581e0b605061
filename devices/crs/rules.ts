/** The promises that a CRS keeps. */
import type { RuleTable } from '../rules.ts';

/** By name, with what each promises. */
export const CRS_RULES = {
  'crs.one-suite': 'speaks the one suite of the deployment only, TLS_PSK_WITH_AES_128_CBC_SHA (para-11)',
  'crs.refuses-other-suites': 'goes on with nobody who does not offer that suite (para-11)',
  'crs.tls-only': 'reads nothing that comes outside TLS (para-11)',
  'crs.draws-ephemeral-keys': 'draws a new key for each ephemeral exchange (RFC 7919 section 5.2)',
  'crs.no-guests': 'has no key for an identity that it was never given (RFC 4279)',
  'crs.masks-strangers': 'answers an unknown PSK identity as the deployment says (RFC 4279)',
  'crs.block-refuses-handshake': 'refuses the TLS handshake of a blocked user (para-32)',
  'crs.block-ends-sessions': 'ends what a user has open when the user is blocked (para-32)',
  'crs.block-is-exact': 'blocks nobody but the user who was named (para-32)',
  'crs.deletes-credentials': 'forgets the PSKs of all users of an account that is deleted (para-37)',
  'crs.identity-check': 'requires IDRi to equal the user of the TLS session',
  'crs.names-the-caller': 'passes the caller on as the user of the session (para-4)',
  'crs.names-signers': 'names every number that signed with more than one key in a month (para-16)',
  'crs.logs-no-keys': 'writes no key into its log (para-17)',
  'crs.key-mgmt-untouched': 'passes the I_MESSAGE on unchanged (para-12)',
  'crs.relays-media': 'is on the path of every media packet (para-12)',
  'crs.serves-asked-month': 'serves the key package of the month that was asked for, or none (para-27)',
  'crs.month-window': 'keeps key packages of this month and the next only (para-27)',
} as const satisfies RuleTable;

declare module '../rules.ts' {
  interface RuleNames {
    readonly crs: keyof typeof CRS_RULES;
  }
}
