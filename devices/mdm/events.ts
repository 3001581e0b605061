/** What an MDM puts into the trace. */
import type { FindingKind } from './versions.ts';

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    'mdm.wipe-ordered': { phone: string; order: number };
    'mdm.wipe-sent': { phone: string; order: number; attempt: number };
    'mdm.wipe-acknowledged': { phone: string; order: number };
    'mdm.inventory-asked': { phone: string; order: number };
    /** The phone has answered; `apps` are other VoIP applications, `others` counts them. */
    'mdm.inventory-taken': {
      phone: string;
      order: number;
      platform: string;
      version: string;
      apps: string;
      others: number;
    };
    /** Something that an inventory found: an application by name, or a version. */
    'mdm.finding': { phone: string; kind: FindingKind; subject: string };
    'mdm.policy-set': { phone: string; order: number; setting: string; value: string };
    'mdm.policy-kept': { phone: string; order: number; setting: string; value: string };
    'mdm.app-allowed': { phone: string; app: string };
    'mdm.version-released': { platform: string; version: string; validated: boolean };
    'mdm.version-validated': { platform: string; version: string };
    'mdm.version-allowed': { platform: string; version: string; decision: string };
  }
}
