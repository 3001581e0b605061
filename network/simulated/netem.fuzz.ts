/** Settings in netem's words: what the fuzzer mutates. */
import { fromAscii, toAscii } from '../../sim/octets.ts';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { readNetem } from './netem-read.ts';

/** Settings as a person types them into `net set`. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'netem settings',
    samples: [
      'delay 100ms 20ms 25% distribution normal loss gemodel 5% 30% 100% 0%',
      'clear loss random 2% 25% duplicate 1% 10% corrupt 0.1% reorder 25% 50% gap 5 delay 10ms',
      'loss state 1% 99% 0% 100% 0% rate 2mbit 20 48 5 limit 50 mtu 1400 block udp udp-checksum off',
    ].map(fromAscii),
    parse: (input) => readNetem(toAscii(input)),
  },
];
