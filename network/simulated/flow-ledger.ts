/**
 * The ledger of flows: counters and a digest for each flow, link and virtual second, so that the trace pins every octet on the wire
 * without an event per packet.
 */
import { SECOND, type Clock, type Micros } from '../../sim/clock.ts';
import type { Trace } from '../../sim/trace.ts';
import type { PacketWitness } from '../packet.ts';
import type { DropReason } from './events.ts';
import { keyOf, type Flow, type FlowPacket } from './flow.ts';
import { DIGEST_BUFFER_OCTETS, FlowSecond } from './flow-second.ts';

const DIGEST_HEX = 32;

/**
 * Counts the packets of each flow and puts them into the trace once a second, with a digest; what went wrong with a packet appears
 * at once.
 */
export class FlowLedger {
  /** Who else is told of every packet; nobody but a capture. */
  witness: PacketWitness | undefined;
  readonly #clock: Clock;
  readonly #trace: Trace;
  /** Flows with packets in the running second, by flow; one that crosses several links has one for each, chained. */
  readonly #active = new Map<string, FlowSecond>();
  /** The same, in order of their first packet. */
  #seconds: FlowSecond[] = [];
  /** Flows that know their counters of the running second. */
  #flows: Flow[] = [];
  /** Oddities already reported in the running second. */
  readonly #reported = new Set<string>();
  /** Buffers of finished seconds, to be used again. */
  readonly #buffers: Uint8Array[] = [];
  /** End of the running second; -1 when nothing happened in it. */
  #ends: Micros = -1;

  constructor(clock: Clock, trace: Trace) {
    this.#clock = clock;
    this.#trace = trace;
  }

  /** Whether a second is under way: it is over before the network is kept. */
  get isOpen(): boolean {
    return this.#ends >= 0;
  }

  /** Counts a packet that sets out on `link` toward the host `toward`. */
  sent(packet: FlowPacket, link: string, toward: string): void {
    this.#second(packet.flow, link).add(packet);
    this.witness?.sent(packet, link, toward, packet.cause);
  }

  /** Counts a packet, already counted as sent, that a link lost. */
  lost(packet: FlowPacket, link: string): void {
    this.#second(packet.flow, link).lost++;
    this.witness?.lost(packet, link);
  }

  noRoute(flow: Flow): void {
    if (!this.#first(`no-route ${keyOf(flow)}`)) return;
    const { protocol, from, fromText, toText } = flow;
    this.#trace.append('network.no-route', from.host, { protocol, from: fromText, to: toText });
  }

  /** A packet that reached `host` in vain. */
  dropped(flow: Flow, host: string, reason: DropReason): void {
    if (!this.#first(`${reason} ${keyOf(flow)}`)) return;
    const { protocol, fromText, toText } = flow;
    this.#trace.append('network.dropped', host, { protocol, from: fromText, to: toText, reason });
  }

  /** Reports the running second, cut short: called once, when a run ends. */
  flush(): void {
    if (this.#ends < 0) return;
    const began = this.#ends - SECOND;
    this.#ends = -1;
    this.#reported.clear();
    const seconds = this.#seconds;
    this.#seconds = [];
    this.#active.clear();
    for (const flow of this.#flows) flow.second = undefined;
    this.#flows = [];
    for (const second of seconds) {
      const { flow, link, packets, octets, lost } = second;
      const { protocol, fromText, toText } = flow;
      const digest = second.digest().slice(0, DIGEST_HEX);
      this.#buffers.push(second.buffer);
      const data = { protocol, from: fromText, to: toText, began, packets, octets, lost, digest };
      this.#trace.append('network.flow', link, data, 0);
    }
  }

  #first(oddity: string): boolean {
    this.#enter();
    if (this.#reported.has(oddity)) return false;
    this.#reported.add(oddity);
    return true;
  }

  #second(flow: Flow, link: string): FlowSecond {
    this.#enter();
    let last: FlowSecond | undefined;
    // Flows of the same ends are one, but a socket has one flow for each peer, so the table is asked once a second.
    if (flow.second === undefined) {
      flow.second = this.#active.get(keyOf(flow));
      this.#flows.push(flow);
    }
    for (let second = flow.second; second !== undefined; second = second.next) {
      if (second.link === link) return second;
      last = second;
    }
    const buffer = this.#buffers.pop() ?? new Uint8Array(DIGEST_BUFFER_OCTETS);
    const second = new FlowSecond(flow, link, buffer);
    this.#seconds.push(second);
    if (last !== undefined) last.next = second;
    else {
      this.#active.set(keyOf(flow), second);
      flow.second = second;
    }
    return second;
  }

  /** Sees to it that the running second is the one on the clock. An idle second costs no event. */
  #enter(): void {
    const now = this.#clock.now();
    if (now < this.#ends) return;
    this.flush();
    const into = now % SECOND;
    const ends = now - into + SECOND;
    this.#ends = ends;
    this.#clock.schedule(SECOND - into, () => {
      if (this.#ends === ends) this.flush();
    });
  }
}
