/**
 * The signatures that went through a server: who signed in which month, and with which public validation token. A token is in clear in every
 * I_MESSAGE, and belongs to one SSK: a number that signs with two in a month has two SSKs, whoever made the second (para-16).
 */
import { CalldrillError } from '../../sim/errors.ts';
import { toHex } from '../../sim/octets.ts';
import { claimedSender, parseMessage, periodOf, unixMsOf } from '../../network/mikey/index.ts';
import { parseOffer } from '../../network/sip/index.ts';
import { readDiskImage } from '../hardware/index.ts';
import type { Ports } from '../ports.ts';
import type { Crs } from './crs.ts';

const CALL = /^call\//;
const PVT_OCTETS = 65;

/** Where it is told, and which promises hold. */
export type SignatureWitness = Pick<Ports, 'trace' | 'rules'>;

/** Lists them, and tells how many numbers signed with more than one token in a month. */
export function listSignatures(crs: Crs, { trace, rules }: SignatureWitness): readonly string[] {
  const tokens = new Map<string, Set<string>>();
  for (const { signer, pvt } of signaturesOn(crs.extract()))
    tokens.set(signer, (tokens.get(signer) ?? new Set<string>()).add(pvt));
  const named = rules.holds('crs.names-signers') ? [...tokens] : [];
  const several = named.filter(([, pvts]) => pvts.size > 1).map(([signer]) => signer);
  const data = { signers: tokens.size, several, count: several.length };
  trace.append('crs.signatures-listed', crs.name, data);
  return [...tokens].map(
    ([signer, pvts]) =>
      `${pvts.size > 1 ? '!' : ' '} ${signer}: ${[...pvts].map((pvt) => pvt.slice(-8)).join(', ')}`,
  );
}

interface Signature {
  /** Number and month: `+447700900001 2015-10`. */
  readonly signer: string;
  /** In hexadecimal digits. */
  readonly pvt: string;
}

function signaturesOn(image: Uint8Array): readonly Signature[] {
  return [...readDiskImage(image).live].flatMap(([name, { value }]) =>
    CALL.test(name) ? (signatureIn(value) ?? []) : [],
  );
}

/** Of an offer that a phone would not read either, nothing is said. */
function signatureIn(offer: Uint8Array): Signature | undefined {
  try {
    const octets = parseOffer(offer).mikey;
    if (octets === undefined) return undefined;
    const message = parseMessage(octets);
    const sender = claimedSender(message);
    if (sender === undefined) return undefined;
    const signer = `${sender} ${periodOf(unixMsOf(message.timestamp))}`;
    return { signer, pvt: toHex(message.sign.signature.subarray(-PVT_OCTETS)) };
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
