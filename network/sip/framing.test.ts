import test from 'ava';
import * as fc from 'fast-check';
import { concat } from '../../sim/octets.ts';
import { SipFramer, type Framed } from './framing.ts';
import { SIP_LIMITS } from './limits.ts';
import { parseMessage } from './message.ts';
import { serialise } from './serialise.ts';
import { ACK, BYE, frame, INVITE, LOOSE, OK, RINGING, wire } from './sip.fuzz.ts';

const messages = [INVITE, RINGING, OK, ACK, BYE];
const stream = concat(...messages.map(serialise));

function lostWith(framed: readonly Framed[]): string | undefined {
  const last = framed.at(-1);
  return last?.kind === 'unreadable' && last.lost ? last.error.code : undefined;
}

test('one octet at a time gives the same messages as all at once', (t) => {
  const read = messages.map((message) => parseMessage(serialise(message)));
  t.deepEqual(frame(stream, 1), read);
  t.deepEqual(frame(stream, stream.length), read);
});

test('any cut of any stream gives the same, broken ones too', (t) => {
  const pieces = [
    ...messages.map(serialise),
    LOOSE,
    wire('', ''),
    wire('GARBAGE', 'l: 3', '', 'abc'),
    wire('OPTIONS sip:a SIP/2.0', '', ''),
    wire('\r'),
    wire('OPTIONS sip:a SIP/2.0', 'l: 70000', '', ''),
  ];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pieces), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 20 }),
      (parts, cuts) => {
        const octets = concat(...parts);
        const framer = new SipFramer();
        const framed: Framed[] = [];
        for (let at = 0, turn = 0; at < octets.length; turn++) {
          const to = at + (cuts[turn % cuts.length] ?? 1);
          framed.push(...framer.push(octets.subarray(at, to)));
          at = to;
        }
        t.deepEqual(framed, frame(octets, octets.length + 1));
      },
    ),
    { numRuns: 200 },
  );
  t.pass();
});

test('keep-alives before, between and behind messages are passed over', (t) => {
  const bye = serialise(BYE);
  const alive = wire('', '', '');
  for (const size of [1, 3, 10_000]) {
    const framed = frame(concat(alive, bye, alive, alive, bye, alive), size);
    t.deepEqual(
      framed.map(({ kind }) => kind),
      ['request', 'request'],
    );
  }
  const framer = new SipFramer();
  framer.push(alive);
  t.is(framer.pending, 0);
});

test('a message that is cut waits for its rest', (t) => {
  const framer = new SipFramer();
  const bye = serialise(BYE);
  t.deepEqual(framer.push(bye.subarray(0, 40)), []);
  t.is(framer.pending, 40);
  t.is(framer.push(bye.subarray(40)).length, 1);
  t.is(framer.pending, 0);
});

test('a message that is wrong but has an end is handed over, and the next one is read', (t) => {
  const wrong = wire('OPTIONS  sip:a SIP/2.0', 'Content-Length: 3', '', 'abc');
  const framed = frame(concat(wrong, serialise(BYE)), 5);
  t.is(framed.length, 2);
  t.like(framed[0], { kind: 'unreadable', lost: false, octets: wrong });
  t.is(framed[0]?.kind === 'unreadable' ? framed[0].error.code : undefined, 'SIP_START_LINE');
  t.is(framed[1]?.kind, 'request');
});

for (const [what, lines, code] of [
  ['no Content-Length', ['Via: x'], 'SIP_CONTENT_LENGTH'],
  ['two of them', ['Content-Length: 0', 'l: 0'], 'SIP_CONTENT_LENGTH'],
  ['two in one', ['Content-Length: 0, 0'], 'SIP_CONTENT_LENGTH'],
  ['one that is negative', ['Content-Length: -1'], 'SIP_CONTENT_LENGTH'],
  ['one that is empty', ['Content-Length:'], 'SIP_CONTENT_LENGTH'],
  ['one of another base', ['Content-Length: 0x10'], 'SIP_CONTENT_LENGTH'],
  ['one of many digits', ['Content-Length: 0000000000'], 'SIP_CONTENT_LENGTH'],
  ['one over the limit', [`Content-Length: ${SIP_LIMITS.bodyOctets + 1}`], 'SIP_BODY_TOO_LONG'],
] as const) {
  test(`the stream is lost with ${what}`, (t) => {
    const head = wire('OPTIONS sip:a SIP/2.0', ...lines, '', '');
    for (const size of [1, 10_000]) {
      const framer = new SipFramer();
      const framed: Framed[] = [];
      const octets = concat(serialise(BYE), head, serialise(BYE));
      for (let at = 0; at < octets.length; at += size)
        framed.push(...framer.push(octets.subarray(at, at + size)));
      t.is(framed.length, 2, 'what came before is read, what follows is not');
      t.is(lostWith(framed), code);
      t.deepEqual(framed[1]?.kind === 'unreadable' ? framed[1].octets : undefined, head);
      t.true(framer.lost);
      t.deepEqual(framer.push(serialise(BYE)), []);
      t.is(framer.pending, 0);
    }
  });
}

/** Each hides a Content-Length, or the end of the head, from who takes lines as RFC 3261 has them; others may see it. */
for (const [what, head] of [
  ['a bare LF', 'X-Pad: a\nContent-Length: 212\r\nContent-Length: 0\r\n\r\n'],
  ['a bare CR', 'X-Pad: a\rContent-Length: 212\r\nContent-Length: 0\r\n\r\n'],
  ['a head that ends with bare LFs, too', 'Content-Length: 0\r\nX: a\n\nX-Pad: a\r\n\r\n'],
  ['an empty line of CR LF LF', 'Content-Length: 0\r\n\nX-Pad: a\r\n\r\n'],
  ['a zero octet', 'Content-Length\0: 212\r\nContent-Length: 0\r\n\r\n'],
  ['a line that is no header', 'Content-Length 212\r\nContent-Length: 0\r\n\r\n'],
  ['a name with a space of another script', 'Content-Length\u00a0: 212\r\nContent-Length: 0\r\n\r\n'],
  ['a continuation of the first line', ' Content-Length: 212\r\nContent-Length: 0\r\n\r\n'],
] as const) {
  test(`the stream is lost with ${what}: somebody else could find another end`, (t) => {
    const octets = wire(`OPTIONS tel:+447700900456 SIP/2.0\r\n${head}`);
    for (const size of [1, 10_000]) {
      const framed = frame(concat(serialise(BYE), octets, serialise(BYE)), size);
      t.is(framed.length, 2, 'what came before is read, what follows is not');
      t.is(lostWith(framed), 'SIP_HEADER_LINE');
    }
  });
}

test('a Content-Length may be folded and spaced as any header', (t) => {
  const octets = wire(
    Buffer.from(serialise(BYE)).toString().replace('Content-Length: 0', 'CONTENT-length \t:\r\n  0 '),
  );
  t.is(frame(octets, 4)[0]?.kind, 'request');
});

test('no message hides in another one by a second reading of its length', (t) => {
  const smuggled = Buffer.from(serialise(BYE)).toString();
  const outer = Buffer.from(serialise(INVITE)).toString();
  for (const trick of [
    outer.replace('Content-Length: ', 'X: \nContent-Length: 0\r\nContent-Length: '),
    outer.replace('Content-Length: ', 'Content-Length : 0\r\nContent-Length: '),
    outer.replace(/Content-Length: \d+/, `X: y\r\n Content-Length: ${smuggled.length}`),
  ]) {
    const framed = frame(wire(trick + smuggled), 10_000);
    t.true(framed[0]?.kind === 'unreadable');
  }
});

test('headers without an end are given up at the limit, in any pieces', (t) => {
  const endless = wire('OPTIONS sip:a SIP/2.0', 'X: '.padEnd(SIP_LIMITS.messageOctets + 5_000, 'x'), '', '');
  const results = [1_000, 997, endless.length].map((size) => frame(endless, size));
  for (const result of results) {
    t.is(lostWith(result), 'SIP_MESSAGE_TOO_LONG');
    t.deepEqual(result, results[0]);
  }
  const framer = new SipFramer();
  framer.push(endless.subarray(0, SIP_LIMITS.messageOctets));
  t.false(framer.lost);
  t.is(framer.pending, SIP_LIMITS.messageOctets);
});

test('headers and body within their limits may be too long together', (t) => {
  const lines = Array.from({ length: 40 }, (_, index) => `X-${index}: ${'x'.repeat(1_000)}`);
  const octets = wire('OPTIONS sip:a SIP/2.0', ...lines, `l: ${SIP_LIMITS.bodyOctets}`, '', '');
  t.is(lostWith(frame(octets, 10_000)), 'SIP_MESSAGE_TOO_LONG');
});

test('many messages in one piece take time in proportion', (t) => {
  const bye = serialise(BYE);
  const framed = new SipFramer().push(concat(...Array.from({ length: 2_000 }, () => bye)));
  t.is(framed.length, 2_000);
});
