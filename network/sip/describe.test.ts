import test from 'ava';
import { describeSip } from './describe.ts';
import { serialise } from './serialise.ts';
import { BYE, INVITE, LOOSE, OK, wire } from './sip.fuzz.ts';

for (const [name, octets] of [
  ['an INVITE', serialise(INVITE)],
  ['a response', serialise(OK)],
  ['a message without a body', serialise(BYE)],
  ['a message of every freedom', LOOSE],
] as const) {
  test(`the fields of ${name} cover every octet once`, (t) => {
    let at = 0;
    for (const field of describeSip(octets)) {
      t.is(field.offset, at, field.name);
      t.true(field.length > 0);
      at += field.length;
    }
    t.is(at, octets.length);
  });
}

test('an INVITE is described down to its session description', (t) => {
  const fields = describeSip(serialise(INVITE));
  t.like(fields[0], { name: 'request line', value: 'INVITE tel:+447700900002 SIP/2.0' });
  t.is(fields.find(({ name }) => name === 'From')?.note, 'claimed by the sender, not verified');
  t.is(fields.find(({ name }) => name === 'sdp m=')?.value, 'audio 40000 RTP/SAVP 0');
  t.is(fields.find(({ value }) => value.startsWith('key-mgmt'))?.note, 'MIKEY message of 593 octets');
  t.is(fields.at(-1)?.name, 'sdp a=');
});

test('headers go by their long names, folds are spaces, another body is counted', (t) => {
  const fields = describeSip(LOOSE);
  t.like(fields[1], { name: 'Via' });
  t.is(fields.find(({ name }) => name === 'Supported')?.value, '100rel,  timer , path');
  t.like(fields.at(-1), { name: 'body', value: '5 octets' });
  t.is(describeSip(serialise(OK))[0]?.name, 'status line');
});

test('what could steer a terminal is spelled out', (t) => {
  const text = Buffer.from(serialise(BYE)).toString().replace('Call-ID', 'X: a\tb\u202ec\u0085\r\nCall-ID');
  t.is(describeSip(wire(text)).find(({ name }) => name === 'X')?.value, 'a\\u{9}b\\u{202e}c\\u{85}');
});
