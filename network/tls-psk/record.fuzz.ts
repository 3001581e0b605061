/** Records under mutated octets: framing, and protected records with both orders of MAC and encryption. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { concat, fromAscii } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Opener, Sealer } from './protection.ts';
import { CONTENT, encodeRecord, RecordReader } from './record.ts';
import type { DirectionKeys } from './keys.ts';

const keys: DirectionKeys = { mac: new Uint8Array(20).fill(1), cipher: new Uint8Array(16).fill(2) };

const plain = concat(
  encodeRecord(CONTENT.handshake, fromAscii('two records'), 0x0301),
  encodeRecord(CONTENT.alert, Uint8Array.of(2, 40)),
);

function sealed(encryptThenMac: boolean): Uint8Array {
  const sealer = new Sealer(keys, encryptThenMac, new SeededRandom('fuzz').stream('sealer'));
  return concat(
    encodeRecord(CONTENT.applicationData, sealer.seal(CONTENT.applicationData, fromAscii('first'))),
    encodeRecord(CONTENT.applicationData, sealer.seal(CONTENT.applicationData, new Uint8Array(300))),
  );
}

function protectedTarget(name: string, encryptThenMac: boolean): FuzzTarget {
  return {
    name,
    samples: [sealed(encryptThenMac)],
    parse(input) {
      const reader = new RecordReader();
      const opener = new Opener(keys, encryptThenMac);
      reader.push(input);
      for (let record = reader.next(true); record !== undefined; record = reader.next(true))
        opener.open(record.type, record.fragment);
    },
  };
}

/** A stream of records in clear, cut at any octet. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'TLS records',
    samples: [plain],
    parse(input) {
      const reader = new RecordReader();
      reader.push(input);
      let records = 0;
      while (reader.next(false) !== undefined) records++;
      return records;
    },
  },
  protectedTarget('TLS records, MAC-then-encrypt', false),
  protectedTarget('TLS records, encrypt-then-MAC', true),
];
