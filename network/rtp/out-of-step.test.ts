/**
 * A receiver that missed 2^15 packets or more takes sequence numbers for those of other packets (RFC 3711 section 3.3.1). It stays deaf; but
 * it knows why, counts what it misses, and calls nobody an attacker.
 */
import test from 'ava';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { qualityOf } from './call-quality.ts';
import { at, master, packet, SSRC } from './srtp.fixture.ts';
import { referenceKeys, referenceProtect } from './srtp-reference.fixture.ts';
import { SrtpListener } from './srtp-listener.ts';
import { SrtpSender } from './srtp-sender.ts';
import { SrtpReceiver } from './srtp.ts';

const TURN = 0x10000;
const FRAME = 20 * MILLISECOND;

/** The packets with these numbers, counted on past 65535, of one stream; those between are sent too, and nobody looks at them. */
function sealed(...numbers: readonly number[]): Uint8Array[] {
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  const found: Uint8Array[] = [];
  let last = numbers[0] ?? 0;
  for (const number of numbers) {
    while (number - last >= 0x7000) sender.protect(packet((last += 0x7000)));
    found.push(sender.protect(packet(number)));
    last = number;
  }
  return found;
}

function codeOf(receiver: SrtpReceiver, octets: Uint8Array): string {
  try {
    receiver.unprotect(octets);
    return 'opened';
  } catch (error) {
    if (error instanceof CalldrillError) return error.code;
    throw error;
  }
}

function spoiled(octets: Uint8Array): Uint8Array {
  const copy = octets.slice();
  copy[14] = (copy[14] ?? 0) ^ 1;
  return copy;
}

for (const hole of [0x8001, 39_000, TURN - 1, TURN, TURN + 5, 2 * TURN + 40_000, 8 * TURN]) {
  test(`behind a hole of ${hole} packets what is authentic is out of step, and nothing else is`, (t) => {
    const from = 1_000;
    const packets = sealed(
      from,
      from + 1,
      from + 1 + hole,
      from + 2 + hole,
      from + 9_000 + hole,
      from + 30_000 + hole,
    );
    const receiver = new SrtpReceiver(master);
    t.is(codeOf(receiver, at(packets, 0)), 'opened');
    t.is(codeOf(receiver, at(packets, 1)), 'opened');
    for (const octets of packets.slice(2)) t.is(codeOf(receiver, octets), 'SRTP_OUT_OF_STEP');
    t.is(receiver.unheard, 29_999 + hole);
    t.is(codeOf(receiver, at(packets, 1)), 'SRTP_REPLAY', 'an old packet is an old one');
    t.not(
      codeOf(receiver, spoiled(at(packets, 4))),
      'SRTP_OUT_OF_STEP',
      'one that was changed is none of them',
    );
    t.is(receiver.counters.opened, 2);
  });
}

test('a hole that is shorter is none: the receiver follows', (t) => {
  const receiver = new SrtpReceiver(master);
  for (const octets of sealed(40_000, 40_000 + 0x7fff, 40_000 + 0xfff0))
    t.is(codeOf(receiver, octets), 'opened');
  t.is(receiver.unheard, 0);
});

test('a packet of long ago, which would be taken for one to come, is a replay and not a forgery', (t) => {
  const packets = sealed(100, 20_000, 45_000);
  const receiver = new SrtpReceiver(master);
  for (const octets of packets) receiver.unprotect(octets);
  t.is(codeOf(receiver, at(packets, 0)), 'SRTP_REPLAY');
  t.is(codeOf(receiver, spoiled(at(packets, 0))), 'SRTP_TAG');
});

test('a foreign stream that begins near 65535 and loses its first packets stays closed, unless its sender said where it begins', (t) => {
  const keys = referenceKeys(master.masterKey, master.masterSalt);
  const all = [65_533, 65_534, 65_535, TURN, TURN + 1, TURN + 2].map((number) =>
    referenceProtect(keys, packet(number), Math.floor(number / TURN), 10),
  );
  const whole = new SrtpReceiver(master);
  for (const octets of all) t.is(codeOf(whole, octets), 'opened', 'the control: nothing is lost');
  const heard = all.slice(3);
  const receiver = new SrtpReceiver(master);
  for (const octets of heard) t.is(codeOf(receiver, octets), 'SRTP_OUT_OF_STEP');
  t.deepEqual([receiver.counters.opened, receiver.unheard], [0, 3]);
  const told = new SrtpReceiver({ ...master, sequence: 65_533 });
  for (const octets of heard) t.is(codeOf(told, octets), 'opened');
  t.is(told.rolloverCounter, 1);
});

test('a stream that is told to begin at a rollover counter is opened from there', (t) => {
  const packets = sealed(3, 5 * TURN + 9);
  const receiver = new SrtpReceiver({ ...master, rolloverCounter: 5, sequence: 2 });
  t.is(codeOf(receiver, at(packets, 1)), 'opened');
  t.is(codeOf(receiver, at(packets, 0)), 'SRTP_REPLAY');
});

/** A minute of speech, a hole, and ten seconds behind it: what the listener makes of it. */
function listening(hole: number, change: (octets: Uint8Array) => Uint8Array = (octets) => octets) {
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  const told: number[] = [];
  let now = 0;
  const listener = new SrtpListener(new SrtpReceiver(master), undefined, () => told.push(now));
  const speech = new Uint8Array(160).fill(0x20);
  const total = 3_000 + hole + 500;
  for (let number = 0; number < total; number++) {
    const octets = sender.protect(packet(number, speech));
    now = number * FRAME;
    if (number < 3_000) listener.add(octets, now);
    else if (number >= 3_000 + hole) listener.add(change(octets), now);
  }
  const quality = qualityOf(listener.end.end(now), 50 * MILLISECOND);
  return {
    told,
    quality,
    lost: listener.end.reception.lost,
    counters: listener.counters,
    report: listener.end.reception.report(),
  };
}

test('what came and could not be opened is missing, with all of the hole before it, and is told at once', (t) => {
  const { told, quality, lost, counters, report } = listening(40_000);
  t.deepEqual(told, [(3_000 + 40_000) * FRAME]);
  t.deepEqual([...counters.refused], [['SRTP_OUT_OF_STEP', 500]]);
  t.is(lost, 40_500);
  t.is(quality.missingPercent, 93.11);
  t.true((quality.rating?.mos ?? 5) < 1.1);
  t.is(report.cumulativeLost, 40_500, 'the other end is told');
});

test('a hole of less is heard as one, and nothing is told', (t) => {
  const { told, lost, quality } = listening(30_000);
  t.deepEqual(told, []);
  t.is(lost, 30_000);
  t.true(quality.missingPercent > 89);
});

test('what came to the end of a call with wrong tags is missing as well', (t) => {
  const { told, quality, lost, counters } = listening(0, spoiled);
  t.deepEqual(told, []);
  t.deepEqual([...counters.refused], [['SRTP_TAG', 500]]);
  t.is(lost, 0, 'nobody can tell whose they were');
  t.true(quality.missingPercent > 14 && quality.missingPercent < 14.5);
});

test('a flood of forgeries is no more than there was time for', (t) => {
  const [first = new Uint8Array(0), second = first] = sealed(7, 8);
  const listener = new SrtpListener(new SrtpReceiver(master));
  listener.add(first, 0);
  for (let n = 0; n < 1_000; n++) listener.add(spoiled(second), n);
  t.is(listener.end.end(SECOND).missing, 50);
});
