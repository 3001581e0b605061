import test from 'ava';
import { rtpSsrc } from '../../../network/rtp/index.ts';
import type { CapturedPacket } from '../../../network/packet.ts';
import { nextPeriod } from '../../../network/mikey/index.ts';
import { Flash } from '../../hardware/index.ts';
import { codeOf } from '../../testbed.fixture.ts';
import type { Outcome } from '../attack.ts';
import { labelsOf, refuses } from '../outcome.fixture.ts';
import { Hideout, recorderOf, replaced, withOctets } from '../hideout.fixture.ts';
import { NOTHING, secretOf, wrongPsks, type Holdings } from '../holdings.ts';
import { DecryptCall } from './decrypt-call.ts';

// Most of these only read what was recorded: one hideout serves them.
const hideout = new Hideout();
const call = hideout.call('bob', 'alice');
const shorter = hideout.call('bob', 'alice', 4);
const alice = hideout.truthOf('alice');
const bob = hideout.truthOf('bob');

function attackOn(name: string, crsHelps = false, captured?: readonly CapturedPacket[]): DecryptCall {
  const recorder = captured === undefined ? hideout.recorder : recorderOf(captured);
  return new DecryptCall(hideout.stage, recorder, { call: name, crsHelps });
}

function attempt(held: Holdings, crsHelps = false, captured?: readonly CapturedPacket[]): Outcome {
  return hideout.outcomeOf(attackOn(call, crsHelps, captured), held);
}

const pskLabels = (held: Holdings): readonly string[] => labelsOf(held.psks.map(secretOf.psk));
const rskLabels = (held: Holdings): readonly string[] => labelsOf(held.userKeys.map(secretOf.rsk));

/** Samples in the file of a stream, 16 bits each behind a header of 44 octets. */
const samplesIn = ({ octets }: { readonly octets: Uint8Array }): number => (octets.length - 44) / 2;

test('the PSK of either leg and the RSK of the callee open a recorded call, and are the means', (t) => {
  for (const leg of [alice, bob]) {
    const outcome = attempt({ ...alice, psks: leg.psks, updateKeys: [] });
    t.is(outcome.outcome, 'opened');
    t.is(outcome.because, '601 recorded packets decrypt to 12.02 s of speech');
    t.is(outcome.audioSeconds, 12.02);
    t.deepEqual(labelsOf(outcome.means), [...pskLabels(leg), ...rskLabels(alice)]);
    t.deepEqual([...outcome.sources].sort(), ['alice-phone-crs', 'bob-phone-crs']);
    t.deepEqual(
      outcome.artefacts?.map((artefact) => [artefact.name, samplesIn(artefact)]),
      [
        ['bob-to-alice-1-caller.wav', 300 * 160],
        ['bob-to-alice-1-callee.wav', 301 * 160],
      ],
    );
    t.is(outcome.gained, undefined);
  }
});

test('without a PSK, or with those of others, the I_MESSAGE stays sealed', (t) => {
  refuses(t, attempt({ ...alice, psks: [] }), 'no-psk');
  refuses(t, attempt({ ...alice, psks: hideout.truthOf('carol').psks }), 'no-psk');
  refuses(t, attempt({ ...alice, psks: wrongPsks(alice.psks) }), 'no-psk');
  refuses(t, attempt(NOTHING), 'no-psk', 'no-rsk');
  refuses(t, attempt({ ...NOTHING, erased: ['PSK +447700900001 2015-10'] }), 'erased', 'no-rsk');
  refuses(t, attempt({ ...alice, userKeys: [], erased: ['RSK +447700900001 2015-10'] }), 'erased');
});

test('the PSKs alone do not open it, nor any key but the RSK of the callee and month', (t) => {
  const psks = [...alice.psks, ...bob.psks];
  refuses(t, attempt({ ...NOTHING, psks }), 'no-rsk');
  refuses(t, attempt({ ...bob, psks }), 'no-rsk');
  const { userKeys } = hideout.truthOf('alice', nextPeriod(hideout.period));
  refuses(t, attempt({ ...alice, psks, userKeys }), 'no-rsk');
  const [keys] = alice.userKeys;
  const mislabelled = keys === undefined ? [] : [{ ...keys, period: nextPeriod(hideout.period) }];
  refuses(t, attempt({ ...alice, psks, userKeys: mislabelled }), 'no-rsk');
});

test('the public keys of the KMS are no secret, and need not be held', (t) => {
  t.is(attempt({ ...alice, kms: undefined }).outcome, 'opened');
});

test('the right key is found among others', (t) => {
  const carol = hideout.truthOf('carol');
  const outcome = attempt({
    ...alice,
    psks: [...carol.psks, ...bob.psks],
    userKeys: [...carol.userKeys, ...bob.userKeys, ...alice.userKeys],
  });
  t.deepEqual(labelsOf(outcome.means), [...pskLabels(bob), ...rskLabels(alice)]);
});

test('a CRS that helps takes the place of a PSK, and of nothing else', (t) => {
  const outcome = attempt({ ...alice, psks: [] }, true);
  t.is(outcome.because, '601 recorded packets decrypt to 12.02 s of speech');
  t.deepEqual(labelsOf(outcome.means), rskLabels(alice));
  t.true(outcome.sources.includes('crs'));
  refuses(t, attempt({ ...bob, psks: [] }, true), 'no-rsk');
});

test('it is the call that was named, and no other of the same two', (t) => {
  const outcome = hideout.outcomeOf(attackOn(shorter), alice);
  t.is(outcome.because, '401 recorded packets decrypt to 8.02 s of speech');
  t.deepEqual(
    outcome.artefacts?.map(({ name }) => name),
    ['bob-to-alice-2-caller.wav', 'bob-to-alice-2-callee.wav'],
  );
  t.is(
    codeOf(() => attackOn('bob-to-alice#3')),
    'ATTACK_NO_CALL',
  );
  t.is(attackOn(call).aim(NOTHING).call, 'bob-to-alice#1');
});

test('without the media there is nothing to decrypt', (t) => {
  const signalling = hideout.captured.filter(({ packet }) => packet.protocol === 'tcp');
  refuses(t, attempt(alice, false, signalling), 'no-media');
  refuses(t, attempt(alice, true, []), 'not-tapped');
  refuses(t, attempt(NOTHING, false, []), 'not-tapped', 'no-psk', 'no-rsk');
  const early = hideout.stage.call(call).began;
  const before = hideout.captured.filter(
    ({ packet, time }) =>
      packet.protocol === 'tcp' || time < early || time > hideout.stage.call(call).ended + 1e6,
  );
  refuses(t, attempt(alice, false, before), 'no-media');
});

test('whoever kept the signalling only lacks nothing but the media, and with it the same keys would open the call', (t) => {
  const attack = new DecryptCall(hideout.stage, recorderOf(hideout.captured, 'signalling'), { call });
  refuses(t, hideout.outcomeOf(attack, alice), 'no-media');
  refuses(t, hideout.outcomeOf(attack, { ...alice, psks: [] }), 'no-media', 'no-psk');
  t.deepEqual(attack.aim(alice).needs, ['psk', 'rsk', 'media']);
  t.is(hideout.outcomeOf(attack, NOTHING, 'positive').audioSeconds, 12.02);
  refuses(t, hideout.outcomeOf(attack, alice, 'negative'), 'no-rsk');
});

test('one direction is recovered when only one was recorded', (t) => {
  const toward = (host: string) =>
    hideout.captured.filter(({ packet, ...seen }) => packet.protocol === 'tcp' || seen.toward === host);
  for (const [host, name] of [
    ['alice-phone', 'bob-to-alice-1-caller.wav'],
    ['bob-phone', 'bob-to-alice-1-callee.wav'],
  ] as const) {
    const outcome = attempt(alice, false, toward(host));
    t.is(outcome.audioSeconds, 6, host);
    t.deepEqual(
      outcome.artefacts?.map((artefact) => artefact.name),
      [name],
    );
  }
});

test('media that was changed, or cut short, on the way into the recording gives nothing away', (t) => {
  const edited = (edit: (octets: Uint8Array) => Uint8Array) =>
    hideout.captured.map((seen) =>
      seen.packet.protocol === 'tcp' ? seen : withOctets(seen, edit(seen.packet.octets)),
    );
  const closed = 'no-media';
  refuses(
    t,
    attempt(
      alice,
      false,
      edited((octets) => octets.with(20, (octets[20] ?? 0) ^ 1)),
    ),
    closed,
  );
  for (const length of [0, 1, 11, 12, 13, 40])
    refuses(
      t,
      attempt(
        alice,
        false,
        edited((octets) => octets.subarray(0, length)),
      ),
      closed,
    );
});

test('a packet seen on several links is speech once, and a lost one leaves a gap', (t) => {
  const onBobsLink = hideout.captured.filter(({ link }) => link === 'bob-phone-crs');
  t.is(attempt(alice, true, [...onBobsLink, ...hideout.captured]).audioSeconds, 12.02);
  let dropped = 0;
  const { began } = hideout.stage.call(call);
  const fromBob = onBobsLink.find(
    ({ packet, time }) => packet.protocol === 'udp' && packet.from.host === 'bob-phone' && time > began,
  );
  t.truthy(fromBob);
  const ssrc = fromBob === undefined ? 0 : rtpSsrc(fromBob.packet.octets);
  const gapped = onBobsLink.filter(
    ({ packet }) =>
      packet.protocol === 'tcp' ||
      rtpSsrc(packet.octets) !== ssrc ||
      packet.octets.length !== 182 ||
      dropped++ % 10 !== 5,
  );
  const outcome = attempt({ ...alice, psks: bob.psks }, false, gapped);
  t.is(outcome.because, '570 recorded packets decrypt to 11.4 s of speech');
  // The file keeps its length: what is missing is silence.
  t.deepEqual(outcome.artefacts?.map(samplesIn), [300 * 160, 300 * 160]);
});

test('of the controls, the callee of the call and its month opens, and a stranger of the same KMS does not', (t) => {
  const positive = hideout.outcomeOf(attackOn(call), NOTHING, 'positive');
  t.is(positive.audioSeconds, 12.02);
  t.deepEqual(labelsOf(positive.means), [...pskLabels(alice), ...rskLabels(alice)]);
  refuses(t, hideout.outcomeOf(attackOn(call), alice, 'negative'), 'no-rsk');
});

test('a phone that kept its SSVs gives away the calls it placed, and those only', (t) => {
  const keeping = new Hideout({ parameters: { 'keep-ssv': true } });
  const placed = keeping.call('alice', 'bob');
  const before = keeping.call('carol', 'bob');
  keeping.seize('alice');
  const { ssvs } = keeping.attacker.holdings;
  t.is(ssvs.length, 1);
  const decrypt = (name: string, held: Holdings): Outcome =>
    keeping.outcomeOf(new DecryptCall(keeping.stage, keeping.recorder, { call: name, crsHelps: true }), held);
  const outcome = decrypt(placed, { ...NOTHING, ssvs });
  t.is(outcome.audioSeconds, 12.02);
  t.deepEqual(labelsOf(outcome.means), labelsOf(ssvs.map(secretOf.ssv)));
  refuses(t, decrypt(before, { ...NOTHING, ssvs }), 'no-rsk');
  refuses(
    t,
    decrypt(placed, { ...NOTHING, ssvs: ssvs.map((ssv) => ssv.map((octet) => octet ^ 1)) }),
    'no-rsk',
  );
});

test('a phone that draws no SSV gives away every call of which the I_MESSAGE can be read', (t) => {
  const careless = new Hideout({ broken: ['handset.random-ssvs'] });
  const call = careless.call('carol', 'bob');
  const decrypt = (crsHelps: boolean): Outcome =>
    careless.outcomeOf(new DecryptCall(careless.stage, careless.recorder, { call, crsHelps }), NOTHING);
  t.deepEqual([decrypt(true).audioSeconds, labelsOf(decrypt(true).means)], [12.02, []]);
  refuses(t, decrypt(false), 'no-psk', 'no-rsk');
});

test('a call of last month opens with the RSK of that month', (t) => {
  const late = new Hideout({ begins: '2015-10-31T23:00:00Z' });
  const placed = late.call('bob', 'alice');
  const october = late.truthOf('alice');
  late.bed.runTo('2015-11-01T12:00:00Z');
  const attack = new DecryptCall(late.stage, late.recorder, { call: placed, crsHelps: false });
  t.is(late.outcomeOf(attack, october).outcome, 'opened');
  refuses(t, late.outcomeOf(attack, { ...late.truthOf('alice'), psks: october.psks }), 'no-rsk');
  t.deepEqual(labelsOf(late.outcomeOf(attack, NOTHING, 'positive').means), [
    ...pskLabels(october),
    ...rskLabels(october),
  ]);
});

test('the path is stated for whoever has something of one end, by what is held', (t) => {
  const aimOf = (held: Holdings, crsHelps = false) => {
    const { route, needs, asset, victim } = attackOn(call, crsHelps).aim(held);
    return [route, needs.join(' '), asset, victim];
  };
  const to = 'recorded calls of 2015-10 to alice';
  t.deepEqual(aimOf(alice), ['tap', 'psk rsk media', to, 'alice']);
  t.deepEqual(aimOf(NOTHING), ['tap', 'psk rsk media', to, 'alice']);
  t.deepEqual(aimOf({ ...alice, psks: bob.psks }), ['tap', 'peer-psk rsk media', to, 'alice']);
  t.deepEqual(aimOf(alice, true), ['tap+crs', 'signalling rsk media', to, 'alice']);
  t.deepEqual(aimOf(bob), ['tap', 'psk rsk media', 'recorded calls of 2015-10 by bob', 'bob']);
});

test('of a PSK that opens something else, it is not said that it is not held', (t) => {
  const fresh = new Hideout();
  const placed = fresh.call('bob', 'alice');
  const { began } = fresh.stage.call(placed);
  const attack = (recorder = fresh.recorder) =>
    new DecryptCall(fresh.stage, recorder, { call: placed, crsHelps: false });
  // A tap on the link of another phone has the media, and no session of this one.
  const elsewhere = recorderOf(fresh.captured.filter(({ link }) => link === 'carol-phone-crs'));
  refuses(t, fresh.outcomeOf(attack(elsewhere), fresh.truthOf('alice')), 'not-tapped');
  const until = recorderOf(fresh.captured.filter(({ time }) => time < began));
  refuses(t, fresh.outcomeOf(attack(until), fresh.truthOf('alice')), 'not-tapped', 'no-media');
});

test('a PSK that was replaced before the call is stale, unless the CRS helps', (t) => {
  const fresh = new Hideout();
  const { bed } = fresh;
  const before = fresh.truthOf('alice');
  bed.type(bed.cms, `add-user ${fresh.stage.numberOf('alice')} alice --re-issue --reason lost`);
  bed.carryDisc(`--month ${bed.cms.period} --changed`);
  bed.enrol(bed.alice);
  bed.run(120);
  const placed = fresh.call('bob', 'alice');
  const attack = (crsHelps: boolean) =>
    new DecryptCall(fresh.stage, fresh.recorder, { call: placed, crsHelps });
  refuses(t, fresh.outcomeOf(attack(false), before), 'stale-psk');
  refuses(t, fresh.outcomeOf(attack(false), { ...before, userKeys: [] }), 'stale-psk', 'no-rsk');
  t.is(fresh.outcomeOf(attack(true), before).outcome, 'opened');
});

test('what the CRS does not have, and a key of another KMS, are said as such', (t) => {
  const empty = replaced(hideout.stage, { crsOf: () => replaced(hideout.bed.crs, { extract: emptied }) });
  const attack = new DecryptCall(empty, hideout.recorder, { call, crsHelps: true });
  refuses(t, hideout.outcomeOf(attack, alice), 'no-signalling');
  refuses(t, hideout.outcomeOf(attack, NOTHING), 'no-signalling', 'no-rsk');
  const other = new Hideout({ seed: 'another' });
  const held = { ...other.truthOf('alice'), psks: alice.psks };
  refuses(t, attempt(held), 'other-kms');
});

function emptied(): Uint8Array {
  return new Flash(hideout.bed.random.stream('empty')).image();
}
