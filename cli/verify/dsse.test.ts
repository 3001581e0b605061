/** The envelope, held against the encoding of Sigstore and against its own forms. */
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { dsse } from '@sigstore/core';
import test from 'ava';
import fc from 'fast-check';
import { isSignedBy, openEnvelope, preAuthenticationEncoding, sealed } from './dsse.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const publicKey = createPublicKey(privateKey);
const other = createPublicKey(generateKeyPairSync('ed25519').privateKey);

test('the encoding that is signed is that of the specification and of Sigstore', (t) => {
  const text = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');
  t.is(
    text(preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'))),
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.uint8Array(), (type, payload) => {
      const theirs = dsse.preAuthEncoding(type, Buffer.from(payload));
      t.deepEqual(text(preAuthenticationEncoding(type, payload)), text(theirs));
    }),
    { numRuns: 100 },
  );
});

test('what was sealed opens to what it was, and is signed by its key alone', (t) => {
  const envelope = sealed('a/b', Buffer.from('{}'), privateKey, publicKey);
  const opened = openEnvelope(envelope, 'x');
  t.is(Buffer.from(opened.payload).toString(), '{}');
  t.true(isSignedBy(opened, publicKey));
  t.false(isSignedBy(opened, other));
  t.false(isSignedBy({ ...opened, payloadType: 'a/c' }, publicKey));
  t.false(isSignedBy({ ...opened, payload: Buffer.from('{ }') }, publicKey));
  t.true(verify(null, dsse.preAuthEncoding('a/b', Buffer.from('{}')), publicKey, opened.signature));
});

test('an envelope in any other form is refused', (t) => {
  const envelope = sealed('a/b', Buffer.from('{}'), privateKey, publicKey);
  const { signatures, ...rest } = JSON.parse(envelope) as { signatures: object[] };
  for (const bad of [
    '',
    '[]',
    JSON.stringify(rest),
    JSON.stringify({ ...rest, signatures: [] }),
    JSON.stringify({ ...rest, signatures: [...signatures, ...signatures] }),
    envelope.replace('e30=', 'e30'),
    envelope.replace('e30=', 'e31='),
  ])
    t.throws(() => openEnvelope(bad, 'x'), { code: 'VERIFY_BUNDLE' }, bad);
});
