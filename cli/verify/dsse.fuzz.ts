/** Fuzz target: the envelope of a signed statement, as a stranger may send it. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { isSignedBy, openEnvelope, sealed } from './dsse.ts';

/** RFC 8032 section 7.1, test 1: the seed in the PKCS #8 form of RFC 8410. */
const PRIVATE_KEY = createPrivateKey({
  key: Buffer.from(
    '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'hex',
  ),
  format: 'der',
  type: 'pkcs8',
});
const PUBLIC_KEY = createPublicKey(PRIVATE_KEY);

/** An envelope without a payload, and one with a little; what is read is held against the key as well. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'DSSE envelope',
    samples: ['', '{"_type":"https://in-toto.io/Statement/v1"}'].map((payload) =>
      Buffer.from(sealed('application/vnd.in-toto+json', Buffer.from(payload), PRIVATE_KEY, PUBLIC_KEY)),
    ),
    parse: (input) => isSignedBy(openEnvelope(Buffer.from(input).toString('utf8'), 'fuzz'), PUBLIC_KEY),
  },
];
