/** What an ephemeral key exchange takes from an attacker who records, and what it leaves to one who stands on the way or asks the CRS. */
import test from 'ava';
import { Hideout, recorderOf, withOctets, type HideoutOptions } from '../hideout.fixture.ts';
import { joined, NOTHING } from '../holdings.ts';
import { refuses, toldBy } from '../outcome.fixture.ts';
import { DecryptCall } from './decrypt-call.ts';
import { OpenEscrow } from './escrow.ts';
import { ImpersonateCrs } from './impersonate-crs.ts';
import { Knock } from './knock.ts';
import { ReadSignalling } from './read-signalling.ts';

const PARAMETERS = { 'tls-key-exchange': 'dhe-psk' } as const;

function called(options: HideoutOptions = {}): { readonly hideout: Hideout; readonly call: string } {
  const hideout = new Hideout({ parameters: PARAMETERS, ...options });
  return { hideout, call: hideout.call('bob', 'alice') };
}

// These only read what was recorded: one hideout serves them.
const { hideout, call } = called();
const [alice, bob] = [hideout.truthOf('alice'), hideout.truthOf('bob')];
const withoutLog = (held: typeof alice): typeof alice => ({ ...held, sessionKeys: [] });
const { stage, recorder } = hideout;

test('the session is one of 0x0090, and no PSK opens the call', (t) => {
  t.deepEqual(
    [...new Set(hideout.bed.events('network.secured').map(({ data }) => data.suite))],
    ['TLS_DHE_PSK_WITH_AES_128_CBC_SHA'],
  );
  const attack = new DecryptCall(stage, recorder, { call });
  refuses(t, hideout.outcomeOf(attack, withoutLog(alice)), 'forward-secret');
  // Of the ways that lead nowhere the first is told: by the leg of the callee.
  refuses(t, hideout.outcomeOf(attack, withoutLog({ ...alice, psks: bob.psks })), 'no-psk');
  refuses(t, hideout.outcomeOf(attack, { ...withoutLog(alice), userKeys: [] }), 'forward-secret', 'no-rsk');
  refuses(t, hideout.outcomeOf(attack, { ...withoutLog(alice), psks: [] }), 'no-psk');
});

test('the controls have a key log of the phones: the same recording opens with it and the right RSK only', (t) => {
  const attack = new DecryptCall(stage, recorder, { call });
  const heard = hideout.outcomeOf(attack, NOTHING, 'positive');
  t.deepEqual(toldBy(heard), ['opened'], heard.because);
  t.true((heard.audioSeconds ?? 0) > 3);
  refuses(t, hideout.outcomeOf(attack, NOTHING, 'negative'), 'no-rsk');
});

test('the key log opens octets, and no list of sessions: what is damaged stays shut', (t) => {
  const isSealed = (octets: Uint8Array): boolean => octets[0] === 20;
  const damaged = recorderOf(
    hideout.captured.map((packet) =>
      packet.packet.protocol === 'tcp' && isSealed(packet.packet.octets)
        ? withOctets(packet, packet.packet.octets.with(packet.packet.octets.length - 1, 0))
        : packet,
    ),
  );
  const read = (of: typeof recorder) => new ReadSignalling(stage, of, 'alice', 'held');
  t.is(hideout.outcomeOf(read(recorder), NOTHING, 'positive').outcome, 'opened');
  t.is(hideout.outcomeOf(read(damaged), NOTHING, 'positive').outcome, 'refused');
});

test('recorded signalling stays shut with its PSK, held or handed over, and so does what a z_T would open', (t) => {
  for (const keys of ['held', 'given', 'unrolled'] as const) {
    const attack = new ReadSignalling(stage, recorder, 'alice', keys);
    refuses(t, hideout.outcomeOf(attack, withoutLog(alice)), 'forward-secret');
    t.is(hideout.outcomeOf(attack, NOTHING, 'positive').outcome, 'opened');
    t.is(hideout.outcomeOf(attack, NOTHING, 'negative').outcome, 'refused');
  }
  const { masters } = stage.truth;
  const escrow = new OpenEscrow(stage, recorder, { call, crsHelps: false });
  refuses(t, hideout.outcomeOf(escrow, { ...NOTHING, psks: alice.psks, masters }), 'forward-secret');
  t.is(hideout.outcomeOf(escrow, NOTHING, 'positive').outcome, 'opened');
  t.is(hideout.outcomeOf(escrow, NOTHING, 'negative').outcome, 'refused');
});

test('the CRS has the signalling all the same, and whoever it helps needs no PSK', (t) => {
  const helped = new DecryptCall(stage, recorder, { call, crsHelps: true });
  t.deepEqual(toldBy(hideout.outcomeOf(helped, { ...withoutLog(alice), psks: [] })), ['opened']);
});

test('a CRS that does not draw its ephemeral keys gives all that away again', (t) => {
  const lazy = called({ broken: ['crs.draws-ephemeral-keys'] });
  const held = withoutLog(lazy.hideout.truthOf('alice'));
  const decrypt = new DecryptCall(lazy.hideout.stage, lazy.hideout.recorder, { call: lazy.call });
  t.deepEqual(toldBy(lazy.hideout.outcomeOf(decrypt, held)), ['opened']);
  const read = new ReadSignalling(lazy.hideout.stage, lazy.hideout.recorder, 'alice', 'held');
  t.deepEqual(toldBy(lazy.hideout.outcomeOf(read, held)), ['opened']);
});

test('a PSK still makes its holder the user to the CRS and the CRS to the user, and one suite is still the only one', (t) => {
  const live = new Hideout({ parameters: PARAMETERS });
  const { bed } = live;
  const presenter = { ports: bed.ports, random: bed.random.stream('thief'), host: live.host };
  const held = withoutLog(joined(live.truthOf('alice'), live.truthOf('carol')));
  const impersonate = new ImpersonateCrs(live.stage, {
    ...{ phone: 'alice-phone', user: 'alice', taps: ['alice-phone-crs'] },
    ...{ random: presenter.random, host: live.host },
  });
  t.deepEqual(toldBy(live.outcomeOf(impersonate, held)), ['opened']);
  for (const offer of ['other-suites', 'null-cipher', 'plaintext'] as const) {
    const knock = new Knock(live.stage, { ...presenter, user: 'carol', offer });
    refuses(t, live.outcomeOf(knock, held), 'wrong-suite');
    t.is(live.outcomeOf(knock, NOTHING, 'positive').outcome, 'opened');
  }
});
