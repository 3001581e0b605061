/**
 * What SRTP does in a call: the profile, and its form as an SP payload. An SP that asks for anything else is refused, not
 * approximated: an initiator that asked for less would otherwise choose the protection of the call.
 */
import { mikeyError, type MikeyRefusal } from './message-errors.ts';
import type { PolicyParameterType, SecurityPolicy } from './payload/security-policy.ts';

/** The SRTP protection profile (RFC 3711; the names are those of RFC 4568). Keys of both have the same lengths. */
export interface SrtpPolicy {
  readonly profile: 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32';
}

/** Octets of the authentication tag of an SRTP packet; SRTCP keeps 10. */
const TAG_OCTETS = { AES_CM_128_HMAC_SHA1_80: 10, AES_CM_128_HMAC_SHA1_32: 4 } as const;

/** What both profiles have in common. */
const COMMON: readonly (readonly [PolicyParameterType, number])[] = [
  ['encryption algorithm', 1],
  ['encryption key length', 16],
  ['authentication algorithm', 1],
  ['authentication key length', 20],
  ['salt length', 14],
  ['SRTP PRF', 0],
  ['key derivation rate', 0],
  ['SRTP encryption', 1],
  ['SRTCP encryption', 1],
  ['FEC order', 0],
  ['SRTP authentication', 1],
];

const PREFIX_LENGTH = ['SRTP prefix length', 0] as const;

const REQUIRED: ReadonlyMap<PolicyParameterType, number> = new Map([...COMMON, PREFIX_LENGTH]);

/** The SP payload of a policy: all thirteen parameters of RFC 3830, nothing left to a default. 44 octets. */
export function securityPolicyOf(policy: SrtpPolicy, number: number): SecurityPolicy {
  const tag = ['authentication tag length', TAG_OCTETS[policy.profile]] as const;
  const parameters = [...COMMON, tag, PREFIX_LENGTH].map(([type, value]) => ({ type, length: 1, value }));
  return { kind: 'SP', number, parameters };
}

/**
 * The policy that a crypto session refers to by `number`. A session that refers to none, and a message without any SP,
 * ask for SRTP's defaults (RFC 3830 section 6.10.1).
 *
 * @throws MIKEY_POLICY when that SP is missing or asks for something else than the two profiles.
 */
export function srtpPolicyFrom(policies: readonly SecurityPolicy[], number: number | undefined): SrtpPolicy {
  if (policies.length === 0 || number === undefined) return { profile: 'AES_CM_128_HMAC_SHA1_80' };
  const policy = policies.find((candidate) => candidate.number === number);
  if (policy === undefined) throw refusal(`a crypto session refers to policy ${number}, which is not there`);
  let tagOctets: number = TAG_OCTETS.AES_CM_128_HMAC_SHA1_80;
  for (const { type, value } of policy.parameters) {
    if (type === 'authentication tag length') tagOctets = value;
    else if (REQUIRED.get(type) !== value) throw refusal(`${type} ${value} is not done here`);
  }
  if (tagOctets === TAG_OCTETS.AES_CM_128_HMAC_SHA1_80) return { profile: 'AES_CM_128_HMAC_SHA1_80' };
  if (tagOctets === TAG_OCTETS.AES_CM_128_HMAC_SHA1_32) return { profile: 'AES_CM_128_HMAC_SHA1_32' };
  throw refusal(`an authentication tag of ${tagOctets} octets is not done here`);
}

function refusal(detail: string): MikeyRefusal {
  return mikeyError('MIKEY_POLICY', detail);
}
