/**
 * How fast whole calls are: handsets registered at one server, some of them in pairs in two-way calls through its relay, with
 * real SRTP at both ends. Enrolment is over when the clock starts, since a testbed spends its time on what comes after: the
 * minutes of talk, and the registrations that are renewed meanwhile.
 */
import { DAY, SECOND, VirtualClock, type Micros } from '../sim/clock.ts';
import { assert } from '../sim/errors.ts';
import { Trace } from '../sim/trace.ts';
import { isRegistered, nameOf, phoneOf } from './crowd.bench.ts';
import { registeredHandsets } from './enrolled.bench.ts';
import type { QrReader } from './hardware/index.ts';

/** How many handsets, how many of them in calls, and for how long in virtual time. */
export interface CallsBenchOptions {
  readonly readQr: QrReader;
  readonly handsets?: number;
  /** At most half as many as there are handsets, which is the default. */
  readonly calls?: number;
  /** How often each handset renews its registration. */
  readonly registerInterval?: Micros;
  /** Virtual seconds of talk in one measurement. */
  readonly seconds?: number;
  readonly rounds?: number;
}

/** What was measured: real time for virtual time, and packets. */
export interface CallsBench {
  readonly handsets: number;
  readonly calls: number;
  readonly seconds: number;
  /** Virtual time over that of the clock: 1 is as fast as the world itself. Median over rounds. */
  readonly timesRealTime: number;
  /** SRTP packets opened by handsets in all rounds. Every one was protected, relayed and authenticated. */
  readonly packetsOpened: number;
  /** Packets sent in a round, each over two links, per second of the clock. Median over rounds. */
  readonly packetsPerSecond: number;
  /** Registrations made and renewed, in all. */
  readonly registrations: number;
}

/** Virtual time for all calls to be answered. */
const ANSWERING = 10 * SECOND;
const PACKETS_PER_SECOND = 50;

/** Measures calls. `now` tells milliseconds, of the processor where it can. */
export function benchCalls(now: () => number, options: CallsBenchOptions): CallsBench {
  const { readQr, handsets: count = 50, seconds = 20, rounds = 5, registerInterval = DAY } = options;
  const { calls = count / 2 } = options;
  assert(Number.isInteger(calls) && 2 * calls <= count, 'a call takes two handsets');
  const clock = new VirtualClock();
  const trace = new Trace(clock);
  const { handsets, type } = registeredHandsets({ clock, trace, count, readQr, registerInterval });
  const callers = Array.from({ length: calls }, (_, call) => 2 * call);
  for (const at of callers) type(phoneOf(at), `call ${nameOf(at + 1)}`, nameOf(at));
  clock.runUntil(clock.now() + ANSWERING);
  const inCalls = (): number => handsets.filter(({ line }) => line === 'inCall').length;
  assert(inCalls() === 2 * calls, 'every call was answered');

  const elapsed: number[] = [];
  // Round 0 warms up.
  for (let round = 0; round <= rounds; round++) {
    const before = now();
    clock.runUntil(clock.now() + seconds * SECOND);
    if (round > 0) elapsed.push((now() - before) / 1000);
  }
  assert(inCalls() === 2 * calls, 'no call was lost');
  assert(handsets.every(isRegistered), 'every handset is still registered');
  for (const at of callers) type(phoneOf(at), 'hang-up', nameOf(at));
  clock.runUntil(clock.now() + 5 * SECOND);
  const wall = elapsed.toSorted((a, b) => a - b)[elapsed.length >> 1] ?? Number.NaN;
  return {
    handsets: count,
    calls,
    seconds,
    timesRealTime: seconds / wall,
    packetsOpened: openedIn(trace),
    packetsPerSecond: (2 * calls * PACKETS_PER_SECOND * seconds) / wall,
    registrations: trace.events.filter(({ type }) => type === 'handset.registered').length,
  };
}

function openedIn(trace: Trace): number {
  let opened = 0;
  for (const event of trace.events) if (event.type === 'handset.call-ended') opened += event.data.received;
  return opened;
}
