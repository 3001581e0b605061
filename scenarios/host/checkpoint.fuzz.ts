/** Fuzz targets: a checkpoint on disk, and what is said in one whose SHA-256 somebody has made right again. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { KeptReader, keptOctets } from '../../sim/kept-octets.ts';
import { Secret } from '../../sim/secret.ts';
import { originOf, quietHall } from './checkpoint-octets.fixture.ts';
import { checkpointError } from './checkpoint-errors.ts';
import { checkpointOctets, parseCheckpoint, sealed } from './checkpoint-octets.ts';

const origin = originOf();
const checkpoint = quietHall();
const whole = checkpointOctets(checkpoint, origin);
/** What is between the length and the SHA-256. */
const values = whole.subarray(9, -32);
const FILE = 'fuzz.checkpoint';

/** A small value of each kind, for mutants that hit the structure more often than the octets of a world. */
const KINDS = [
  { a: [1, -0, 2n ** 70n, true, false, null, undefined], b: new Uint8Array(5), c: { d: '\ud800', e: 'ä' } },
  [new Secret('PSK', 'alice', new Uint8Array(4)), [[[]]], {}],
].map((value) => keptOctets(value));

/** A whole file; its content under a right SHA-256; and kept values alone. */
export const fuzzTargets: readonly FuzzTarget[] = [
  { name: 'checkpoint', samples: [whole], parse: (octets) => parseCheckpoint(octets, FILE, origin) },
  {
    name: 'checkpoint content',
    samples: [values],
    parse: (octets) => parseCheckpoint(sealed(octets), FILE, origin),
  },
  {
    name: 'kept value',
    samples: KINDS,
    parse: (octets) =>
      new KeptReader(octets, (detail, offset) =>
        checkpointError('HOST_CHECKPOINT_CONTENT', detail, { where: { offset } }),
      ).content(),
  },
];
