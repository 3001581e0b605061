import test from 'ava';
import { cseqOf, fromOf, topViaOf, toOf } from './field.ts';
import { SipHeaders } from './headers.ts';
import { parseMessage } from './message.ts';
import { serialise } from './serialise.ts';
import { INVITE, LOOSE, OK } from './sip.fuzz.ts';

test('a name in another alphabet is read as it is written, not as its octets', (t) => {
  const text = Buffer.from(serialise(INVITE)).toString().replace('"Alice"', '"Zoë 王"');
  const message = parseMessage(new Uint8Array(Buffer.from(text)));
  t.is(fromOf(message).display, 'Zoë 王');
  t.is(toOf(message).display, undefined);
});

test('a field is read once for a message, and anew where headers were changed', (t) => {
  for (const octets of [serialise(INVITE), serialise(OK), LOOSE]) {
    const message = parseMessage(octets);
    for (const fieldOf of [topViaOf, fromOf, toOf, cseqOf]) t.is(fieldOf(message), fieldOf(message));
    const headers = message.headers.without('CSeq').with('CSeq', '8 BYE');
    t.deepEqual(cseqOf({ ...message, headers }), { sequence: 8, method: 'BYE' });
    t.deepEqual(fromOf({ ...message, headers }), fromOf(message));
    t.throws(() => toOf({ ...message, headers: headers.without('To') }), { code: 'SIP_HEADER_MISSING' });
    t.throws(() => fromOf({ ...message, headers: SipHeaders.of([['From', 'x']]) }), {
      code: 'SIP_HEADER_VALUE',
    });
  }
});
