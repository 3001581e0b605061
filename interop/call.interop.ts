/**
 * A whole call against libsrtp2: two handsets talk through the server on the simulated network, a recorder sits on both access
 * links, and what the keys of the two stolen phones make of the signalling opens the media in somebody else's SRTP.
 */
import test from 'ava';
import { assert } from '../sim/errors.ts';
import { fromHex, toHex } from '../sim/octets.ts';
import { SeededRandom } from '../sim/random.ts';
import { Recorder } from '../devices/attacker/recorder.ts';
import { readPhoneImage } from '../devices/media/index.ts';
import { NUMBERS, Testbed } from '../devices/testbed.fixture.ts';
import { openIMessage, ReplayCache, type SessionKeys } from '../network/mikey/index.ts';
import { FRAME_OCTETS, isRtcp, parseRtp, speech } from '../network/rtp/index.ts';
import { CPeer } from './c-peer.ts';

const SECONDS = 20;
const FRAMES = SECONDS * 50;
const HOUR_MS = 3_600_000;

const libsrtp = new CPeer('libsrtp', 'srtp2');
const random = new SeededRandom('interop call').stream('speech');
const talks = {
  alice: speech(random.octets(FRAME_OCTETS * FRAMES * 2)),
  bob: speech(random.octets(FRAME_OCTETS * FRAMES * 2)),
};
const PROFILES = { AES_CM_128_HMAC_SHA1_80: '80', AES_CM_128_HMAC_SHA1_32: '32' } as const;
type OfferedProfile = keyof typeof PROFILES;

/** One packet as a link carried it. */
interface Carried {
  readonly from: string;
  readonly octets: Uint8Array;
}

function called(profile: OfferedProfile) {
  const bed = Testbed.enrolled({
    parameters: { 'srtp-profile': profile },
    answers: true,
    phones: { alice: { talk: talks.alice }, bob: { talk: talks.bob } },
  });
  const links = ['alice-phone-crs', 'bob-phone-crs'].map((name) => bed.fabric.linkNamed(name));
  const recorders = links.map((link) => new Recorder(link === undefined ? [] : [link]));
  // New sessions, so that the recorders have them whole. A phone that restarts takes no calls until its skew limit is over.
  for (const phone of [bed.alice, bed.bob]) bed.type(phone, 'restart');
  bed.run(15 * 60);
  bed.call(bed.alice, 'bob');
  bed.run(SECONDS);
  bed.type(bed.alice, 'hang-up');
  bed.run(5);
  const [atAlice, atBob] = recorders.map((recorder): readonly Carried[] =>
    recorder.media(0, Infinity).map(({ packet: { from, octets } }) => ({ from: from.host, octets })),
  );
  assert(atAlice !== undefined && atBob !== undefined, 'two links were recorded');
  return { atAlice, atBob, keys: keysOf(bed, recorders) };
}

/** What each of the two sends with: out of the recorded TLS, Alice's PSK, and Bob's RSK. */
function keysOf(bed: Testbed, [recorder]: readonly Recorder[]): readonly [SessionKeys, SessionKeys] {
  const [alice, bob] = [bed.alice, bed.bob].map((phone) => readPhoneImage(phone.extract()));
  const [offer] =
    recorder?.offers(alice?.psks.map(({ value }) => ({ ...value, number: undefined })) ?? []) ?? [];
  const kms = bob?.kms[0]?.value;
  assert(offer !== undefined && kms !== undefined, 'the recorded INVITE was read');
  const unixMs = bed.ports.begins;
  const replayCache = new ReplayCache();
  return openIMessage(offer.iMessage, {
    self: NUMBERS.bob,
    keysFor: (period) => bob?.userKeys.find(({ value }) => value.period === period)?.value,
    kms,
    unixMs,
    skewLimitMs: HOUR_MS,
    replayCache,
    calendar: true,
  }).sessions;
}

function opened(
  profile: OfferedProfile,
  { tek, salt }: SessionKeys,
  carried: readonly Uint8Array[],
): readonly string[] {
  return libsrtp.ask(
    carried.map((octets) => `${isRtcp(octets) ? 'rtcp' : 'rtp'} ${toHex(octets)}`),
    ['unprotect', PROFILES[profile], toHex(tek) + toHex(salt)],
  );
}

for (const profile of ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const) {
  test(`${profile}: libsrtp hears every octet of a call, both ways, before and behind the relay`, (t) => {
    const { atAlice, atBob, keys } = called(profile);
    const [ofAlice, ofBob] = keys;
    for (const [speaker, talk, session, near, far] of [
      ['alice-phone', talks.alice, ofAlice, atAlice, atBob],
      ['bob-phone', talks.bob, ofBob, atBob, atAlice],
    ] as const) {
      const sent = near.filter(({ from }) => from === speaker).map(({ octets }) => octets);
      const relayed = far.filter(({ from }) => from === 'crs').map(({ octets }) => octets);
      t.deepEqual(relayed.map(toHex), sent.map(toHex), 'the relay changes nothing');
      const answers = opened(profile, session, sent);
      t.deepEqual(
        answers.filter((answer) => answer.startsWith('refused')),
        [],
      );
      const heard = answers.flatMap((answer, i) => (isRtcp(sent[i] ?? new Uint8Array(0)) ? [] : [answer]));
      t.true(heard.length > FRAMES * 0.9, `${heard.length} packets`);
      t.true(heard.length < answers.length, 'there are reports among them');
      for (const [frame, answer] of heard.entries()) {
        const packet = fromHex(answer);
        assert(packet !== undefined, 'an opened packet is octets');
        t.deepEqual(parseRtp(packet).payload, talk.frame(frame), `${speaker}, frame ${frame}`);
      }
    }
    const mixedUp = atAlice.filter(({ from }) => from === 'alice-phone').map(({ octets }) => octets);
    t.deepEqual(
      new Set(opened(profile, ofBob, mixedUp)),
      new Set(['refused 7']),
      'planted: the key of the other direction',
    );
  });
}
