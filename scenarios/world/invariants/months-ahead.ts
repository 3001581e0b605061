/**
 * Nothing that is of a month leaves a CMS before the month before that one: neither a disc nor a server, a code or a phone has keys of more than one
 * month ahead, so what is stolen is not worth more (clause para-27). By the time of the world, whatever the clock of a device says.
 */
import { custodyVerbOf, isCustodyType, type CustodyVerb } from '../../../sim/custody.ts';
import { MILLISECOND } from '../../../sim/clock.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent, TraceType } from '../../../sim/trace.ts';
import type { Testimony } from '../witness.ts';
import { breach, handOverIn, type Invariant } from './invariant.ts';

/** When the run began, in Unix milliseconds; null before that is told. */
export type MonthsAheadState = { readonly begins: number | null };

/** How something comes to be on a thing, on a screen or in a device that is no CMS. */
const LEAVES: ReadonlySet<CustodyVerb | undefined> = new Set<CustodyVerb>([
  ...(['burnt', 'shown', 'printed', 'scanned', 'loaded', 'served', 'unwrapped', 'installed'] as const),
]);

/** Holds while every secret of a month that comes anywhere is of the next month at the most. */
export class MonthsAheadKept implements Invariant<MonthsAheadState> {
  readonly id = 'months-ahead';
  readonly initial: MonthsAheadState = { begins: null };

  heeds(type: TraceType): boolean {
    return type === 'trace.began' || isCustodyType(type);
  }

  take(state: MonthsAheadState, event: AnyTraceEvent): Testimony<MonthsAheadState> {
    if (event.type === 'trace.began') return { state: { begins: Date.parse(event.data.begins) } };
    const handOver = handOverIn(event);
    if (handOver === undefined || state.begins === null || !LEAVES.has(custodyVerbOf(event)))
      return { state };
    const now = monthAt(state.begins + event.t / MILLISECOND);
    const early = handOver.secrets.filter((secret) => monthOf(secret) > now + 1);
    return {
      state,
      says: early.map((secret) => breach(this.id, event, secret, handOver.to ?? 'whoever looks')),
    };
  }
}

const MONTHS = 12;

/** Months since the year 0. */
function monthAt(unixMs: number): number {
  const date = new Date(unixMs);
  return date.getUTCFullYear() * MONTHS + date.getUTCMonth();
}

/** The owner of a secret of a month ends with it; others are of no month, which is never early. */
function monthOf({ owner }: Secret): number {
  const [, year, month] = /(?<year>\d{4})-(?<month>\d{2})$/.exec(owner) ?? [];
  return year === undefined ? -1 : Number(year) * MONTHS + Number(month) - 1;
}
