import test from 'ava';
import { labelsOf, refuses, toldBy } from '../outcome.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING, secretOf, type Holdings } from '../holdings.ts';
import { anotherMaster } from '../master-keys.ts';
import { Recorder } from '../recorder.ts';
import { OpenEscrow } from './escrow.ts';

// These only read what was recorded: one hideout serves them.
const hideout = new Hideout();
const call = hideout.call('bob', 'alice');
const { master } = hideout;
const { psks } = hideout.truthOf('alice');

const escrow = (crsHelps = false, recorder = hideout.recorder): OpenEscrow =>
  new OpenEscrow(hideout.stage, recorder, { call, crsHelps });
const attempt = (held: Partial<Holdings>, crsHelps = false) =>
  hideout.outcomeOf(escrow(crsHelps), { ...NOTHING, ...held });

test('z_T and the PSK of a leg open a recorded call, and so do z_T and the CRS', (t) => {
  const tapped = attempt({ masters: [master], psks });
  t.deepEqual(toldBy(tapped), ['opened'], tapped.because);
  t.deepEqual(
    tapped.means.map(({ kind }) => kind),
    ['PSK', 'z_T'],
  );
  t.true((tapped.audioSeconds ?? 0) > 3);
  const helped = attempt({ masters: [master] }, true);
  t.deepEqual(labelsOf(helped.means), labelsOf([secretOf.zt(master)]));
  t.true(helped.sources.includes('crs'));
  // Of two, the one that fits.
  t.is(attempt({ masters: [anotherMaster(master), master] }, true).outcome, 'opened');
});

test('it says what it is aimed at', (t) => {
  t.like(escrow().aim(), { attack: 'escrow', route: 'tap', needs: ['psk', 'zt', 'media'], victim: 'alice' });
  t.like(escrow(true).aim(), { route: 'tap+crs', needs: ['signalling', 'zt', 'media'], capability: 'hear' });
});

test('without a z_T nothing opens, whatever else is held; and z_T alone is not enough', (t) => {
  const alice = hideout.truthOf('alice');
  refuses(t, attempt(alice), 'no-zt');
  refuses(t, attempt(alice, true), 'no-zt');
  refuses(t, attempt({}), 'no-zt', 'no-psk');
  refuses(t, attempt({ masters: [master] }), 'no-psk');
  refuses(
    t,
    hideout.outcomeOf(escrow(true, new Recorder([])), { ...NOTHING, masters: [master] }),
    'not-tapped',
  );
});

test('the z_T of another KMS opens nothing, and the reason is that', (t) => {
  refuses(t, attempt({ masters: [anotherMaster(master)] }, true), 'other-kms');
});

test('the controls go by the same way with the right z_T and with another', (t) => {
  for (const crsHelps of [false, true]) {
    t.is(hideout.outcomeOf(escrow(crsHelps), NOTHING, 'positive').outcome, 'opened');
    t.is(hideout.outcomeOf(escrow(crsHelps), NOTHING, 'negative').outcome, 'refused');
  }
});
