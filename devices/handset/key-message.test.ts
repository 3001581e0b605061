import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { Kms, canonicalNumber, parsePeriod, sealIMessage } from '../../network/mikey/index.ts';
import { csbText, factsOf } from './key-message.ts';

test('the facts of an I_MESSAGE are read from its octets', (t) => {
  const random = new SeededRandom('facts').stream('x');
  const kms = Kms.generate(random);
  const from = canonicalNumber('+447700900001');
  const { octets } = sealIMessage({
    from,
    to: canonicalNumber('+447700900002'),
    senderKeys: kms.issue(from, parsePeriod('2015-10'), random),
    kms: kms.public,
    unixMs: Date.UTC(2015, 9, 14),
    random,
    prf: 'PRF-HMAC-SHA-256',
    policy: { profile: 'AES_CM_128_HMAC_SHA1_80' },
  });
  t.deepEqual(factsOf(octets), {
    dataType: 26,
    prf: 'PRF-HMAC-SHA-256',
    sakkeParams: 1,
    signature: 'ECCSI',
    octets: octets.length,
  });
  t.is(csbText(0x1f), '0000001f');
});
