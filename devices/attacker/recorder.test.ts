import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { SECOND } from '../../sim/clock.ts';
import type { CapturedPacket } from '../../network/packet.ts';
import { parseMessage } from '../../network/mikey/index.ts';
import { csbText } from '../handset/index.ts';
import { Hideout, recorderOf, withOctets } from './hideout.fixture.ts';
import { wrongPsks } from './holdings.ts';
import { iMessageOf, Recorder } from './recorder.ts';

const hideout = new Hideout();
const call = hideout.stage.call(hideout.call('bob', 'alice'));
const { psks } = hideout.truthOf('alice');
const everybody = [...psks, ...hideout.truthOf('bob').psks, ...hideout.truthOf('carol').psks];
const { captured, recorder } = hideout;

const edited = (edit: (packet: CapturedPacket) => CapturedPacket | undefined): Recorder =>
  recorderOf(captured.flatMap((packet) => edit(packet) ?? []));

test('sessions open with their PSK, in the order of the keys that are given for each', (t) => {
  const [session, ...more] = recorder.sessions(psks);
  t.deepEqual(more, []);
  t.is(session?.identity, psks[0]?.identity);
  t.is(session?.psk, psks[0]);
  const methods = session?.messages.map((message) =>
    message.kind === 'request' ? message.method : message.status,
  );
  // What the client sent comes first, then what the server did.
  t.deepEqual(methods?.slice(0, 1), ['REGISTER']);
  t.true(methods?.includes('INVITE'));
  t.is(recorder.sessions(everybody).length, 3);
  t.is(recorder.sessions([...wrongPsks(psks), ...psks])[0]?.psk, psks[0]);
  t.deepEqual(recorder.sessions(wrongPsks(psks)), []);
  t.deepEqual(recorder.sessions([]), []);
});

test('I_MESSAGEs are those of the INVITEs, with the PSK that showed them', (t) => {
  const offers = recorder.offers(psks);
  t.deepEqual(
    offers.map(({ iMessage, psk, client }) => [csbText(parseMessage(iMessage).header.csbId), psk, client]),
    [[call.csb, psks[0], 'alice-phone']],
  );
  // Both legs carry the same octets.
  t.deepEqual(
    recorder.offers(everybody).map(({ iMessage }) => iMessage),
    [offers[0]?.iMessage, offers[0]?.iMessage],
  );
});

test('identities are read in clear, once each, oldest first, and by client', (t) => {
  const identities = recorder.identities();
  t.deepEqual(
    identities,
    everybody.map(({ identity }) => identity),
  );
  t.deepEqual(
    recorder.identities((host) => host === 'bob-phone'),
    [everybody[1]?.identity],
  );
  t.deepEqual(
    recorder.identities(() => false),
    [],
  );
  hideout.bed.type(hideout.bed.alice, 'restart');
  hideout.bed.run(10);
  t.deepEqual(recorder.identities(), identities);
  t.is(recorder.sessions(psks).length, 2);
});

test('media is what went by UDP in that stretch of time, both ends included', (t) => {
  const media = recorder.media(call.began, call.ended);
  t.true(media.length > 1_000);
  t.true(media.every(({ packet }) => packet.protocol === 'udp'));
  const [first, last] = [media[0], media.at(-1)];
  if (first === undefined || last === undefined) return t.fail();
  t.is(recorder.media(first.time, last.time).length, media.length);
  t.true(recorder.media(first.time + 1, last.time).length < media.length);
  t.true(recorder.media(first.time, last.time - 1).length < media.length);
  t.deepEqual(recorder.media(0, call.began - 1), []);
  t.deepEqual(recorder.media(call.ended + SECOND, call.ended + 60 * SECOND), []);
});

test('a recording goes on: what is asked later has what came later', (t) => {
  const later = new Hideout();
  const own = new Recorder([later.linkOf('alice-phone')]);
  t.deepEqual(own.identities(), []);
  later.bed.type(later.bed.alice, 'restart');
  later.bed.run(10);
  t.is(own.identities().length, 1);
  t.is(own.sessions(later.truthOf('alice').psks).length, 1);
});

test('a session is read up to where its recording is cut', (t) => {
  const whole = recorder.sessions(psks)[0]?.messages.length ?? 0;
  const half = edited((packet) => (packet.time < call.began + SECOND ? packet : undefined));
  const [session] = half.sessions(psks);
  t.true(session !== undefined && session.messages.length > 0 && session.messages.length < whole);
  for (const host of ['alice-phone', 'crs'])
    t.deepEqual(edited((packet) => (packet.toward === host ? packet : undefined)).sessions(psks), []);
});

test('hostile captures open nothing that was not there, and end nothing', (t) => {
  const random = new SeededRandom('captures').stream('changes');
  const tcp = captured.filter(({ packet }) => packet.protocol === 'tcp');
  const known = new Set(recorder.offers(everybody).map(({ iMessage }) => iMessage.join()));
  for (let n = 0; n < 60; n++) {
    const chosen = random.below(tcp.length);
    const changed = tcp.map((packet, index) => {
      const { octets } = packet.packet;
      if (index !== chosen || octets.length === 0) return packet;
      const at = random.below(octets.length);
      return withOctets(
        packet,
        random.below(2) === 0
          ? octets.subarray(0, at)
          : octets.with(at, (octets[at] ?? 0) ^ (1 << random.below(8))),
      );
    });
    const hostile = recorderOf(changed);
    for (const { iMessage } of hostile.offers(everybody)) t.true(known.has(iMessage.join()));
    t.true(hostile.identities().length <= everybody.length);
  }
});

test('what is no session at all has no identity', (t) => {
  const noise = new SeededRandom('noise').stream('noise');
  const noisy = edited((packet) => withOctets(packet, noise.octets(packet.packet.octets.length)));
  t.deepEqual(noisy.identities(), []);
  t.deepEqual(noisy.sessions(everybody), []);
});

test('an I_MESSAGE is taken from a description that has one, and from nothing else', (t) => {
  const invite = recorder
    .sessions(psks)[0]
    ?.messages.find((message) => message.kind === 'request' && message.method === 'INVITE');
  if (invite === undefined) return t.fail();
  t.is(iMessageOf(new Uint8Array(0)), undefined);
  t.is(iMessageOf(new TextEncoder().encode('v=0\r\n')), undefined);
});
