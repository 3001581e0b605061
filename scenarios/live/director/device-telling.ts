/** What a device tells its director of what it does and sees: events with their secrets, and packets on the links that it has. */
import { toHex } from '../../../sim/octets.ts';
import { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { CapturedPacket } from '../../../network/packet.ts';
import type { FromDevice } from './message.ts';

/** An event as it is written to the channel; the values of its secrets go beside it, for a trace prints none. */
export function eventOf(event: AnyTraceEvent): FromDevice {
  return { type: 'event', event: { ...event, data: { ...event.data } }, secrets: secretsOf(event) };
}

function secretsOf({ data }: AnyTraceEvent): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>();
  for (const [field, value] of Object.entries(data)) {
    if (value instanceof Secret) secrets.set(field, toHex(value.reveal()));
    if (!Array.isArray(value)) continue;
    for (const [at, each] of value.entries())
      if (each instanceof Secret) secrets.set(`${field}.${at}`, toHex(each.reveal()));
  }
  return secrets;
}

/** A packet that was seen on a link, in base64. */
export function tappedOf({ link, packet }: CapturedPacket): FromDevice {
  const { protocol, from, to, octets, tcp } = packet;
  const base64 = Buffer.from(octets).toString('base64');
  return { type: 'tapped', link, protocol, from, to, octets: base64, tcp: tcp ?? null };
}
