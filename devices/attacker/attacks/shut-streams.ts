/**
 * Which keys have opened nothing of which recorded packets. An attack looks for its way before it goes it, and controls go after it, so most
 * keys are tried on the same packets more than once; and a wrong key costs most, since it is tried on every packet with every rollover counter.
 * Only that nothing opened is remembered, and only of the very same packets, which nobody changes once they are made.
 */
import { toHex } from '../../../sim/octets.ts';
import type { SrtpMaster } from '../../../network/rtp/index.ts';

type Packets = readonly Uint8Array[];

/** Lists of packets that begin with the same one: a call is heard from one moment on, or another. */
const LISTS_MAX = 4;
const KEYS_MAX = 256;

/** Goes by the first packet, and is forgotten with it. */
const shut = new WeakMap<Uint8Array, { readonly packets: Packets; readonly keys: Set<string> }[]>();

/** Whether a key is known to open none of these packets. */
export function isShut(packets: Packets, master: SrtpMaster): boolean {
  return triedOn(packets)?.keys.has(nameOf(master)) ?? false;
}

/** The key has opened none of them. */
export function rememberShut(packets: Packets, master: SrtpMaster): void {
  const [first] = packets;
  if (first === undefined) return;
  const known = triedOn(packets);
  const keys = known?.keys ?? new Set();
  keys.add(nameOf(master));
  const [oldest] = keys;
  if (keys.size > KEYS_MAX && oldest !== undefined) keys.delete(oldest);
  if (known === undefined) shut.set(first, [...(shut.get(first) ?? []), { packets, keys }].slice(-LISTS_MAX));
}

function triedOn(packets: Packets): { readonly packets: Packets; readonly keys: Set<string> } | undefined {
  const [first] = packets;
  const lists = first === undefined ? undefined : shut.get(first);
  return lists?.find(
    (each) => each.packets.length === packets.length && each.packets.every((one, at) => one === packets[at]),
  );
}

function nameOf({ masterKey, masterSalt, profile }: SrtpMaster): string {
  return `${profile} ${toHex(masterKey)} ${toHex(masterSalt)}`;
}
