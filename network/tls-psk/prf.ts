/** The pseudorandom function of TLS 1.2: P_SHA256, whatever hash the cipher suite's MAC uses (RFC 5246 section 5). */
import { concat, fromAscii } from '../../sim/octets.ts';
import { ShortHmac } from '../short-hmac.ts';

/** `length` octets of PRF(secret, label, seed). Any lengths. */
export function prf(secret: Uint8Array, label: string, seed: Uint8Array, length: number): Uint8Array {
  const labelledSeed = concat(fromAscii(label), seed);
  const mac = new ShortHmac('sha256', secret);
  const out = new Uint8Array(length);
  let a: Uint8Array = labelledSeed;
  for (let at = 0; at < length;) {
    a = mac.digest(a);
    const block = mac.digest(a, labelledSeed).subarray(0, length - at);
    out.set(block, at);
    at += block.length;
  }
  return out;
}
