import test from 'ava';
import type { LinkParameters } from '../../network/simulated/index.ts';
import { Testbed } from '../testbed.fixture.ts';

/** What each phone says of how it heard a call of Alice with Bob. */
function qualities(link: LinkParameters, seconds = 60) {
  const bed = Testbed.enrolled({ answers: true, link });
  bed.run(20);
  bed.call(bed.alice, 'bob', `--for ${seconds}s`);
  bed.run(seconds + 20);
  const found = bed.events('handset.call-quality').map(({ data }) => data);
  return { bed, found };
}

test('each end of a call on a good network hears it at its best, and says so', (t) => {
  const { bed, found } = qualities({ delayMs: 20 });
  t.deepEqual(found.map(({ user }) => user).sort(), ['alice', 'bob']);
  for (const quality of found) {
    // Two links each way: 80 ms there and back.
    t.true(Math.abs((quality.roundTripMs ?? 0) - 80) <= 0.1, `${quality.roundTripMs}`);
    // 20 to fill a packet, 3.75 to conceal, 40 on the way, 20 in the buffer.
    t.true(Math.abs((quality.delayMs ?? 0) - 84) <= 2, `${quality.delayMs}`);
    t.like(quality, { lost: 0, discarded: 0, jitterMs: 0, peerLost: 0, reportsRefused: 0, category: 'best' });
    t.true((quality.r ?? 0) >= 90 && (quality.mos ?? 0) >= 4.3);
    t.true(quality.reportsSent >= 8 && quality.reportsSent <= 24);
  }
  const [alice, bob] = found;
  t.is(bob?.reportsReceived, alice?.reportsSent, 'the goodbye of the end that hangs up arrives too');
  t.is(bed.events('handset.call-ended').at(-1)?.data.malformed, 0);
});

test('a bad network is heard: delay, loss and jitter are measured, and cost what the E-model says', (t) => {
  const { bed, found } = qualities({ delayMs: 100, jitterMs: 20, lossRandom: 0.02 });
  const ended = bed.events('handset.call-ended').map(({ data }) => data);
  t.is(found.length, 2);
  for (const quality of found) {
    const same = ended.find(({ user }) => user === quality.user);
    t.is(same?.lost, quality.lost);
    t.true(quality.missingPercent > 1.5 && quality.missingPercent < 9, `${quality.missingPercent} %`);
    t.true(quality.jitterMs > 5 && quality.jitterMs < 30, `${quality.jitterMs} ms`);
    t.true((quality.roundTripMs ?? 0) > 300 && (quality.roundTripMs ?? 0) < 500, `${quality.roundTripMs}`);
    t.true((quality.r ?? 0) > 35 && (quality.r ?? 100) < 75, `${quality.r}`);
    // The other end's last report: a few packets of the last seconds are not in it yet.
    const atPeer = found.find(({ user }) => user !== quality.user)?.lost ?? 0;
    t.true((quality.peerLost ?? -1) > 20 && (quality.peerLost ?? 0) <= atPeer);
  }
});

test('the same call is rated the same, and a report changes nothing that was there before', (t) => {
  const [once, again] = [0, 1].map(
    () => qualities({ delayMs: 30, jitterMs: 15, lossRandom: 0.01 }, 20).found,
  );
  t.deepEqual(once, again);
});

test('a call that is over before a report was answered is not rated', (t) => {
  const { found } = qualities({ delayMs: 20 }, 1);
  t.is(found.length, 2);
  for (const quality of found) t.like(quality, { r: null, mos: null, roundTripMs: null, category: null });
});

test('a call that falls silent says for how long nothing came', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  bed.call(bed.alice, 'bob', '--for 30s');
  bed.run(5);
  bed.fabric.unplug('bob-phone');
  bed.run(60);
  const quality = bed.last('handset.call-quality', 'alice-phone');
  t.true((quality?.quietMs ?? 0) > 20_000, `${quality?.quietMs}`);
});

test('a report that comes twice counts once, and the eavesdropper sees its header only', (t) => {
  const bed = Testbed.enrolled({ answers: true, link: { duplicate: 0.5 } });
  const seen: Uint8Array[] = [];
  for (const link of bed.fabric.links)
    link.tap(({ packet }) => {
      const { protocol, octets } = packet;
      if (protocol === 'udp' && (octets[1] ?? 0) >= 192 && (octets[1] ?? 0) < 224) seen.push(octets);
    });
  bed.call(bed.alice, 'bob', '--for 60s');
  bed.run(80);
  t.true(seen.length > 20 && seen.every((octets) => octets[1] === 200));
  t.false(
    seen.some((octets) => Buffer.from(octets).includes(Buffer.of(0x81, 0xca, 0x00))),
    'no name in clear',
  );
  for (const { data } of bed.events('handset.call-quality')) {
    t.true(data.reportsRefused > 0 && data.reportsReceived >= 8, `${data.reportsRefused}`);
  }
});
