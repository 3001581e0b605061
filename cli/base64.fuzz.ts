/** What the fuzzer mutates of messages that people paste. */
import { full } from '../network/mikey/rfc6509.vectors.ts';
import type { FuzzTarget } from '../sim/fuzz.ts';
import { fromAscii } from '../sim/octets.ts';
import { messageOctetsOf } from './base64.ts';

/** Pasted base64 and `key-mgmt` lines, as `inspect` reads them from standard input. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'pasted message',
    samples: [fromAscii(full.base64), fromAscii(`a=key-mgmt:mikey ${full.base64.slice(0, 80)}\r\n`)],
    parse: messageOctetsOf,
  },
];
