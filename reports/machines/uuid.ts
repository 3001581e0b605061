/**
 * UUIDs of version 5 (RFC 9562 section 5.5): made from a text, so the same thing has the same one on every machine and every rerun, and no
 * chance is in it.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '../../sim/canonical-json.ts';

/** Namespace of all that calldrill names: the UUIDv5 of `calldrill` in the namespace of ISO OIDs' sibling for URLs (6ba7b811). */
const NAMESPACE = nameBased(Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex'), 'urn:calldrill');

/** The UUID of a value: equal values have equal ones. */
export function uuidOf(value: JsonValue): string {
  const hex = nameBased(NAMESPACE, canonicalJson(value)).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function nameBased(namespace: Uint8Array, name: string): Buffer {
  const octets = createHash('sha1').update(namespace).update(name, 'utf8').digest().subarray(0, 16);
  octets.writeUInt8((octets.readUInt8(6) & 0x0f) | 0x50, 6);
  octets.writeUInt8((octets.readUInt8(8) & 0x3f) | 0x80, 8);
  return octets;
}
