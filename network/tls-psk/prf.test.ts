import test from 'ava';
import { fromAscii, fromHex, toHex } from '../../sim/octets.ts';
import { prf } from './prf.ts';

// The P_SHA256 vector of the IETF TLS working group's mailing list, message msg03416 ("TLS 1.2 PRF test vectors").
const VECTOR = {
  secret: '9bbe436ba940f017b17652849a71db35',
  seed: 'a0ba9f936cda311827a6f796ffd5198c',
  label: 'test label',
  output:
    'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a' +
    '6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab' +
    '4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701' +
    '87347b66',
};

const secret = fromHex(VECTOR.secret) ?? new Uint8Array(0);
const seed = fromHex(VECTOR.seed) ?? new Uint8Array(0);

test('P_SHA256 gives the published vector', (t) => {
  t.is(toHex(prf(secret, VECTOR.label, seed, 100)), VECTOR.output);
});

test('every shorter output is a beginning of the longer one', (t) => {
  for (let length = 0; length <= 100; length++)
    t.is(toHex(prf(secret, VECTOR.label, seed, length)), VECTOR.output.slice(0, 2 * length));
});

test('secret, label and seed each change the output', (t) => {
  const outputs = [
    prf(secret, VECTOR.label, seed, 16),
    prf(fromAscii('x'), VECTOR.label, seed, 16),
    prf(secret, 'test labem', seed, 16),
    prf(secret, VECTOR.label, fromAscii('x'), 16),
  ];
  t.is(new Set(outputs.map(toHex)).size, 4);
});
