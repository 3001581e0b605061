/** What signs, notices and the register that they are kept in add to the trace. */
import type { NoticeKind, NoticeText } from './kinds.ts';
import type { SignKind } from './signs.ts';

/** Whose notice it is, and what is in it. */
interface NoticeFacts extends NoticeText {
  readonly by: string;
  readonly notice: string;
  readonly kind: NoticeKind;
}

declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    /** Somebody says that something looks wrong; `rests` is the number of the event on a screen that shows it, `null` for their word. */
    'sign.raised': { by: string; sign: string; kind: SignKind; user: string; rests: number | null };
    'notice.written': NoticeFacts;
    'notice.sent': { by: string; to: string; notice: string; kind: NoticeKind; route: string };
    /** Whoever got it has read it, and it has what it must have: from now on they know. */
    'notice.received': NoticeFacts & { from: string };
    /** It lacks something: it counts for nothing. */
    'notice.asked-back': {
      by: string;
      from: string;
      notice: string;
      kind: NoticeKind;
      lacks: string;
      fields: number;
    };
    /** It came by a route that does not apply to what it is about. */
    'notice.wrong-route': { by: string; from: string; notice: string; kind: NoticeKind; route: string };
    /** A complete record is in the register. */
    'notice.filed': NoticeFacts;
    /** What an organisation knows of its own signs and incidents when somebody looks through the register. */
    'register.reviewed': {
      by: string;
      signs: number;
      answered: number;
      unanswered: number;
      incidents: number;
      undecided: number;
      names: string;
    };
    /** Days that iPhones ran what was not validated, or not the newest; the gaps are those that no decision covered. */
    'audit.platform-days': {
      unvalidated: number;
      unvalidatedGap: number;
      unpatched: number;
      unpatchedGap: number;
    };
    /** The same held against the truth of the world, which nobody in it knows. */
    'audit.alarms': {
      signs: number;
      exposures: number;
      missed: number;
      unseen: number;
      falseAlarms: number;
    };
  }
}
