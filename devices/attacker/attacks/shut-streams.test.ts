/** What is remembered as shut is that key on those packets, and nothing else: a call that opens must never be taken for one that does not. */
import test from 'ava';
import type { SrtpMaster } from '../../../network/rtp/index.ts';
import { isShut, rememberShut } from './shut-streams.ts';

const MASTER: SrtpMaster = {
  masterKey: new Uint8Array(16).fill(1),
  masterSalt: new Uint8Array(14).fill(2),
  profile: 'AES_CM_128_HMAC_SHA1_80',
};
const packets = (count: number): Uint8Array[] => Array.from({ length: count }, (_, at) => Uint8Array.of(at));

test('a key is shut out of the very packets that it was tried on', (t) => {
  const tried = packets(3);
  t.false(isShut(tried, MASTER));
  rememberShut(tried, MASTER);
  t.true(isShut(tried, MASTER));
  t.true(
    isShut([...tried], { ...MASTER, masterKey: MASTER.masterKey.slice() }),
    'the same packets and octets',
  );
});

test('more packets, fewer, or others that have the same octets are not known to be shut', (t) => {
  const tried = packets(3);
  rememberShut(tried, MASTER);
  t.false(isShut([...tried, Uint8Array.of(9)], MASTER));
  t.false(isShut(tried.slice(0, 2), MASTER));
  t.false(isShut(packets(3), MASTER));
  t.false(isShut([tried[0] ?? Uint8Array.of(), Uint8Array.of(1), Uint8Array.of(2)], MASTER));
});

test('another key, salt or profile is not known to be shut', (t) => {
  const tried = packets(2);
  rememberShut(tried, MASTER);
  t.false(isShut(tried, { ...MASTER, masterKey: new Uint8Array(16).fill(3) }));
  t.false(isShut(tried, { ...MASTER, masterSalt: new Uint8Array(14).fill(3) }));
  t.false(isShut(tried, { ...MASTER, profile: 'AES_CM_128_HMAC_SHA1_32' }));
});

test('nothing is remembered of no packets, and the key that was tried first is forgotten first', (t) => {
  rememberShut([], MASTER);
  t.false(isShut([], MASTER));
  const tried = packets(1);
  const keyed = (n: number): SrtpMaster => ({ ...MASTER, masterKey: Uint8Array.of(n >> 8, n & 255) });
  for (let n = 0; n <= 256; n++) rememberShut(tried, keyed(n));
  t.false(isShut(tried, keyed(0)));
  t.true(isShut(tried, keyed(1)));
  t.true(isShut(tried, keyed(256)));
});
