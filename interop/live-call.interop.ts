/**
 * A call on real sockets against libsrtp2: two handsets talk through the server on the loopback, everything that passes their sockets is
 * recorded, and somebody else's SRTP opens the media to the octet, with keys out of the recorded signalling and the phones' storage.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { assert } from '../sim/errors.ts';
import { fromHex, toHex } from '../sim/octets.ts';
import { LiveCrowd } from '../cli/dev/soak/live-crowd.ts';
import { Recorder } from '../devices/attacker/recorder.ts';
import { BEGINS, phoneOf } from '../devices/crowd.bench.ts';
import { readPhoneImage } from '../devices/media/index.ts';
import { openIMessage, ReplayCache, type SessionKeys } from '../network/mikey/index.ts';
import { isRtcp, parseRtp, PAYLOAD_TYPE_PCMU } from '../network/rtp/index.ts';
import { CPeer } from './c-peer.ts';

const SECONDS = 5;
const FRAMES_MIN = SECONDS * 50 * 0.9;
const HOUR_MS = 3_600_000;

const libsrtp = new CPeer('libsrtp', 'srtp2');

async function recordedCall() {
  const recorders: Recorder[] = [];
  const live = await LiveCrowd.inCalls({
    handsets: 2,
    calls: 1,
    onLink: (link) => recorders.push(new Recorder([link])),
  });
  await sleep(SECONDS * 1000);
  const images = live.crowd.handsets.map((phone) => readPhoneImage(phone.extract()));
  const { crowd } = live;
  await live.close();
  const carried = recorders.map((recorder) => recorder.media(0, Infinity).map(({ packet }) => packet));
  const [offer] =
    recorders[0]?.offers(images[0]?.psks.map(({ value }) => ({ ...value, number: undefined })) ?? []) ?? [];
  const callee = images[1];
  const kms = callee?.kms[0]?.value;
  const self = crowd.numbers[1];
  assert(offer !== undefined && kms !== undefined && self !== undefined, 'the recorded INVITE was read');
  const { sessions } = openIMessage(offer.iMessage, {
    self,
    keysFor: (period) => callee?.userKeys.find(({ value }) => value.period === period)?.value,
    kms,
    unixMs: BEGINS,
    skewLimitMs: HOUR_MS,
    replayCache: new ReplayCache(),
    calendar: true,
  });
  return { carried, sessions, talk: crowd.talk };
}

function opened({ tek, salt }: SessionKeys, packets: readonly Uint8Array[]): readonly string[] {
  return libsrtp.ask(
    packets.map((octets) => `${isRtcp(octets) ? 'rtcp' : 'rtp'} ${toHex(octets)}`),
    ['unprotect', '80', toHex(tek) + toHex(salt)],
  );
}

test('libsrtp hears every octet of a call on real sockets, both ways, before and behind the relay', async (t) => {
  t.timeout(120_000);
  const { carried, sessions, talk } = await recordedCall();
  for (const speaker of [0, 1]) {
    const name = phoneOf(speaker);
    const keys = sessions[speaker];
    assert(keys !== undefined, 'each direction has a key');
    const sent = (carried[speaker] ?? [])
      .filter(({ from }) => from.host === name)
      .map(({ octets }) => octets);
    const relayed = (carried[1 - speaker] ?? [])
      .filter(({ from }) => from.host === 'crs')
      .map(({ octets }) => toHex(octets));
    const all = new Set(sent.map(toHex));
    t.true(
      relayed.length > FRAMES_MIN && relayed.every((packet) => all.has(packet)),
      'the relay changes nothing',
    );
    const answers = opened(keys, sent);
    t.deepEqual(
      answers.filter((answer) => answer.startsWith('refused')),
      [],
    );
    const heard = answers.filter((_, at) => !isRtcp(sent[at] ?? new Uint8Array(0)));
    t.true(heard.length > FRAMES_MIN, `${heard.length} packets of ${name}`);
    for (const [frame, answer] of heard.entries()) {
      const octets = fromHex(answer);
      assert(octets !== undefined, 'an opened packet is octets');
      const packet = parseRtp(octets);
      t.is(packet.payloadType, PAYLOAD_TYPE_PCMU);
      t.deepEqual(packet.payload, talk.frame(frame), `${name}, frame ${frame}`);
    }
    const other = sessions[1 - speaker];
    assert(other !== undefined, 'each direction has a key');
    t.deepEqual(
      new Set(opened(other, sent)),
      new Set(['refused 7']),
      'planted: the key of the other direction',
    );
  }
});
