import { cbc } from '@noble/ciphers/aes.js';
import test from 'ava';
import * as fc from 'fast-check';
import { concat } from '../../sim/octets.ts';
import { BLOCK_OCTETS, CbcDecryption, CbcEncryption } from './cbc.ts';

const block = fc.uint8Array({ minLength: BLOCK_OCTETS, maxLength: BLOCK_OCTETS });
const blocks = fc.array(block, { minLength: 1, maxLength: 40 }).map((parts) => concat(...parts));
const records = fc.array(fc.record({ iv: block, plaintext: blocks }), { minLength: 1, maxLength: 6 });

test('record after record is what a cipher of its own makes of it', (t) => {
  fc.assert(
    fc.property(block, records, (key, list) => {
      const encryption = new CbcEncryption(key);
      const decryption = new CbcDecryption(key);
      for (const { iv, plaintext } of list) {
        const expected = cbc(key, iv, { disablePadding: true }).encrypt(plaintext);
        const sealed = encryption.encrypt(iv, plaintext.slice());
        t.deepEqual(sealed, expected);
        t.deepEqual(decryption.decrypt(concat(iv, sealed)), plaintext);
        // Whoever comes later reads the same.
        t.deepEqual(new CbcDecryption(key).decrypt(concat(iv, sealed)), plaintext);
      }
    }),
    { numRuns: 300 },
  );
});

test('octets that are nobody’s ciphertext come out as those of the reference, and do not spoil what follows', (t) => {
  fc.assert(
    fc.property(block, fc.array(blocks, { minLength: 1, maxLength: 6 }), (key, list) => {
      const decryption = new CbcDecryption(key);
      for (const octets of list) {
        const sealed = concat(octets, octets);
        const iv = sealed.subarray(0, BLOCK_OCTETS);
        const expected = cbc(key, iv, { disablePadding: true }).decrypt(sealed.subarray(BLOCK_OCTETS));
        t.deepEqual(decryption.decrypt(sealed), expected);
      }
    }),
  );
});

test('what comes out is octets of its own: a slice is a copy', (t) => {
  const key = new Uint8Array(BLOCK_OCTETS);
  const sealed = new CbcEncryption(key).encrypt(key, new Uint8Array(32));
  sealed.slice(0, 1).fill(sealed[0] === 0 ? 1 : 0);
  t.deepEqual(new CbcDecryption(key).decrypt(concat(key, sealed)), new Uint8Array(32));
});
