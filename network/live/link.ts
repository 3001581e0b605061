/**
 * A link of the live fabric: two hosts that may reach each other, and a tap. The real network lies between them, so it has no
 * delay or loss of its own and cannot be diverted.
 *
 * The tap sits at the sockets of the first end, a handset's: there it sees both directions. A datagram is seen when it is sent and when
 * it is received. Of a stream the octets are seen as they pass to and from the socket, below TLS, in segments with the sequence
 * numbers that TCP would give them; what TCP does besides (acknowledgements, retransmission) is the kernel's and is not seen.
 */
import type { Clock } from '../../sim/clock.ts';
import type { Packet } from '../packet.ts';
import type { TapListener, TappableLink } from '../tap.ts';

/** Two live hosts that may reach each other, and the tap between them. */
export class LiveLink implements TappableLink {
  readonly name: string;
  readonly ends: readonly [string, string];
  readonly #clock: Clock;
  readonly #taps: TapListener[] = [];

  constructor(name: string, ends: readonly [string, string], clock: Clock) {
    this.name = name;
    this.ends = ends;
    this.#clock = clock;
  }

  tap(listener: TapListener): () => void {
    this.#taps.push(listener);
    return () => {
      const at = this.#taps.indexOf(listener);
      if (at >= 0) this.#taps.splice(at, 1);
    };
  }

  /** A packet passed a socket of `host`. The octets are copied. */
  see(packet: Packet, host: string): void {
    if (this.#taps.length === 0 || host !== this.ends[0]) return;
    const captured = {
      time: this.#clock.now(),
      link: this.name,
      toward: packet.to.host,
      lost: false,
      packet: { ...packet, octets: packet.octets.slice() },
    };
    for (const listener of this.#taps) listener(captured);
  }
}
