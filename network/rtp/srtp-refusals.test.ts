/** What the two ends of an SRTP stream refuse, in which words, and where in the packet. */
import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { equal } from '../../sim/octets.ts';
import { at, master, packet, PAYLOAD, protectAll, SSRC } from './srtp.fixture.ts';
import { SrtpSender } from './srtp-sender.ts';
import { SrtpReceiver } from './srtp.ts';

test('a sender refuses what is not a packet of its stream', (t) => {
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  t.throws(() => sender.protect(packet(1, new Uint8Array(1), 5)), { code: 'SRTP_SSRC' });
  t.throws(() => sender.protect(new Uint8Array(20)), { code: 'RTP_VERSION' });
  t.throws(() => sender.protect(packet(1).subarray(0, 11)), { code: 'RTP_TRUNCATED' });
  t.throws(() => sender.protect(packet(1, new Uint8Array(65_486))), { code: 'SRTP_TOO_LONG' });
  const longest = packet(
    1,
    Uint8Array.from({ length: 65_485 }, (_, i) => i & 0xff),
  );
  const sealed = sender.protect(longest);
  t.is(sealed.length, 65_507);
  t.true(equal(new SrtpReceiver(master).unprotect(sealed), longest));
});

test('a receiver refuses what cannot be SRTP, and counts it', (t) => {
  const receiver = new SrtpReceiver(master);
  t.throws(() => receiver.unprotect(new Uint8Array(21)), { code: 'SRTP_TRUNCATED' });
  t.throws(() => receiver.unprotect(new Uint8Array(22)), { code: 'RTP_VERSION' });
  t.throws(() => receiver.unprotect(new Uint8Array(65_508).fill(0x80)), { code: 'SRTP_TOO_LONG' });
  const announced = new Uint8Array(22);
  announced[0] = 0x81;
  t.throws(() => receiver.unprotect(announced), { code: 'RTP_TRUNCATED' }, 'the tag is no CSRC');
  t.deepEqual(
    [...receiver.counters.refused],
    [
      ['SRTP_TRUNCATED', 1],
      ['RTP_VERSION', 1],
      ['SRTP_TOO_LONG', 1],
      ['RTP_TRUNCATED', 1],
    ],
  );
});

/** Code, place and words of the error that `action` throws. */
function refusalOf(action: () => unknown): readonly [code: string, offset: number | undefined, text: string] {
  try {
    action();
  } catch (error) {
    if (error instanceof CalldrillError) return [error.code, error.where.offset, error.message];
    throw error;
  }
  return ['none', undefined, ''];
}

test('a refusal of a sender says what it met, and at which octet', (t) => {
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  sender.protect(packet(65_534));
  sender.protect(packet(65_537));
  const refusals = [
    () => sender.protect(packet(65_536)),
    () => sender.protect(packet(1, PAYLOAD, 5)),
    () => sender.protect(packet(2, new Uint8Array(65_486))),
  ].map(refusalOf);
  t.deepEqual(refusals, [
    ['SRTP_SEQUENCE', 2, 'sequence number 0 after 1'],
    ['SRTP_SSRC', 8, 'SSRC 0x00000005, not 0xcafebabe'],
    ['SRTP_TOO_LONG', 65_507, '65508 octets, more than 65507'],
  ]);
});

test('a refusal of a receiver says what it met, and at which octet', (t) => {
  const receiver = new SrtpReceiver({ ...master, ssrc: SSRC });
  const packets = protectAll(65_534, 4);
  receiver.unprotect(at(packets, 0));
  receiver.unprotect(at(packets, 3));
  const spoiled = at(packets, 1).slice();
  spoiled[spoiled.length - 1] = (spoiled.at(-1) ?? 0) ^ 1;
  const stranger = new SrtpSender({ ...master, ssrc: 5 }).protect(packet(1, PAYLOAD, 5));
  const refusals = [
    () => receiver.unprotect(at(packets, 3)),
    () => receiver.unprotect(spoiled),
    () => receiver.unprotect(stranger),
    () => receiver.unprotect(new Uint8Array(21)),
    () => receiver.unprotect(new Uint8Array(65_508)),
  ].map(refusalOf);
  t.deepEqual(refusals, [
    ['SRTP_REPLAY', 2, 'sequence number 1 is old, the newest is 1'],
    ['SRTP_TAG', 17, 'the tag of sequence number 65535 does not match'],
    ['SRTP_SSRC', 8, 'SSRC 0x00000005, not 0xcafebabe'],
    ['SRTP_TRUNCATED', 21, '21 octets are too few for a header and a tag of 10'],
    ['SRTP_TOO_LONG', 65_507, '65508 octets, more than 65507'],
  ]);
});

test('keys of the wrong length are refused', (t) => {
  for (const wrong of [{ masterKey: new Uint8Array(32) }, { masterSalt: new Uint8Array(12) }]) {
    t.throws(() => new SrtpSender({ ...master, ...wrong, ssrc: SSRC }), { code: 'SRTP_KEY' });
    t.throws(() => new SrtpReceiver({ ...master, ...wrong }), { code: 'SRTP_KEY' });
  }
  for (const rolloverCounter of [2 ** 32, -1, 1.5])
    t.throws(() => new SrtpReceiver({ ...master, rolloverCounter }), {
      message: /a rollover counter has 32 bits/,
    });
});
