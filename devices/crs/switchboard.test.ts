/** Who may place a call: INVITEs on a session of Carol's, said by somebody who can say anything. */
import test from 'ava';
import { concat, fromAscii, toAscii } from '../../sim/octets.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';
import { intruder } from './intruder.fixture.ts';

/** The offer of a call that Carol placed to Bob herself: everything in it is hers, and signed. */
function offerOfCarol(bed: Testbed): Uint8Array {
  const offers: Uint8Array[] = [];
  bed.crs.tamper = ({ body }) => {
    offers.push(body);
    return body;
  };
  bed.call(bed.carol, 'bob', '--for 1s');
  bed.run(10);
  bed.crs.tamper = undefined;
  return offers[0] ?? new Uint8Array(0);
}

function invite(from: string, body: Uint8Array): Uint8Array {
  const lines = [
    `INVITE tel:${NUMBERS.bob} SIP/2.0`,
    'Via: SIP/2.0/TLS x:1;branch=z9hG4bKi1',
    'Max-Forwards: 70',
    `From: <${from}>;tag=1`,
    `To: <tel:${NUMBERS.bob}>`,
    'Call-ID: i',
    'CSeq: 1 INVITE',
    'Contact: <sip:x:1>',
    'Content-Type: application/sdp',
    `Content-Length: ${body.length}`,
  ];
  return concat(fromAscii(`${lines.join('\r\n')}\r\n\r\n`), body);
}

for (const [what, from, isRouted] of [
  ['the control: in her own name', `tel:${NUMBERS.carol}`, true],
  ["in Alice's name", `tel:${NUMBERS.alice}`, false],
  ['in the name of an address', 'sip:carol@crs', false],
] as const)
  for (const check of ['required', 'off'])
    test(`Carol's offer on Carol's session, ${what}; identity-check ${check}`, (t) => {
      const bed = Testbed.enrolled({ parameters: { 'identity-check': check }, answers: true });
      const body = offerOfCarol(bed);
      const before = bed.events('crs.call-routed').length;
      const { stream, heard } = intruder(bed);
      stream.write(invite(from, body));
      bed.run(1);
      t.is(bed.events('crs.call-routed').length - before, isRouted ? 1 : 0);
      if (isRouted) return;
      t.regex(heard.text, /^SIP\/2\.0 403 /);
      t.like(bed.last('crs.call-refused'), {
        from: 'carol',
        to: 'bob',
        status: 403,
        reason: 'From is not the user of this session',
        code: null,
      });
      t.is(bed.bob.line, 'idle');
    });

for (const [what, from, to] of [
  ['media in clear', 'RTP/SAVP', 'RTP/AVP'],
  ['no stream at all', 'm=audio', 'x=audio'],
] as const)
  test(`an offer that is tampered with to be ${what} is refused by the phone, and breaks nothing`, (t) => {
    const bed = Testbed.enrolled({ answers: true });
    let passed = 0;
    bed.crs.tamper = ({ body }) => {
      passed++;
      return fromAscii(toAscii(body).replace(from, to));
    };
    bed.call(bed.carol, 'bob', '--for 1s');
    bed.run(40);
    t.is(passed, 1);
    t.is(bed.events('handset.call-secure').length, 0);
    t.like(bed.last('crs.call-ended'), { from: 'carol', to: 'bob', reason: 'refused' });
    t.deepEqual([bed.carol.line, bed.bob.line], ['idle', 'idle']);
    bed.crs.tamper = undefined;
    bed.call(bed.carol, 'bob', '--for 1s');
    bed.run(20);
    t.is(bed.events('handset.call-secure').length, 2, 'and the next call is as ever');
  });
