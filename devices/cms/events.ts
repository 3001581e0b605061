/** What the key management system adds to the trace. */
import type { Secret } from '../../sim/secret.ts';

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    'cms.user-added': {
      user: string;
      number: string;
      again: boolean;
      period: string;
      pskIdentity: string;
      rsk: Secret;
      ssk: Secret;
      updateKey: Secret;
      /** Of a re-issue; null of a new user. */
      reason: string | null;
      /** Reference of the request; null when none was typed. */
      request: string | null;
    };
    /** A set of keys is in the store: the first of its number and month, or one that follows a superseded one. */
    'cms.keys-issued': { user: string; number: string; period: string; rsk: Secret; ssk: Secret };
    /** A set of keys is out of the store, and in the ledger. */
    'cms.keys-superseded': { user: string; number: string; period: string; ssk: Secret; reason: string };
    /** The store was compared with the ledger: current sets, and what one of both has that the other has not. */
    'cms.store-compared': {
      sets: number;
      superseded: number;
      withoutLine: number;
      withoutSet: number;
      withoutRequest: number;
    };
    'cms.qr-shown': { user: string; number: string; period: string; octets: number };
    /** The public keys of its KMS, and the numbers of so many users, are on the screen. */
    'cms.kms-shown': { account: string; users: number; octets: number };
    /** Of the code of its KMS `number` is empty. */
    'cms.qr-hidden': { user: string; number: string };
    'cms.qr-printed': {
      user: string;
      number: string;
      paper: string;
      marking: string | null;
      /** Why the screen could not be used; null when none was typed. */
      reason: string | null;
    };
    /** It was typed that a print is destroyed. */
    'cms.print-closed': { user: string; number: string; paper: string };
    /** The prints were looked through; `papers` are those that nobody has reported as destroyed. */
    'cms.prints-listed': {
      prints: number;
      open: number;
      otherMarking: number;
      withoutReason: number;
      papers: readonly string[];
    };
    'cms.keys-destroyed': { user: string; number: string; updateKey: Secret };
    'cms.disc-burnt': {
      disc: string;
      serial: string;
      period: string;
      users: readonly string[];
      octets: number;
      protection: string;
    };
    /** A network cable was put into its socket. It leads nowhere: this machine has nothing to send with. */
    'cms.cable-plugged': { by: string };
    'cms.cable-removed': { by: string };
    /** Its clock was moved by hand; `period` is the month that it shows now. */
    'cms.clock-set': { bySeconds: number; period: string };
    /** A payload on a disc that was put in runs on it from now on; `by` is who wrote that. */
    'cms.contaminated': { disc: string; by: string };
    /** Somebody has agreed, as the second person, to the next print of a code or copy of the disk. */
    'cms.approved': { by: string };
    /** The ledger was looked through for codes that nobody asked for; `unasked` are their numbers. */
    'cms.ledger-audited': { lines: number; unasked: readonly string[]; count: number };
    /** Somebody took a line out of the ledger. */
    'cms.ledger-struck': { by: string; subject: string; what: string };
    /** Its master secrets are on a disc, for the safe. */
    'cms.backed-up': { disc: string };
    /** It has the master secrets of the CMS `of`, from a backup of that, in place of its own. */
    'cms.restored': { disc: string; of: string };
    'cms.disc-refused': { disc: string; insertions: readonly string[] };
  }
}
