/** Options of the commands that run on real sockets, and what they are when left out. */
import { isIPv4 } from 'node:net';
import { MILLISECOND } from '../../sim/clock.ts';
import { formatDuration, parseDuration } from '../../sim/duration.ts';
import type { Taken } from '../command-line.ts';

/** The address that live runs bind to when none is given: only this machine reaches it. */
export const LOOPBACK = '127.0.0.1';
/** How late the 99th percentile of a live run may be before the run is not valid: 20 ms, in microseconds. */
export const LAG_BOUND = 20 * MILLISECOND;

/** Where one host can be reached: not 0.0.0.0, which stands for all addresses, nor a group or the broadcast (224 and up). */
export const address: Taken<string> = {
  placeholder: 'address',
  expected: 'an IPv4 address of this machine, such as 127.0.0.1',
  read: (given) => {
    const first = isIPv4(given) ? Number.parseInt(given, 10) : 0;
    return first > 0 && first < 224 ? given : undefined;
  },
};

/** Durations of a millisecond or more, as scenarios write them; the value is in microseconds. */
export const bound: Taken<number> = {
  placeholder: '20ms',
  expected: 'a duration of a millisecond or more, such as 20ms or 1s',
  read: (given) => {
    const duration = parseDuration(given);
    return duration === undefined || duration < MILLISECOND ? undefined : duration;
  },
  print: (given) => formatDuration(given).replaceAll(' ', ''),
};
