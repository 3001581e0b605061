/** Fuzz targets of what a rendezvous server keeps, and the sample that the tests of this folder use as well. */
import { canonicalNumber, parsePeriod } from '../../network/mikey/index.ts';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { fromAscii } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Flash } from '../hardware/index.ts';
import { encodeCrsState, parseCrsState, sealCrsState, type CrsState } from './state.ts';

const CHECKSUM_OCTETS = 32;

/** A state with something of every field in it. */
export function sampleState(): CrsState {
  const random = new SeededRandom('state samples').stream('keys');
  const disk = new Flash(random);
  disk.write('psk/2015-10/+447700900001', random.octets(32));
  disk.write('call/1', fromAscii('v=0'));
  const number = canonicalNumber('+447700900001');
  const period = parsePeriod('2015-10');
  return {
    logChecked: true,
    disk: disk.image(),
    accounts: {
      accounts: [
        {
          name: 'hq',
          kms: 'ab'.repeat(32),
          users: [{ number, packages: [{ period, octets: random.octets(40) }] }],
        },
        { name: 'empty', kms: undefined, users: [] },
      ],
      credentials: [{ identity: 'id-1', psk: random.octets(32), number, period }],
      former: [{ identity: 'id-0', number, period, end: 'replaced' }],
      blockedNumbers: [number],
      blockedIdentities: ['id-1'],
    },
    log: {
      dropped: 3,
      entries: [
        { kind: 'user blocked', subject: number, detail: 'by crs-admin', first: 1, last: 2 ** 40, count: 2 },
      ],
    },
  };
}

/** The reader of a kept state, from states that are whole. */
export const fuzzTargets: readonly FuzzTarget[] = [
  { name: 'CRS state', samples: [encodeCrsState(sampleState())], parse: parseCrsState },
  {
    // With a right checksum, so that the mutation reaches the fields before it.
    name: 'CRS state, sealed again',
    samples: [encodeCrsState(sampleState())],
    parse: (input) => parseCrsState(sealCrsState(input.slice(0, -CHECKSUM_OCTETS))),
  },
];
