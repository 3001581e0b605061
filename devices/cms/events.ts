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
      updateKey: Secret;
    };
    'cms.qr-shown': { user: string; number: string; period: string; octets: number };
    'cms.qr-hidden': { user: string; number: string };
    'cms.qr-printed': { user: string; number: string; paper: string; marking: string | null };
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
    'cms.disc-refused': { disc: string; insertions: readonly string[] };
  }
}
