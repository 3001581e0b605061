import test from 'ava';
import { codeOf } from '../testbed.fixture.ts';
import { concat } from '../../sim/octets.ts';
import {
  encodeHiddenSession,
  parseHiddenSession,
  secretsOfHiddenSession,
  type HiddenSession,
} from './hidden-session.ts';

const master = { ksak: new Uint8Array(32).fill(7), zT: new Uint8Array(128).fill(9) };
const PAYLOAD: HiddenSession = { by: 'insider', master: undefined };
const LOOT: HiddenSession = { by: 'cms', master };

test('a payload and what it took read back as they were', (t) => {
  for (const session of [PAYLOAD, LOOT])
    t.deepEqual(parseHiddenSession(encodeHiddenSession(session)), session);
});

test('what is in it is secret as soon as it has a master secret', (t) => {
  t.deepEqual(secretsOfHiddenSession(undefined), []);
  t.deepEqual(secretsOfHiddenSession(encodeHiddenSession(PAYLOAD)), []);
  t.deepEqual(
    secretsOfHiddenSession(encodeHiddenSession(LOOT)).map(({ kind, owner }) => `${kind} ${owner}`),
    ['KSAK cms', 'z_T cms'],
  );
});

test('anything else is refused', (t) => {
  const octets = encodeHiddenSession(LOOT);
  const refused = (changed: Uint8Array): string => codeOf(() => parseHiddenSession(changed));
  t.is(refused(octets.slice(0, -1)), 'MEDIA_DISC_TRUNCATED');
  t.is(refused(concat(octets, Uint8Array.of(0))), 'MEDIA_TRAILING');
  t.is(refused(Uint8Array.of(0x43)), 'MEDIA_DISC_TRUNCATED');
  t.is(refused(octets.map((octet, at) => (at === 0 ? 0 : octet))), 'MEDIA_MAGIC');
  // Behind magic, version and `cms` with its length.
  t.is(refused(octets.map((octet, at) => (at === 9 ? 2 : octet))), 'MEDIA_VALUE');
});
