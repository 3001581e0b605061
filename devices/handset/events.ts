/** What a handset adds to the trace. Users are named as the scenario names them; `csb` is the CSB ID, which both ends share. */
import type { Secret } from '../../sim/secret.ts';
import type { Reason } from '../reason.ts';

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    /** The install gate let nothing on; `reason` says what stood against it. */
    'handset.install-refused': { platform: string; version: string; reason: string };
    'handset.installed': { platform: string; version: string };
    /** Another VoIP application was put on the phone, or taken off. */
    'handset.other-voip': { app: string; present: boolean };
    /** The operating system was brought up to date. */
    'handset.system-updated': { platform: string; before: string; version: string };
    'handset.app-updated': { version: string };
    /** `kpak` names the public key of the KMS that signatures are verified under. */
    'handset.enrolled': {
      user: string;
      number: string;
      crs: string;
      period: string;
      pskIdentity: string;
      kpak: string;
    };
    /** Manual Key Update: a code was scanned on a phone that had keys. Says what it replaced, and which months went with it. */
    'handset.manual-key-update': {
      user: string;
      number: string;
      updateKeyChanged: boolean;
      pskChanged: boolean;
      kmsChanged: boolean;
      forgotten: readonly string[];
    };
    /** The code of a KMS was scanned: its own or another one, that serves so many numbers; `again` when its account was known before. */
    'handset.kms-taken': { user: string; account: string; own: boolean; numbers: number; again: boolean };
    'handset.enrol-refused': { code: string; message: string };
    'handset.keys-installed': {
      user: string;
      period: string;
      source: 'QR code' | 'package';
      rsk: Secret;
      psk: Secret;
      /** What the next package opens with. */
      updateKey: Secret;
      leadHours: number;
    };
    'handset.keys-refused': {
      user: string;
      period: string;
      code: string;
      message: string;
      reason: Reason | null;
    };
    'handset.keys-removed': { user: string; period: string; erased: boolean };
    'handset.keys-held': { user: string; periods: readonly string[]; count: number };
    'handset.awaiting-keys': { user: string; period: string };
    'handset.registered': { user: string; number: string };
    'handset.refused': { user: string; reason: string };
    'handset.offline': { user: string; reason: string };
    'handset.package-none': { user: string; period: string };
    'handset.call-placed': {
      call: string;
      csb: string;
      from: string;
      to: string;
      toNumber: string;
      octets: number;
    };
    'handset.call-refused': { call: string; from: string; to: string; status: number; reason: string };
    'handset.ringing': {
      csb: string;
      from: string;
      to: string;
      shown: string;
      header: string;
      mismatch: boolean;
    };
    'handset.call-connected': { csb: string; from: string; to: string; setupMs: number };
    'handset.call-secure': { csb: string; from: string; to: string; user: string; peer: string };
    /** The first packet under new keys was heard, which came with the I_MESSAGE `keyed` that this phone, or the other, sent within the call. */
    'handset.call-rekeyed': {
      csb: string;
      keyed: string;
      from: string;
      to: string;
      user: string;
      peer: string;
      offered: 'own' | 'peer';
    };
    /** The session of the call was cut with the month, and the call goes on in the one that was opened since. */
    'handset.call-moved': { csb: string; from: string; to: string; user: string };
    'handset.renewal-refused': { csb: string; keyed: string; from: string; to: string; status: number };
    'handset.call-ended': {
      csb: string;
      from: string;
      to: string;
      user: string;
      reason: string;
      seconds: number;
      sent: number;
      received: number;
      lost: number;
      tampered: number;
      replayed: number;
      outOfStep: number;
      malformed: number;
    };
    'handset.out-of-step': { csb: string; from: string; to: string; user: string; rekeys: boolean };
    'handset.call-quality': {
      csb: string;
      from: string;
      to: string;
      user: string;
      lost: number;
      discarded: number;
      missingPercent: number;
      burstRatio: number;
      jitterMs: number;
      bufferMs: number;
      quietMs: number;
      roundTripMs: number | null;
      delayMs: number | null;
      r: number | null;
      mos: number | null;
      category: string | null;
      peerLost: number | null;
      reportsSent: number;
      reportsReceived: number;
      reportsRefused: number;
    };
    'handset.wiped': { user: string; records: number; method: 'key-erase' | 'delete' };
    'handset.restarted': { user: string };
    /** Somebody switched it off; nothing on it runs until it is on. */
    'handset.powered-off': { user: string };
    /** Its lock was shut, or opened with the passcode. */
    'handset.locked': { user: string; locked: boolean };
    'handset.powered-on': { user: string };
    /** The network said that its time is another by so many seconds; `taken` when the clock of the phone follows it. */
    'handset.network-time': { user: string; seconds: number; taken: boolean };
    'mikey.sent': {
      csb: string;
      from: string;
      to: string;
      dataType: number;
      prf: string;
      sakkeParams: number;
      signature: string;
      policy: string;
      period: string;
      octets: number;
      ssv: Secret;
    };
    'mikey.accepted': {
      csb: string;
      from: string;
      to: string;
      dataType: number;
      prf: string;
      sakkeParams: number;
      signature: string;
      policy: string;
      period: string;
      octets: number;
    };
    /** `csb` is null when no I_MESSAGE could be read, `reason` when the closed list has none for the code. */
    'mikey.refused': {
      to: string;
      csb: string | null;
      claimed: string;
      code: string;
      message: string;
      reason: Reason | null;
    };
    'srtp.keyed': { csb: string; user: string; direction: 'send' | 'receive'; profile: string; tek: Secret };
  }
}
