/** Key management in SDP: who carries the MIKEY message, and what is refused (RFC 4567 sections 3.1 and 4.1). */
import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { statusOf } from './errors.ts';
import { directionOf, hasRtcpMux, keyMgmtOf, ptimeOf, ssrcOf } from './sdp-attribute.ts';
import { formatSdp } from './sdp-format.ts';
import { answerOf, offerOf, parseAnswer, parseOffer, type MediaParts } from './sdp-offer.ts';
import { parseSdp } from './sdp-parse.ts';
import type { SdpAttribute, SessionDescription } from './sdp.ts';
import { wire } from './sip.fuzz.ts';

const MIKEY = Uint8Array.from({ length: 593 }, (_, index) => index & 0xff);
const alice: MediaParts = {
  host: 'alice-phone',
  port: 40_000,
  sessionId: '1',
  ssrc: 0xffff_ffff,
  cname: 'alice',
  ptimeMs: 20,
};
const bob: MediaParts = { ...alice, host: '192.0.2.7', port: 65_535, ssrc: 0 };
const OFFER = offerOf(alice, MIKEY);
const ANSWER = answerOf(bob, OFFER);

function refusalOf(action: () => unknown): { code: string; status: number } | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof CalldrillError) return { code: error.code, status: statusOf(error) };
    throw error;
  }
}

const attribute = (name: string, value?: string): SdpAttribute => ({ name, value });

function withMedia(sdp: SessionDescription, ...attributes: readonly SdpAttribute[]): SessionDescription {
  return { ...sdp, mediaAttributes: attributes };
}

test('the offer is what wire format and RFC say, line by line', (t) => {
  t.is(
    Buffer.from(formatSdp(OFFER)).toString(),
    [
      'v=0',
      'o=- 1 1 IN IP4 alice-phone',
      's=-',
      'c=IN IP4 alice-phone',
      't=0 0',
      `a=key-mgmt:mikey ${Buffer.from(MIKEY).toString('base64')}`,
      'm=audio 40000 RTP/SAVP 0',
      'a=rtpmap:0 PCMU/8000',
      'a=ptime:20',
      'a=sendrecv',
      'a=rtcp-mux',
      'a=ssrc:4294967295 cname:alice',
      '',
    ].join('\r\n'),
  );
});

test('an offer carries the MIKEY message, the answer none', (t) => {
  const offer = parseOffer(formatSdp(OFFER));
  t.deepEqual(offer, { description: OFFER, mikey: MIKEY });
  const answer = parseAnswer(formatSdp(ANSWER), offer.description);
  t.deepEqual(answer, ANSWER);
  t.is(keyMgmtOf(answer), undefined);
  t.is(ssrcOf(answer), 0);
  t.is(ssrcOf(OFFER), 0xffff_ffff);
  t.is(ptimeOf(OFFER), 20);
  t.true(hasRtcpMux(answer));
});

test('3.1: the message may stand at the stream, and behind one space', (t) => {
  const base64 = Buffer.from(MIKEY).toString('base64');
  const sdp = withMedia({ ...OFFER, sessionAttributes: [] }, attribute('key-mgmt', ` mikey ${base64}`));
  t.deepEqual(parseOffer(formatSdp(sdp)).mikey, MIKEY);
});

test('4.1.4: an offer without key management is refused with 488', (t) => {
  const octets = formatSdp({ ...OFFER, sessionAttributes: [] });
  t.deepEqual(
    refusalOf(() => parseOffer(octets)),
    { code: 'SDP_KEY_MGMT_MISSING', status: 488 },
  );
});

test('an answer with key management is refused with 488', (t) => {
  const octets = formatSdp({ ...ANSWER, sessionAttributes: OFFER.sessionAttributes });
  t.deepEqual(
    refusalOf(() => parseAnswer(octets, OFFER)),
    { code: 'SDP_KEY_MGMT_UNEXPECTED', status: 488 },
  );
});

test('4.1.4: an offer of an unprotected profile is refused with 488, whatever else it carries', (t) => {
  const octets = wire(Buffer.from(formatSdp(OFFER)).toString().replace('RTP/SAVP', 'RTP/AVP'));
  t.deepEqual(
    refusalOf(() => parseOffer(octets)),
    { code: 'SDP_NOT_SECURE', status: 488 },
  );
});

for (const [what, value] of [
  ['another protocol', 'sdes AAAA'],
  ['no message', 'mikey'],
  ['an empty message', 'mikey '],
  ['text that is not base64', 'mikey AA*A'],
  ['base64 without its padding', 'mikey AAA'],
  ['base64 with stray bits', 'mikey AB=='],
  ['too much padding', 'mikey AAAA=='],
  ['something behind the message', 'mikey AAAA AAAA'],
  ['two spaces before it', '  mikey AAAA'],
] as const) {
  test(`3.1: key management of ${what} is refused with 488`, (t) => {
    const text = Buffer.from(formatSdp(OFFER)).toString();
    const octets = wire(text.replace(/key-mgmt:[^\r]*/, `key-mgmt:${value}`));
    t.deepEqual(
      refusalOf(() => parseOffer(octets)),
      { code: 'SDP_KEY_MGMT', status: 488 },
    );
  });
}

test('a second key management is refused: which one counts must not be a matter of taste', (t) => {
  const text = Buffer.from(formatSdp(OFFER)).toString();
  const octets = wire(text.replace('a=rtpmap', 'a=key-mgmt:mikey AAAA\r\na=rtpmap'));
  t.deepEqual(
    refusalOf(() => parseOffer(octets)),
    { code: 'SDP_KEY_MGMT', status: 488 },
  );
});

test('RFC 3264 6: an answer takes only what was offered', (t) => {
  const mismatch = { code: 'SDP_ANSWER_MISMATCH', status: 488 };
  const moreTypes = formatSdp({ ...ANSWER, payloadTypes: [0, 8] });
  t.deepEqual(
    refusalOf(() => parseAnswer(moreTypes, OFFER)),
    mismatch,
  );
  const unmultiplexed = {
    ...OFFER,
    mediaAttributes: OFFER.mediaAttributes.filter(({ name }) => name !== 'rtcp-mux'),
  };
  t.deepEqual(
    refusalOf(() => parseAnswer(formatSdp(ANSWER), unmultiplexed)),
    mismatch,
  );
  const separate = answerOf(bob, unmultiplexed);
  t.false(hasRtcpMux(separate));
  t.deepEqual(parseAnswer(formatSdp(separate), unmultiplexed), separate);
});

test('RFC 3264 6.1: the direction of an answer fits that of the offer', (t) => {
  const fits: string[] = [];
  const directions = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];
  for (const offered of directions) {
    for (const answered of directions) {
      const offer = withMedia(OFFER, attribute(offered));
      const octets = formatSdp(withMedia(ANSWER, attribute(answered)));
      const refusal = refusalOf(() => parseAnswer(octets, offer));
      if (refusal === undefined) fits.push(`${offered} ${answered}`);
      else t.is(refusal.code, 'SDP_ANSWER_MISMATCH');
    }
    const offer = withMedia(OFFER, attribute(offered));
    t.notThrows(() => parseAnswer(formatSdp(answerOf(bob, offer)), offer), 'our own answer fits');
  }
  t.deepEqual(fits, [
    'sendrecv sendrecv',
    'sendrecv sendonly',
    'sendrecv recvonly',
    'sendrecv inactive',
    'sendonly recvonly',
    'sendonly inactive',
    'recvonly sendonly',
    'recvonly inactive',
    'inactive inactive',
  ]);
  t.is(directionOf(parseSdp(formatSdp(withMedia(OFFER)))), 'sendrecv', 'unless it says otherwise');
  t.is(ptimeOf(withMedia(OFFER)), undefined);
  t.is(ssrcOf(withMedia(OFFER)), undefined);
});
