import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { fuzz } from '../../sim/fuzz.ts';
import { fuzzTargets } from './rtp.fuzz.ts';

/** Every code that mutants of the samples must have met; a target that meets fewer no longer tests its refusals. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  RTP: ['RTP_TRUNCATED', 'RTP_VERSION', 'RTP_PADDING'],
  'SRTP AES_CM_128_HMAC_SHA1_80': [
    'RTP_TRUNCATED',
    'RTP_VERSION',
    'SRTP_TRUNCATED',
    'SRTP_SSRC',
    'SRTP_REPLAY',
    'SRTP_TAG',
  ],
  'SRTP AES_CM_128_HMAC_SHA1_32': [
    'RTP_TRUNCATED',
    'RTP_VERSION',
    'SRTP_TRUNCATED',
    'SRTP_SSRC',
    'SRTP_REPLAY',
    'SRTP_TAG',
  ],
  RTCP: ['RTCP_COMPOUND', 'RTCP_PADDING', 'RTCP_SDES', 'RTCP_TRUNCATED', 'RTCP_VERSION'],
  SRTCP: ['SRTCP_REPLAY', 'SRTCP_TAG', 'SRTCP_TRUNCATED', 'SRTP_SSRC'],
  'recorded SRTP': [],
  WAV: ['WAV_TRUNCATED', 'WAV_FORMAT', 'WAV_LENGTH'],
};

for (const target of fuzzTargets) {
  test(`every mutant is read or refused: ${target.name}`, (t) => {
    const outcome = fuzz(target, 4_000);
    t.deepEqual(outcome.defects, []);
    t.deepEqual([...outcome.codes.keys()].sort(), EXPECTED[target.name]?.toSorted());
    t.true(outcome.read > 0);
  });

  test(`every truncation of a sample is read or refused: ${target.name}`, (t) => {
    for (const sample of target.samples) {
      for (let length = 0; length < sample.length; length++) {
        try {
          target.parse(sample.subarray(0, length));
        } catch (error) {
          t.true(error instanceof CalldrillError, `${length} octets`);
        }
      }
      t.notThrows(() => target.parse(sample.slice()), 'the whole sample');
    }
  });
}
