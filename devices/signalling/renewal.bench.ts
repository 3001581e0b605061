/**
 * What a renewal of a registration costs: a REGISTER over an open session and the 200 that answers it, with TLS at both ends,
 * the link between them, both devices, and the lines of the trace. A crowd of idle phones does nothing else.
 */
import { MINUTE, VirtualClock } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import { Trace } from '../../sim/trace.ts';
import { registeredHandsets } from '../enrolled.bench.ts';
import type { QrReader } from '../hardware/index.ts';

/** How long one renewal takes. */
export interface RenewalBench {
  /** Milliseconds for a renewal, request and answer. Median over rounds. */
  readonly renewalMs: number;
  /** Renewals in a round. */
  readonly renewals: number;
}

const HANDSETS = 20;
const MINUTES = 10;
const ROUNDS = 9;

/** Measures for some seconds. `now` tells milliseconds, of the processor where it can. Errors: HARDWARE_QR_UNREADABLE. */
export function benchRenewal(now: () => number, readQr: QrReader): RenewalBench {
  const clock = new VirtualClock();
  const trace = new Trace(clock);
  let renewals = 0;
  trace.listen(({ type }) => {
    if (type === 'handset.registered') renewals++;
  });
  const crowd = { clock, trace, count: HANDSETS, readQr, registerInterval: MINUTE };
  registeredHandsets(crowd);
  const costs: number[] = [];
  // Round 0 warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    renewals = 0;
    const begun = now();
    clock.runUntil(clock.now() + MINUTES * MINUTE);
    const elapsed = now() - begun;
    assert(renewals >= HANDSETS * (MINUTES - 1), 'every handset renews every minute');
    if (round > 0) costs.push(elapsed / renewals);
  }
  return { renewalMs: costs.toSorted((a, b) => a - b)[costs.length >> 1] ?? Number.NaN, renewals };
}
