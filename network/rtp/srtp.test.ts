import test from 'ava';
import * as fc from 'fast-check';
import { equal, toHex } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { REPLAY_WINDOW } from './packet-index.ts';
import { parseRtp, serialiseRtp } from './rtp.ts';
import { type SrtpProfile, TAG_OCTETS } from './session-keys.ts';
import {
  referenceKeys,
  referenceProtect,
  referenceRollover,
  referenceUnprotect,
} from './srtp-reference.fixture.ts';
import { at, master, packet, PROFILES, protectAll, SSRC } from './srtp.fixture.ts';
import { SrtpSender } from './srtp-sender.ts';
import { SrtpReceiver } from './srtp.ts';

/** What becomes of one packet on the way. */
const passage = fc.record({
  octets: fc.oneof(
    { weight: 8, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1_000, maxLength: 1_400 }) },
  ),
  csrcs: fc.oneof(fc.constant([]), fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 15 })),
  extended: fc.boolean(),
  /** Sequence numbers between this packet and the one before it, less one that the sender skips. */
  step: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4 })),
  lost: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  doubled: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  delay: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 200 })),
});

test('both ends agree with the reference through loss, reordering, duplicates and rollover', (t) => {
  let opened = 0;
  let refused = 0;
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.uint8Array({ minLength: 14, maxLength: 14 }),
      fc.constantFrom<SrtpProfile>(...PROFILES),
      fc.oneof(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 65_400, max: 65_535 })),
      fc.constantFrom(0, 1, 0xfffffffe),
      fc.array(passage, { minLength: 1, maxLength: 150, size: 'max' }),
      (masterKey, masterSalt, profile, first, rolloverCounter, passages) => {
        const tagOctets = TAG_OCTETS[profile];
        const keys = referenceKeys(masterKey, masterSalt);
        const sender = new SrtpSender({ masterKey, masterSalt, profile, ssrc: SSRC, rolloverCounter });
        let index = rolloverCounter * 65_536 + first;
        const onTheWay: { index: number; due: number; clear: Uint8Array; sealed: Uint8Array }[] = [];
        for (const [i, { octets, csrcs, extended, step, lost, doubled, delay }] of passages.entries()) {
          if (i > 0) index += step;
          const clear = serialiseRtp({
            marker: false,
            payloadType: 0,
            sequence: index % 65_536,
            timestamp: i,
            ssrc: SSRC,
            csrcs,
            ...(extended && { extension: { profile: 1, data: new Uint8Array(12) } }),
            payload: octets,
            paddingOctets: 0,
          });
          const sealed = sender.protect(clear);
          const roc = Math.floor(index / 65_536);
          t.is(toHex(sealed), toHex(referenceProtect(keys, clear, roc, tagOctets)));
          t.is(sender.rolloverCounter, roc);
          // The first packet arrives first: a receiver that never saw it may start in the wrong turn.
          if (i === 0 || !lost) onTheWay.push({ index, due: i === 0 ? -1 : i + delay, clear, sealed });
          if (doubled) onTheWay.push({ index, due: i + 3, clear, sealed });
        }
        onTheWay.sort((a, b) => a.due - b.due);

        const receiver = new SrtpReceiver({ masterKey, masterSalt, profile, rolloverCounter });
        const seen = new Set<number>();
        let roc: number = rolloverCounter;
        let highest = first;
        for (const { index, clear, sealed } of onTheWay) {
          const newest = roc * 65_536 + highest;
          if (seen.has(index) || index <= newest - REPLAY_WINDOW) {
            t.throws(() => receiver.unprotect(sealed), { code: 'SRTP_REPLAY' });
            refused++;
            continue;
          }
          const sequence = index % 65_536;
          const estimate = referenceRollover(roc, highest, sequence);
          t.is(toHex(receiver.unprotect(sealed)), toHex(clear));
          t.is(
            toHex(referenceUnprotect(keys, sealed, estimate, tagOctets) ?? new Uint8Array(0)),
            toHex(clear),
          );
          seen.add(index);
          if (index > newest) [roc, highest] = [estimate, sequence];
          t.is(receiver.rolloverCounter, roc);
          opened++;
        }
        t.is(receiver.counters.opened, seen.size);
      },
    ),
    // Not shrunk: a scene is large, and its seed is enough to see it again.
    { numRuns: 60, endOnFailure: true },
  );
  t.true(opened > 2_000, `${opened} packets opened`);
  t.true(refused > 100, `${refused} packets refused`);
});

test('a long stream passes 65535 three times, some packets lost', (t) => {
  const random = new SeededRandom('srtp').stream('long');
  const keys = referenceKeys(master.masterKey, master.masterSalt);
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  const receiver = new SrtpReceiver(master);
  let wrong = 0;
  for (let index = 30_000; index < 30_000 + 3 * 65_536; index++) {
    const clear = packet(index);
    const sealed = sender.protect(clear);
    if (random.chance(0.02)) continue;
    if (!equal(receiver.unprotect(sealed), clear)) wrong++;
    if (index % 997 === 0) {
      t.is(toHex(sealed), toHex(referenceProtect(keys, clear, Math.floor(index / 65_536), 10)));
    }
  }
  t.is(wrong, 0);
  t.is(receiver.rolloverCounter, 3);
  t.is(receiver.counters.refused.size, 0);
});

for (const profile of PROFILES) {
  test(`no bit of a packet can be changed: ${profile}`, (t) => {
    const receiver = new SrtpReceiver({ ...master, profile, ssrc: SSRC });
    const [sealed = new Uint8Array(0)] = protectAll(5, 1, { ...master, profile });
    for (let bit = 0; bit < 8 * sealed.length; bit++) {
      const forged = sealed.slice();
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      t.throws(() => receiver.unprotect(forged), { name: 'CalldrillError' }, `bit ${bit}`);
    }
    t.is(receiver.counters.opened, 0);
    t.is(
      [...receiver.counters.refused.values()].reduce((sum, n) => sum + n, 0),
      8 * sealed.length,
    );
    t.is(toHex(receiver.unprotect(sealed)), toHex(packet(5)), 'none of them did harm');
  });
}

test('a packet under another key or salt has the wrong tag; under another rollover counter it is out of step', (t) => {
  const [sealed = new Uint8Array(0)] = protectAll(5, 1);
  for (const other of [{ masterKey: new Uint8Array(16) }, { masterSalt: new Uint8Array(14) }]) {
    t.throws(() => new SrtpReceiver({ ...master, ...other }).unprotect(sealed), { code: 'SRTP_TAG' });
  }
  const ahead = new SrtpReceiver({ ...master, rolloverCounter: 1 });
  t.throws(() => ahead.unprotect(sealed), { code: 'SRTP_OUT_OF_STEP' });
});

test('a packet is received once, within the window or beyond it', (t) => {
  const packets = protectAll(0, 200);
  const receiver = new SrtpReceiver(master);
  receiver.unprotect(at(packets, 0));
  t.throws(() => receiver.unprotect(at(packets, 0)), { code: 'SRTP_REPLAY' });
  receiver.unprotect(at(packets, 199));
  receiver.unprotect(at(packets, 199 - REPLAY_WINDOW + 1));
  t.throws(() => receiver.unprotect(at(packets, 199 - REPLAY_WINDOW)), { code: 'SRTP_REPLAY' });
  t.throws(() => receiver.unprotect(at(packets, 199 - REPLAY_WINDOW + 1)), { code: 'SRTP_REPLAY' });
  t.is(receiver.counters.opened, 3);
  t.is(receiver.counters.refused.get('SRTP_REPLAY'), 3);
});

test('a replay is refused before its tag is looked at', (t) => {
  const [sealed = new Uint8Array(0)] = protectAll(5, 1);
  const receiver = new SrtpReceiver(master);
  receiver.unprotect(sealed);
  const spoiled = sealed.slice();
  spoiled[spoiled.length - 1] = (spoiled.at(-1) ?? 0) ^ 1;
  t.throws(() => receiver.unprotect(spoiled), { code: 'SRTP_REPLAY' });
});

test('a forged packet far ahead does not move the window', (t) => {
  const packets = protectAll(0, 2);
  const receiver = new SrtpReceiver(master);
  receiver.unprotect(at(packets, 0));
  const forged = at(packets, 1).slice();
  forged[2] = 0x40;
  t.throws(() => receiver.unprotect(forged), { code: 'SRTP_TAG' });
  t.is(toHex(receiver.unprotect(at(packets, 1))), toHex(packet(1)));
});

test('a packet that claims to come before the stream began is old, not a rollover', (t) => {
  const receiver = new SrtpReceiver(master);
  receiver.unprotect(at(protectAll(3, 1), 0));
  for (const sequence of [65_535, 65_530, 65_000]) {
    const forged = at(protectAll(sequence, 1), 0).slice();
    forged[12] = (forged[12] ?? 0) ^ 1;
    t.throws(() => receiver.unprotect(forged), { code: 'SRTP_REPLAY' });
  }
});

test('the SSRC is learned from the first packet that authenticates, not from a forged one', (t) => {
  const receiver = new SrtpReceiver(master);
  const [sealed = new Uint8Array(0), next = new Uint8Array(0)] = protectAll(5, 2);
  const forged = sealed.slice();
  forged[8] = 0;
  t.throws(() => receiver.unprotect(forged), { code: 'SRTP_TAG' });
  t.is(receiver.ssrc, undefined);
  receiver.unprotect(sealed);
  t.is(receiver.ssrc, SSRC);
  const other = new SrtpSender({ ...master, ssrc: 0x12345678 });
  t.throws(() => receiver.unprotect(other.protect(packet(6, new Uint8Array(3), 0x12345678))), {
    code: 'SRTP_SSRC',
    message: 'SSRC 0x12345678, not 0xcafebabe',
  });
  t.is(toHex(receiver.unprotect(next)), toHex(packet(6)));
});

test('the rollover counter outlives a master key', (t) => {
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  const receiver = new SrtpReceiver(master);
  for (const sequence of [0x7ffe, 0xfffd, 0x10000]) receiver.unprotect(sender.protect(packet(sequence)));
  const fresh = { ...master, masterKey: new Uint8Array(16).fill(9) };
  const nextSender = new SrtpSender({ ...fresh, ssrc: SSRC, rolloverCounter: sender.rolloverCounter });
  const nextReceiver = new SrtpReceiver({ ...fresh, rolloverCounter: receiver.rolloverCounter });
  t.is(nextSender.rolloverCounter, 1);
  t.is(nextReceiver.rolloverCounter, 1);
  const sealed = nextSender.protect(packet(1));
  t.is(toHex(nextReceiver.unprotect(sealed)), toHex(packet(1)));
  t.throws(() => new SrtpReceiver(fresh).unprotect(sealed), { code: 'SRTP_OUT_OF_STEP' }, 'not with 0');
});

test('a key is not used for more than 2^48 packets', (t) => {
  const last = { ...master, rolloverCounter: 0xffffffff };
  const sender = new SrtpSender({ ...last, ssrc: SSRC });
  const receiver = new SrtpReceiver(last);
  t.is(toHex(receiver.unprotect(sender.protect(packet(65_535)))), toHex(packet(65_535)));
  t.throws(() => sender.protect(packet(0)), {
    code: 'SRTP_LIMIT',
    message: 'the next packet would be number 2^48 under this master key',
  });
  t.is(sender.rolloverCounter, 0xffffffff);
  t.throws(() => receiver.unprotect(at(protectAll(0, 1), 0)), { code: 'SRTP_LIMIT' });
});

test('a sender never lets a sequence number serve twice', (t) => {
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  sender.protect(packet(100));
  for (const sequence of [100, 99, 100 + 0x8000]) {
    t.throws(() => sender.protect(packet(sequence, Uint8Array.of(9))), {
      code: 'SRTP_SEQUENCE',
    });
  }
  t.notThrows(() => sender.protect(packet(100 + 0x7fff)));
});

test('a stream may begin with number 0, which serves once like every other', (t) => {
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  const receiver = new SrtpReceiver(master);
  const first = sender.protect(packet(0));
  t.throws(() => sender.protect(packet(0, Uint8Array.of(9))), { code: 'SRTP_SEQUENCE' });
  t.is(toHex(receiver.unprotect(first)), toHex(packet(0)));
  // What comes before number 0 is old: it is not taken for the first packet of another stream.
  const late = new SrtpSender({ ...master, ssrc: SSRC }).protect(packet(65_535));
  t.throws(() => receiver.unprotect(late), { code: 'SRTP_OUT_OF_STEP' });
  t.is(receiver.rolloverCounter, 0);
});

test('a packet can be written into memory of the caller, over itself too', (t) => {
  const expected = toHex(at(protectAll(5, 1), 0));
  const into = new Uint8Array(100).fill(0xee);
  const sealed = new SrtpSender({ ...master, ssrc: SSRC }).protect(packet(5), into);
  t.is(sealed.buffer, into.buffer);
  t.is(toHex(sealed), expected);
  t.true(into.subarray(sealed.length).every((octet) => octet === 0xee));

  const memory = new Uint8Array(packet(5).length + 10);
  memory.set(packet(5));
  new SrtpSender({ ...master, ssrc: SSRC }).protect(memory.subarray(0, -10), memory);
  t.is(toHex(memory), expected);
  const short = new Uint8Array(10);
  t.throws(() => new SrtpSender({ ...master, ssrc: SSRC }).protect(packet(5), short), { message: /room/ });
});

test('packets handed out are never written on again, and what is given is not changed', (t) => {
  const random = new SeededRandom('srtp').stream('memory');
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  const receiver = new SrtpReceiver(master);
  const kept: { octets: Uint8Array; copy: string }[] = [];
  const keep = (octets: Uint8Array): void => {
    kept.push({ octets, copy: toHex(octets) });
  };
  for (let sequence = 0; sequence < 1_000; sequence++) {
    const clear = packet(sequence, random.octets(random.below(600)));
    keep(clear);
    const sealed = sender.protect(clear);
    keep(sealed);
    keep(receiver.unprotect(sealed));
    t.throws(() => receiver.unprotect(sealed));
  }
  t.true(kept.every(({ octets, copy }) => toHex(octets) === copy));
});

test('padding is encrypted with the payload', (t) => {
  const padded = serialiseRtp({ ...parseRtp(packet(5)), paddingOctets: 7 });
  const sealed = new SrtpSender({ ...master, ssrc: SSRC }).protect(padded);
  t.is(sealed.length, padded.length + 10);
  t.is(parseRtp(new SrtpReceiver(master).unprotect(sealed)).paddingOctets, 7);
});
