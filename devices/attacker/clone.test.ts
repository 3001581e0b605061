import test from 'ava';
import { nextPeriod } from '../../network/mikey/index.ts';
import { PhoneStorage, readPhoneImage } from '../media/index.ts';
import { SIPS_PORT } from '../signalling/packages.ts';
import { cloneStorage } from './clone.ts';
import { Hideout } from './hideout.fixture.ts';
import { joined, NOTHING, pskFor, type Holdings } from './holdings.ts';

const hideout = new Hideout();
const alice = hideout.truthOf('alice');
const later = hideout.truthOf('alice', nextPeriod(hideout.period));
const number = hideout.stage.numberOf('alice');

const cloned = (held: Holdings, period = hideout.period) =>
  cloneStorage(held, number, period, 'crs', hideout.bed.random.stream('thief'));

test('a clone has the settings, keys and PSK of the phone', (t) => {
  const flash = cloned(joined(hideout.truthOf('bob'), alice));
  if (flash === undefined) return t.fail();
  const storage = new PhoneStorage(flash, 'erased');
  t.deepEqual(storage.settings(), { number, crs: { host: 'crs', port: SIPS_PORT } });
  t.deepEqual(storage.periods(), [hideout.period]);
  const finds = readPhoneImage(flash.image());
  t.deepEqual(
    finds.userKeys.map(({ value }) => value),
    alice.userKeys,
  );
  t.deepEqual(
    finds.kms.map(({ value }) => value),
    [alice.kms],
  );
  t.deepEqual(
    finds.updateKeys.map(({ value }) => value),
    alice.updateKeys.slice(-1).map(({ key }) => key),
  );
  t.is(finds.psks[0]?.value.period, hideout.period);
});

test('each month has its own', (t) => {
  const held = joined(alice, later);
  for (const [period, { userKeys, psks }] of [
    [hideout.period, alice],
    [nextPeriod(hideout.period), later],
  ] as const) {
    const flash = cloned(held, period);
    if (flash === undefined) return t.fail();
    const finds = readPhoneImage(flash.image());
    t.deepEqual(
      finds.userKeys.map(({ value }) => value),
      userKeys,
    );
    t.deepEqual(
      finds.psks.map(({ value }) => value.identity),
      psks.map(({ identity }) => identity),
    );
  }
});

test('there is none without keys, PSK or the public keys of the KMS; the update key may be anything', (t) => {
  for (const held of [
    NOTHING,
    { ...alice, psks: [] },
    { ...alice, psks: hideout.truthOf('bob').psks },
    { ...alice, userKeys: [] },
    { ...alice, userKeys: later.userKeys },
    { ...alice, userKeys: hideout.truthOf('bob').userKeys },
    { ...alice, kms: undefined },
  ])
    t.is(cloned(held), undefined);
  const flash = cloned({ ...alice, updateKeys: [] });
  t.deepEqual(flash && readPhoneImage(flash.image()).updateKeys.map(({ value }) => value), [
    new Uint8Array(32),
  ]);
});

test('the update key is that of the number, whoever else has one', (t) => {
  const flash = cloned(joined(alice, hideout.truthOf('bob')));
  const own = alice.updateKeys.map(({ key }) => key);
  t.deepEqual(flash && readPhoneImage(flash.image()).updateKeys.map(({ value }) => value), own);
});

test('the PSK of a month is the last whose identity ends in it, or one that does not rotate, or the last', (t) => {
  const psk = new Uint8Array(32);
  const named = (...identities: readonly string[]): Holdings => ({
    ...NOTHING,
    psks: identities.map((identity) => ({ identity, psk, number })),
  });
  const found = (...identities: readonly string[]) =>
    pskFor(named(...identities), number, hideout.period)?.identity;
  t.is(found('a.2015-10', 'b.2015-10', 'c.2015-11'), 'b.2015-10');
  t.is(found('a.2015-09', 'a.2015-11'), 'a.2015-11', 'one of another month is tried, too');
  t.is(found('steady'), 'steady');
  t.is(found(), undefined);
});
