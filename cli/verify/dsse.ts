/**
 * DSSE, as https://github.com/secure-systems-lab/dsse has it (v1.0.2): an envelope around a payload, signed over the pre-authentication encoding, so
 * that nobody can take a signature for one on another type of payload. One Ed25519 signature, and nothing else.
 */
import { sign, verify, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../../sim/canonical-json.ts';
import { listOf, objectOf, readJson, text } from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { verifyError } from './errors.ts';
import { fingerprintOf } from './key-file.ts';

/** A payload with who says to have signed it. */
export interface SignedPayload {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly keyid: string;
  readonly signature: Uint8Array;
}

/** Characters of an envelope, at most: a statement names every check of a suite. */
const ENVELOPE_MAX = 64 * 1024 * 1024;

/** `DSSEv1 <length> <type> <length> <payload>`, lengths in octets, decimal. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType, 'utf8');
  return new Uint8Array(
    Buffer.concat([
      Buffer.from(`DSSEv1 ${type.length} `),
      type,
      Buffer.from(` ${payload.length} `),
      Buffer.from(payload),
    ]),
  );
}

/** The envelope as canonical JSON. */
export function sealed(
  payloadType: string,
  payload: Uint8Array,
  privateKey: KeyObject,
  publicKey: KeyObject,
): string {
  const signature = sign(null, preAuthenticationEncoding(payloadType, payload), privateKey);
  return canonicalJson({
    payloadType,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: fingerprintOf(publicKey), sig: signature.toString('base64') }],
  });
}

const ENVELOPE = objectOf({
  payloadType: text(),
  payload: text(),
  signatures: listOf(objectOf({ keyid: text(), sig: text() })),
});

/** Reads an envelope of one signature. Throws VERIFY_BUNDLE. */
export function openEnvelope(written: string, file: string): SignedPayload {
  if (written.length > ENVELOPE_MAX) throw refusal(file, `it has more than ${ENVELOPE_MAX} characters`);
  const envelope = readJson(
    parseJson(written, () => refusal(file, 'it is not JSON')),
    ENVELOPE,
    { root: 'the envelope', refuse: ({ message }) => refusal(file, message) },
  );
  const [first, ...others] = envelope.signatures;
  if (first === undefined || others.length > 0) throw refusal(file, 'it has not one signature');
  return {
    payloadType: envelope.payloadType,
    payload: octetsOf(envelope.payload, file),
    keyid: first.keyid,
    signature: octetsOf(first.sig, file),
  };
}

/** Whether the key signed it. */
export function isSignedBy(
  { payloadType, payload, signature }: SignedPayload,
  publicKey: KeyObject,
): boolean {
  return verify(null, preAuthenticationEncoding(payloadType, payload), publicKey, signature);
}

/** Base64 in the one form that it is written in: Node forgives much. */
function octetsOf(base64: string, file: string): Uint8Array {
  const octets = Buffer.from(base64, 'base64');
  if (octets.toString('base64') !== base64) throw refusal(file, 'its Base64 is not in canonical form');
  return new Uint8Array(octets);
}

function refusal(file: string, detail: string): Error {
  return verifyError('VERIFY_BUNDLE', `${file}: ${detail}`, { where: { file } });
}
