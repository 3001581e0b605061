/** What the rendezvous server adds to the trace. */
import type { Reason } from '../reason.ts';
import type { AdmissionRefusal } from './admission.ts';

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    /** Its process has started again, with what was kept. */
    'crs.restored': { accounts: number; users: number; blocked: number; months: readonly string[] };
    'crs.account-created': { account: string };
    'crs.account-deleted': { account: string; users: number };
    'crs.disc-loaded': { disc: string; period: string; users: number; logChecked: boolean };
    'crs.months-held': { months: readonly string[]; count: number; beyond: number; current: string };
    'crs.month-removed': { period: string };
    /** Its clock was moved; `period` is the month that it shows now. */
    'crs.clock-set': { bySeconds: number; period: string };
    'crs.log-checked': { entries: number; unexpected: number };
    /** The log was held against the copy off the machine: `missing` lines of the copy are not in it, or fewer times. */
    'crs.log-compared': { lines: number; missing: number };
    /** Who signed in the calls that went through; `several` are numbers and months with more than one key, `count` how many these are. */
    'crs.signatures-listed': { signers: number; several: readonly string[]; count: number };
    'crs.unexpected': { kind: string; subject: string; detail: string };
    'crs.session-opened': { user: string; number: string; identity: string };
    'crs.session-closed': { user: string; number: string; reason: string };
    /** `host` is where it came from; `reason` is the first code of all that stood in its way, `also` are the others. */
    'crs.handshake-refused': {
      user: string | null;
      identity: string | null;
      host: string;
      alert: number;
      reason: AdmissionRefusal | 'no-identity' | 'no-psk' | 'wrong-suite';
      also: readonly AdmissionRefusal[];
    };
    'crs.registered': { user: string; number: string; instance: string };
    /** The address that it came from is one of another country. Behind a VPN the address is that of the VPN. */
    'crs.registered-abroad': { user: string; number: string; country: string };
    /** Its phone has not renewed it, or asked for its end; the session may go on. */
    'crs.registration-ended': { user: string; number: string; reason: 'not renewed' | 'asked for' };
    'crs.package-served': { user: string; number: string; period: string };
    'crs.package-refused': {
      user: string;
      number: string;
      host: string;
      period: string;
      reason: string;
      code: Reason | null;
    };
    'crs.call-routed': { call: number; from: string; to: string };
    /** `host` is where it was placed from; `code` says the reason where it is one of the closed list. */
    'crs.call-refused': {
      from: string;
      to: string;
      host: string;
      status: number;
      reason: string;
      code: Reason | null;
    };
    'crs.call-connected': { call: number; from: string; to: string };
    /** `from` offered new keys within the call, and `to` took them. */
    'crs.call-renewed': { call: number; from: string; to: string };
    /** The phone of a user has come in with another session, and the call goes on in it. */
    'crs.call-moved': { call: number; user: string };
    'crs.call-ended': {
      call: number;
      from: string;
      to: string;
      reason: string;
      relayed: number;
      strays: number;
    };
    'crs.user-blocked': { user: string; number: string; by: string; sessionsEnded: number };
    'crs.user-unblocked': { user: string; number: string; by: string };
    'crs.reinstalled': { users: number; blocks: number };
  }
}
