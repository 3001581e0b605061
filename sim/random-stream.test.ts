import { chacha20 } from '@noble/ciphers/chacha.js';
import test from 'ava';
import fc from 'fast-check';
import { toHex } from './octets.ts';
import { RandomStream } from './random-stream.ts';

const STRETCH = 1024;

/** The keystream from somebody else's ChaCha20, 1,024 octets at a time, read in the plainest way. */
class Plain {
  readonly #key: Uint8Array;
  readonly #view = new DataView(new ArrayBuffer(STRETCH));
  #offset = STRETCH;
  #counter = 0;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  uint32(): number {
    if (this.#offset + 4 > STRETCH) this.#refill();
    this.#offset += 4;
    return this.#view.getUint32(this.#offset - 4, true);
  }

  octets(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => {
      if (this.#offset >= STRETCH) this.#refill();
      return this.#view.getUint8(this.#offset++);
    });
  }

  #refill(): void {
    const zeros = new Uint8Array(STRETCH);
    chacha20(this.#key, new Uint8Array(12), zeros, new Uint8Array(this.#view.buffer), this.#counter);
    this.#counter += STRETCH / 64;
    this.#offset = 0;
  }
}

test('a stream is the keystream of another ChaCha20, however numbers and octets are mixed', (t) => {
  const draw = fc.oneof(
    fc.record({ numbers: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ octets: fc.oneof(fc.nat(9), fc.nat(1_100)) }),
  );
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(key, fc.array(draw, { maxLength: 60 }), (octets, draws) => {
      const stream = new RandomStream(octets);
      const plain = new Plain(octets);
      for (const each of draws) {
        if ('octets' in each) t.is(toHex(stream.octets(each.octets)), toHex(plain.octets(each.octets)));
        else for (let left = each.numbers; left > 0; left--) t.is(stream.uint32(), plain.uint32());
      }
    }),
    { numRuns: 200 },
  );
});

test('a number does not straddle 1,024 octets, and does straddle 64', (t) => {
  const key = new Uint8Array(32).fill(7);
  for (const before of [61, 62, 63, 64, 1_020, 1_021, 1_022, 1_023, 1_024, 2_047]) {
    const stream = new RandomStream(key);
    const plain = new Plain(key);
    stream.octets(before);
    plain.octets(before);
    t.is(stream.uint32(), plain.uint32(), `after ${before} octets`);
    t.is(stream.uint32(), plain.uint32(), `after ${before} octets and a number`);
  }
});

test('long after its beginning a stream is still that keystream', (t) => {
  const key = new Uint8Array(32).fill(200);
  const stream = new RandomStream(key);
  const plain = new Plain(key);
  stream.octets(70_001);
  plain.octets(70_001);
  for (let n = 0; n < 600; n++) t.is(stream.uint32(), plain.uint32());
});
