/**
 * The media relay of one call: two UDP ports, one facing each handset. What comes in on one goes out of the other, octet for
 * octet: the server holds no media key and changes nothing but addresses (clause para-12).
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { Address, Attachment, DatagramSocket, HostNumbers } from '../../network/fabric.ts';
import { rewriteTransport } from '../../network/sip/index.ts';

/** Packets that came from each party, and strays: those from any other address. */
export interface RelayCounters {
  /** Packets that came from the caller and from the callee. */
  readonly fromCaller: number;
  readonly fromCallee: number;
  /** Packets from an address that is not a party of this call. */
  readonly strays: number;
}

/**
 * Two ports of one call, open from the INVITE to the end. Packets pass once both parties are set, and only from their
 * addresses.
 */
export class Relay {
  readonly #callerSide: DatagramSocket;
  readonly #calleeSide: DatagramSocket;
  #caller: Address | undefined;
  #callee: Address | undefined;
  #fromCaller = 0;
  #fromCallee = 0;
  #strays = 0;

  /** `onStray` is told of each packet from an address that is not the party's. */
  constructor(attachment: Attachment, onStray: (from: Address) => void) {
    const stray = (party: Address | undefined, from: Address): void => {
      this.#strays++;
      // A party that is not known yet may send before its answer has come.
      if (party !== undefined) onStray(from);
    };
    this.#callerSide = attachment.openDatagram(0, (from, octets) => {
      if (!isFrom(this.#caller, from)) return stray(this.#caller, from);
      this.#fromCaller++;
      if (this.#callee !== undefined) this.#calleeSide.give(this.#callee, octets);
    });
    this.#calleeSide = attachment.openDatagram(0, (from, octets) => {
      if (!isFrom(this.#callee, from)) return stray(this.#callee, from);
      this.#fromCallee++;
      if (this.#caller !== undefined) this.#callerSide.give(this.#caller, octets);
    });
  }

  /** Where each party finds the relay. */
  get callerSide(): Address {
    return this.#callerSide.local;
  }
  get calleeSide(): Address {
    return this.#calleeSide.local;
  }

  /** The addresses of the offer and of the answer. */
  setCaller(address: Address): void {
    this.#caller = address;
  }
  setCallee(address: Address): void {
    this.#callee = address;
  }

  get counters(): RelayCounters {
    return { fromCaller: this.#fromCaller, fromCallee: this.#fromCallee, strays: this.#strays };
  }

  /** Sockets that are closed may be closed again, and so may a relay. */
  close(): void {
    this.#callerSide.close();
    this.#calleeSide.close();
  }
}

function isFrom(party: Address | undefined, from: Address): boolean {
  return party !== undefined && party.host === from.host && party.port === from.port;
}

/**
 * A description with the relay's address in place of the peer's. Offers and answers were read before: only somebody who tampers makes one that
 * cannot be. It passes, and the phone refuses it.
 */
export function throughRelay(body: Uint8Array, relay: Address, numbers: HostNumbers): Uint8Array {
  try {
    return rewriteTransport(body, { host: numbers.numberOf(relay.host), port: relay.port });
  } catch (error) {
    if (error instanceof CalldrillError) return body;
    throw error;
  }
}
