/** What crosses the links of a world from now on: a digest of every octet, and the TLS handshakes that are under way. */
import { createHash, type Hash } from 'node:crypto';
import { TCP_FIN, TCP_RST, type CapturedPacket } from '../../../network/packet.ts';
import type { TappableLink } from '../../../network/tap.ts';

/** Types of TLS records and of the first handshake message (RFC 5246 6.2.1, 7.4). */
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const CLIENT_HELLO = 1;

/** A hash over all packets on these links. */
export class PacketDigest {
  readonly #hash: Hash = createHash('sha256');

  constructor(links: readonly TappableLink[]) {
    for (const link of links) link.tap((captured) => this.#add(captured));
  }

  get hex(): string {
    return this.#hash.copy().digest('hex');
  }

  #add({ time, link, toward, lost, packet }: CapturedPacket): void {
    const { protocol, from, to, tcp, octets } = packet;
    this.#hash.update(JSON.stringify([time, link, toward, lost, protocol, from, to, tcp, octets.length]));
    this.#hash.update(octets);
  }
}

/** Connections whose handshake has begun and is not over. */
export class Handshakes {
  readonly #open = new Map<string, number>();
  readonly #past: { readonly begins: number; readonly ends: number }[] = [];

  constructor(links: readonly TappableLink[]) {
    for (const link of links) link.tap((captured) => this.#see(captured));
  }

  /** How many are under way now. */
  get open(): number {
    return this.#open.size;
  }

  /** From when to when each lasted that is over. */
  get past(): readonly { readonly begins: number; readonly ends: number }[] {
    return this.#past;
  }

  #see({ time, packet: { from, to, octets, tcp } }: CapturedPacket): void {
    if (tcp === undefined) return;
    const connection = [from, to]
      .map(({ host, port }) => `${host}:${port}`)
      .sort()
      .join(' ');
    const began = this.#open.get(connection);
    if (began === undefined) {
      if (octets[0] === HANDSHAKE && octets[5] === CLIENT_HELLO) this.#open.set(connection, time);
      return;
    }
    if (octets[0] !== APPLICATION_DATA && (tcp.flags & (TCP_FIN | TCP_RST)) === 0) return;
    this.#open.delete(connection);
    this.#past.push({ begins: began, ends: time });
  }
}
