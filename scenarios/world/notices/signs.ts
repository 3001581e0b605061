/**
 * Signs: what an organisation can see of something that went wrong. Whoever raises one must have been able to see it: a clone on the log that
 * was read, a print that the ledger lists as open, a call that came in twice on their own screen. That a phone is gone is their word. Nothing
 * here looks at what is true.
 */
import type { AnyTraceEvent } from '../../../sim/trace.ts';

/** Each with what is said, as a sentence goes on after "that". */
export const SIGNS = {
  loss: 'a phone or a print with keys is gone',
  'clone-alarm': 'two phones registered under one number',
  unaccounted: 'a print is on the list, and nobody can say where it is',
  fault: 'a call came in twice',
} as const;

/** What somebody says they have seen. */
export type SignKind = keyof typeof SIGNS;

/** The names of the kinds, in the order of the table. */
export const SIGN_KINDS = Object.keys(SIGNS) as readonly SignKind[];

/** Who looks for a sign, and what they have around them. */
export interface Looking {
  readonly events: readonly AnyTraceEvent[];
  /** The number of the user whom it is about. */
  readonly number: string | undefined;
  readonly user: string;
  /** Whether whoever looks has this device in hand. */
  readonly inHand: (device: string) => boolean;
}

/** The event on a screen that shows the sign; `null` where none is needed, undefined where nothing shows it. */
export function evidenceOf(kind: SignKind, looking: Looking): AnyTraceEvent | null | undefined {
  switch (kind) {
    case 'loss':
      return null;
    case 'clone-alarm':
      return cloneIn(looking);
    case 'unaccounted':
      return openPrintIn(looking);
    case 'fault':
      return secondRingIn(looking);
  }
}

/** The mark on the log, once somebody has read it. */
function cloneIn({ events, number }: Looking): AnyTraceEvent | undefined {
  const read = events.findLastIndex(({ type }) => type === 'crs.log-checked');
  return events
    .slice(0, Math.max(read, 0))
    .findLast(
      ({ type, data }) =>
        type === 'crs.unexpected' && data.kind === 'two devices, one user' && data.subject === number,
    );
}

/** The last list of prints, where one of the user is open on it. */
function openPrintIn({ events, user }: Looking): AnyTraceEvent | undefined {
  const papers = new Set(
    events.flatMap(({ type, data }) => (type === 'cms.qr-printed' && data.user === user ? [data.paper] : [])),
  );
  const list = events.findLast(({ type }) => type === 'cms.prints-listed');
  if (list?.type !== 'cms.prints-listed') return undefined;
  return list.data.papers.some((paper) => papers.has(paper)) ? list : undefined;
}

/** A phone in hand rang twice for one and the same call of the user. */
function secondRingIn({ events, user, inHand }: Looking): AnyTraceEvent | undefined {
  const rung = new Set<string>();
  let second: AnyTraceEvent | undefined;
  for (const event of events) {
    if (event.type !== 'handset.ringing' || event.data.from !== user || !inHand(event.on)) continue;
    const call = `${event.on} ${event.data.csb}`;
    if (rung.has(call)) second = event;
    rung.add(call);
  }
  return second;
}
