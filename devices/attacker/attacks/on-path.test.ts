/** Forgeries and false times from a place on the way of a phone. */
import test from 'ava';
import { codeOf } from '../../testbed.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING } from '../holdings.ts';
import { refuses, toldBy } from '../outcome.fixture.ts';
import { Forge } from './forge.ts';

test('whoever plays the CRS to a phone has a forgery accepted with the PSK of that phone and the SSK of the caller', (t) => {
  const hideout = new Hideout();
  hideout.seize('alice');
  hideout.seize('bob');
  const { attempt, positive, negative } = hideout.probe('forge alice bob --via on-path');
  t.deepEqual(toldBy(attempt), ['opened'], attempt.because);
  t.deepEqual(
    attempt.means.map(({ kind }) => kind),
    ['PSK', 'SSK'],
  );
  t.deepEqual(attempt.sources, ['bob-phone-crs']);
  t.is(positive.outcome, 'opened', positive.because);
  t.is(negative.reason, 'no-ssk');
  hideout.bed.run(300);
  t.is(hideout.bed.bob.service, 'registered', 'the phone found its way back');
});

test('without the PSK of the phone, or without a wire to it, nothing is presented', (t) => {
  const hideout = new Hideout();
  hideout.seize('alice');
  refuses(t, hideout.probe('forge alice bob --via on-path').attempt, 'no-psk');
  refuses(t, hideout.probe('forge alice carol --via on-path').attempt, 'not-tapped', 'no-psk');
});

test('a phone whose clock was set back takes a message of that time from the way, and its own control goes by its clock', (t) => {
  const hideout = new Hideout({ begins: '2015-10-31T23:30:00Z' });
  hideout.seize('alice');
  hideout.seize('bob');
  hideout.bed.carryDisc('--month 2015-11');
  hideout.bed.run(3_600);
  hideout.bed.type(hideout.bed.bob, 'set-clock -86400', 'bob');
  hideout.bed.run(60);
  const line = 'forge alice bob --via on-path --month 2015-10 --sent 2015-10-31T00:31:00Z';
  const { attempt, positive } = hideout.probe(line);
  t.deepEqual(toldBy(attempt), ['opened'], attempt.because);
  t.is(positive.outcome, 'opened', positive.because);
});

test('the clock of a phone follows the time that its network sends, unless it takes none', (t) => {
  const hideout = new Hideout({ phones: { bob: { takesNetworkTime: false } } });
  const before = hideout.bed.alice.unixMs;
  hideout.type('send-time alice-phone -3600');
  t.is(hideout.bed.alice.unixMs, before - 3_600_000);
  t.is(
    codeOf(() => hideout.type('send-time bob-phone -3600')),
    'ATTACK_TIME_IGNORED',
  );
  t.is(
    codeOf(() => hideout.type('send-time carol-phone -3600')),
    'ATTACK_NOT_ON_PATH',
  );
  t.is(hideout.bed.bob.unixMs, before);
  t.deepEqual(
    hideout.bed.events('handset.network-time').map(({ on, data }) => [on, data.taken]),
    [
      ['alice-phone', true],
      ['bob-phone', false],
    ],
  );
});

test('a phone that was wiped has no old keys to be deceived with, and the controls are made before that of somebody else', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.mdm, 'wipe bob-phone');
  hideout.bed.run(10);
  const { psks } = hideout.truthOf('bob');
  const rogue = {
    taps: ['bob-phone-crs'],
    keyring: (identity: string) => psks.find((psk) => psk.identity === identity),
    lacking: () => [],
  };
  const attack = new Forge(hideout.stage, {
    ...{
      user: 'alice',
      peer: 'bob',
      way: { through: 'path', user: 'bob', rogue },
      month: undefined,
      sent: undefined,
      minted: true,
    },
    ...{
      ports: hideout.bed.ports,
      random: hideout.bed.random.stream('thief'),
      host: hideout.host,
      holder: 'thief',
    },
  });
  refuses(t, hideout.outcomeOf(attack, { ...NOTHING, psks, masters: [hideout.master] }), 'erased');
  t.is(hideout.outcomeOf(attack, NOTHING, 'positive').outcome, 'opened');
  t.is(hideout.outcomeOf(attack, NOTHING, 'negative').outcome, 'refused');
});
