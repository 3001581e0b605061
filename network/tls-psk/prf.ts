/** The pseudorandom function of TLS 1.2: P_SHA256, whatever hash the cipher suite's MAC uses (RFC 5246 section 5). */
import { createHmac } from 'node:crypto';
import { concat, fromAscii } from '../../sim/octets.ts';

/** `length` octets of PRF(secret, label, seed). Any lengths. */
export function prf(secret: Uint8Array, label: string, seed: Uint8Array, length: number): Uint8Array {
  const labelledSeed = concat(fromAscii(label), seed);
  const out = new Uint8Array(length);
  let a: Uint8Array = labelledSeed;
  for (let at = 0; at < length;) {
    a = hmac(secret, a);
    const block = hmac(secret, a, labelledSeed).subarray(0, length - at);
    out.set(block, at);
    at += block.length;
  }
  return out;
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}
