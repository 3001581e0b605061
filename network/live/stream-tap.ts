/** What a tap sees of one TCP connection, as segments: made from the octets that pass a socket. */
import type { Address } from '../fabric.ts';
import { TCP_ACK, TCP_FIN, TCP_PSH, TCP_RST, TCP_SYN } from '../packet.ts';
import type { LiveLink } from './link.ts';

const WINDOW = 65_535;
const NOTHING = new Uint8Array(0);
/** Between the initial sequence numbers of two connections: a port that is used again then begins a new one. */
const APART = 64_007_009;

/** One direction. */
interface TappedSide {
  readonly from: Address;
  readonly to: Address;
  sequence: number;
}

let connections = 0;

/** Shows a link what passes one TCP connection, as segments with the sequence numbers that TCP would give them. */
export class StreamTap {
  readonly #link: LiveLink;
  readonly #host: string;
  readonly #out: TappedSide;
  readonly #back: TappedSide;

  /** `client` opened the connection; `host` is the end at whose socket this is. */
  constructor(link: LiveLink, host: string, client: Address, server: Address) {
    this.#link = link;
    this.#host = host;
    const sequence = (++connections * APART) >>> 0;
    this.#out = { from: client, to: server, sequence };
    this.#back = { from: server, to: client, sequence };
    this.#see(this.#out, TCP_SYN, NOTHING);
    this.#see(this.#back, TCP_SYN | TCP_ACK, NOTHING);
  }

  toServer(octets: Uint8Array): void {
    this.#see(this.#out, TCP_PSH | TCP_ACK, octets);
  }

  toClient(octets: Uint8Array): void {
    this.#see(this.#back, TCP_PSH | TCP_ACK, octets);
  }

  ended(inOrder: boolean): void {
    this.#see(this.#out, inOrder ? TCP_FIN | TCP_ACK : TCP_RST, NOTHING);
    if (inOrder) this.#see(this.#back, TCP_FIN | TCP_ACK, NOTHING);
  }

  #see(side: TappedSide, flags: number, octets: Uint8Array): void {
    const { from, to, sequence } = side;
    const other = side === this.#out ? this.#back : this.#out;
    const tcp = { sequence, acknowledgement: other.sequence, flags, window: WINDOW };
    this.#link.see({ protocol: 'tcp', from, to, octets, tcp }, this.#host);
    const counted = octets.length + ((flags & (TCP_SYN | TCP_FIN)) === 0 ? 0 : 1);
    side.sequence = (sequence + counted) >>> 0;
  }
}
