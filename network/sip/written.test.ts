import test from 'ava';
import { parseMessage, type SipRequest } from './message.ts';
import { serialise } from './serialise.ts';
import { BYE as SAMPLE, frame, INVITE } from './sip.fuzz.ts';
import { parseUri } from './uri.ts';
import { takeHeld } from './written.ts';

/** Of nobody else: other tests of this process write the sample, and what is one octet off it. */
const BYE: SipRequest = { ...SAMPLE, uri: parseUri('sip:bob@of-this-test-alone:5061') };

test('what was written is read once for the stream that it comes out of, and anew for every other', (t) => {
  const octets = serialise(INVITE);
  const [first] = frame(octets, octets.length);
  const [second] = frame(octets, octets.length);
  t.deepEqual(first, parseMessage(octets));
  t.deepEqual(second, first);
  t.not(second, first);
});

test('what differs from it in one octet is another message, or none', (t) => {
  for (let at = 0; at < 40; at++) {
    const octets = serialise(BYE);
    octets[at] = (octets[at] ?? 0) ^ 1;
    t.is(takeHeld(octets), undefined, `octet ${at}`);
  }
});

test('too many at once are forgotten, and read like any other', (t) => {
  const octets = serialise(BYE);
  for (let other = 0; other < 300; other++)
    serialise({ ...BYE, uri: { scheme: 'tel', number: `+44770090${1000 + other}`, parameters: new Map() } });
  t.is(takeHeld(octets), undefined);
  t.deepEqual(frame(octets, octets.length), [parseMessage(octets)]);
});
