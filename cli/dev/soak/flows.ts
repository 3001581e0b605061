/**
 * Counts the packets of each flow of voice at four places: sent by a phone, come to the server, sent on, come to the other phone. Each packet
 * is known by its own octets, which no relay changes; so a count holds for the packets that set out within the window, and
 * none that came before or after can stand in for one that was lost.
 */
import type { Address, Attachment, DatagramSocket } from '../../../network/fabric.ts';

/** One direction of one call. */
export interface CallFlow {
  readonly from: string;
  readonly to: string;
  /** Sent by the phone. */
  readonly sent: number;
  /** Come to the server: the first leg. */
  readonly relayIn: number;
  /** Sent on by the server. */
  readonly relayOut: number;
  /** Come to the other phone: the second leg. */
  readonly received: number;
}

type CallFlowCounts = { -readonly [Key in keyof CallFlow]: CallFlow[Key] };

const SERVER = 'crs';

/** Counts while its window is open, one flow for each direction of each call. */
export class FlowCounts {
  readonly #flows = new Map<string, CallFlowCounts>();
  /** Packets of the window that have not arrived, by what they are. */
  readonly #underWay = new Map<number, CallFlowCounts>();
  readonly #peerOf: (phone: string) => string | undefined;
  #open = false;

  /** `peerOf` says whom a phone talks with; a packet of nobody's call is not counted. */
  constructor(peerOf: (phone: string) => string | undefined) {
    this.#peerOf = peerOf;
  }

  /** Packets that set out from now on count. */
  begin(): void {
    this.#open = true;
  }

  /** Packets that set out from now on do not count; those under way do when they arrive. */
  end(): void {
    this.#open = false;
  }

  get flows(): readonly CallFlow[] {
    return [...this.#flows.values()];
  }

  /** Packets of the window that have not arrived. */
  get missing(): number {
    return this.#underWay.size;
  }

  /** The attachment of a device, with its datagrams counted. `loses` drops what comes in, for a planted loss. */
  watch(attachment: Attachment, loses: () => boolean = () => false): Attachment {
    const { host, numbers } = attachment;
    const isServer = host === SERVER;
    return {
      host,
      numbers,
      openDatagram: (port, onDatagram) => {
        const socket = attachment.openDatagram(port, (from, octets) => {
          if (loses()) return;
          if (isServer) this.#passed(octets, 'relayIn');
          else this.#arrived(octets);
          onDatagram(from, octets);
        });
        return this.#watched(socket, (octets) =>
          isServer ? this.#passed(octets, 'relayOut') : this.#setOut(host, octets),
        );
      },
      listen: (port, accept) => attachment.listen(port, accept),
      connect: (to, handlers) => attachment.connect(to, handlers),
      claimSecure: (local, remote, handlers) => attachment.claimSecure(local, remote, handlers),
      listenSecure: (port, options, accept) => attachment.listenSecure(port, options, accept),
      connectSecure: (to, options, handlers) => attachment.connectSecure(to, options, handlers),
      detach: () => attachment.detach(),
    };
  }

  #watched(socket: DatagramSocket, onSend: (octets: Uint8Array) => void): DatagramSocket {
    return {
      local: socket.local,
      send(to: Address, octets: Uint8Array): void {
        onSend(octets);
        socket.send(to, octets);
      },
      give(to: Address, octets: Uint8Array): void {
        onSend(octets);
        socket.give(to, octets);
      },
      close: () => socket.close(),
    };
  }

  #setOut(from: string, octets: Uint8Array): void {
    const to = this.#open ? this.#peerOf(from) : undefined;
    if (to === undefined) return;
    let counts = this.#flows.get(from);
    if (counts === undefined) {
      counts = { from, to, sent: 0, relayIn: 0, relayOut: 0, received: 0 };
      this.#flows.set(from, counts);
    }
    counts.sent++;
    this.#underWay.set(keyOf(octets), counts);
  }

  #passed(octets: Uint8Array, place: 'relayIn' | 'relayOut'): void {
    const counts = this.#underWay.get(keyOf(octets));
    if (counts !== undefined) counts[place]++;
  }

  #arrived(octets: Uint8Array): void {
    const key = keyOf(octets);
    const counts = this.#underWay.get(key);
    if (counts === undefined) return;
    counts.received++;
    this.#underWay.delete(key);
  }
}

/** The sequence number and the end of the authentication tag: 48 bits that no two packets share by chance. */
function keyOf(octets: Uint8Array): number {
  const at = octets.length - 4;
  const tag =
    (octets[at] ?? 0) * 0x100_0000 +
    ((octets[at + 1] ?? 0) << 16) +
    ((octets[at + 2] ?? 0) << 8) +
    (octets[at + 3] ?? 0);
  return ((octets[2] ?? 0) * 256 + (octets[3] ?? 0)) * 0x1_0000_0000 + tag;
}
