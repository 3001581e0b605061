/**
 * A tunnel through a network that is not trusted, as that network sees it. Each packet inside is written out whole and sealed with AES-128-GCM, and
 * what crosses the outer link is that, in UDP between the phone's address there and the gateway (ESP in UDP, RFC 3948; RFC 4106). Who taps the outer
 * link gets these octets and no others: how much is sent, and when.
 *
 *     +---------------+---------------+-------------------------------+
 *     |              security parameters index (SPI)                  |
 *     +---------------------------------------------------------------+
 *     |                      sequence number                          |
 *     +---------------------------------------------------------------+
 *     |                          IV (8 octets)                        |
 *     +---------------------------------------------------------------+
 *     :     AES-128-GCM( header length (2) | header | payload ), ICV (16)
 *     +---------------------------------------------------------------+
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { concat, fromAscii, toAscii } from '../../sim/octets.ts';
import type { CapturedPacket, Packet } from '../packet.ts';
import type { TapListener, TappableLink } from '../tap.ts';

/** UDP port of ESP behind address translation (RFC 3948). */
const TUNNEL_PORT = 4500;
/** Octets of its key: AES-128, and the salt of the nonce (RFC 4106 8.1). */
export const TUNNEL_KEY_OCTETS = 20;
const AES_OCTETS = 16;
const SPI = Uint8Array.of(0xca, 0x11, 0xd2, 0x11);
const HEADER_OCTETS = 16;
const ICV_OCTETS = 16;

/** Where a tunnel runs: the link inside, the one that carries it, and what both ends and nobody else have. */
export interface TunnelOptions {
  /** Packets in clear cross this one, between the phone and the gateway; nobody but the tunnel listens there. */
  readonly inner: TappableLink;
  readonly outer: TappableLink;
  /** The phone's address on the outer network. */
  readonly phone: string;
  readonly gateway: string;
  /** Octets that seal what is inside, 20 of them. */
  readonly key: Uint8Array;
  /** False where what is inside crosses the outer link as it is: a tunnel that is none. */
  readonly seals?: boolean;
}

/** One tunnel: what is inside it, and what it looks like from outside. */
export class Tunnel {
  readonly #options: TunnelOptions;

  constructor(options: TunnelOptions) {
    this.#options = options;
  }

  /** Shows `listener` what the tunnel puts on the outer link, until the returned function is called. */
  tap(listener: TapListener): () => void {
    const { inner, outer, phone, gateway, seals = true } = this.#options;
    return inner.tap((captured) => {
      if (!seals) return listener({ ...captured, link: outer.name });
      const isUp = captured.toward === gateway;
      const [from, to] = isUp ? [phone, gateway] : [gateway, phone];
      const toward = outer.ends[isUp ? 1 : 0];
      listener({
        time: captured.time,
        link: outer.name,
        toward,
        lost: captured.lost,
        packet: {
          protocol: 'udp',
          from: { host: from, port: TUNNEL_PORT },
          to: { host: to, port: TUNNEL_PORT },
          octets: this.seal(captured),
        },
      });
    });
  }

  /** The packet as it crosses the outer link. The same packet at the same time is the same octets: no nonce is used for two. */
  seal({ time, toward, packet }: CapturedPacket): Uint8Array {
    const plain = written(packet);
    const hash = createHash('sha256').update(`${time} ${toward} `).update(plain).digest();
    const iv = hash.subarray(0, 8);
    const header = concat(SPI, hash.subarray(8, 12), iv);
    const cipher = createCipheriv('aes-128-gcm', this.#aes, this.#nonce(iv));
    cipher.setAAD(header);
    return concat(header, cipher.update(plain), cipher.final(), cipher.getAuthTag());
  }

  /** What a holder of the key makes of such octets; undefined of others, and of those that were changed. */
  open(octets: Uint8Array): Packet | undefined {
    if (octets.length < HEADER_OCTETS + ICV_OCTETS) return undefined;
    const end = octets.length - ICV_OCTETS;
    const nonce = this.#nonce(octets.subarray(8, HEADER_OCTETS));
    const decipher = createDecipheriv('aes-128-gcm', this.#aes, nonce, { authTagLength: ICV_OCTETS });
    decipher.setAAD(octets.subarray(0, HEADER_OCTETS));
    decipher.setAuthTag(octets.subarray(end));
    const plain = decipher.update(octets.subarray(HEADER_OCTETS, end));
    try {
      decipher.final();
    } catch {
      return undefined;
    }
    const length = plain.readUInt16BE(0);
    const header = JSON.parse(toAscii(plain.subarray(2, 2 + length))) as Omit<Packet, 'octets'>;
    return { ...header, octets: new Uint8Array(plain.subarray(2 + length)) };
  }

  get #aes(): Uint8Array {
    return this.#options.key.subarray(0, AES_OCTETS);
  }

  #nonce(iv: Uint8Array): Uint8Array {
    return concat(this.#options.key.subarray(AES_OCTETS), iv);
  }
}

/** A link as somebody sees it who taps it while tunnels run through it: what crosses it, and what the tunnels put on it. */
export function carrying(outer: TappableLink, tunnels: readonly Tunnel[]): TappableLink {
  return {
    name: outer.name,
    ends: outer.ends,
    tap: (listener) => {
      const ends = [outer.tap(listener), ...tunnels.map((tunnel) => tunnel.tap(listener))];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

function written({ octets, ...header }: Packet): Uint8Array {
  const text = fromAscii(JSON.stringify(header));
  return concat(Uint8Array.of(text.length >> 8, text.length & 0xff), text, octets);
}
