/**
 * Writes the segments of one end of a stream: with its sequence numbers, what it has taken of the peer, and the window that it has
 * left. Whatever goes out acknowledges what came in, so an acknowledgement that was due is then done.
 */
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type { EventNumber } from '../../sim/trace.ts';
import { TCP_ACK, TCP_RST, type TcpHeader } from '../packet.ts';
import type { Flow } from './flow.ts';
import type { HostSurroundings } from './host-surroundings.ts';
import type { Receiver } from './receiver.ts';
import { flagsOf, resetFor, sequenceOf, type OutgoingSegment } from './segment.ts';

const NOTHING = new Uint8Array(0);

/** What {@link SegmentWriter} writes for. */
export interface SegmentSource {
  readonly flow: Flow;
  readonly receiver: Receiver;
  /** What this end takes in one segment, and says so in its SYN: its interface's MTU as it was when the stream was made. */
  readonly segmentOctetsMax: number;
}

/** A writer as a plain value: both initial sequence numbers, and the cause that it would give. */
export type SegmentWriterState = {
  readonly initial: number;
  readonly peerInitial: number | undefined;
  readonly cause: EventNumber;
};

/** The outgoing side of a stream: header, numbers and cause of each segment. When to send what, the sender and the stream decide. */
export class SegmentWriter implements Kept<SegmentWriterState> {
  /** Initial sequence numbers, ours and the peer's. */
  readonly initial: number;
  peerInitial: number | undefined;
  acknowledgementDue = false;
  /** The event that last gave this stream something to do: the cause of segments that a timer sends. */
  cause: EventNumber;
  readonly #fabric: HostSurroundings;
  readonly #source: SegmentSource;

  /** Draws the initial sequence number, unless it goes on where one was. */
  constructor(fabric: HostSurroundings, source: SegmentSource, kept?: SegmentWriterState) {
    this.#fabric = fabric;
    this.#source = source;
    this.initial = kept?.initial ?? fabric.chance('sequence', source.flow.to.host).uint32();
    this.peerInitial = kept?.peerInitial;
    this.cause = kept?.cause ?? 0;
  }

  save(): SegmentWriterState {
    assert(!this.acknowledgementDue, 'a stream at rest owes no acknowledgement');
    return { initial: this.initial, peerInitial: this.peerInitial, cause: this.cause };
  }

  /** Tells the peer what has come, from the position `next` of this end. */
  acknowledge(next: number): void {
    this.#send(this.#header(sequenceOf(this.initial, next), TCP_ACK), NOTHING);
  }

  /** Ends the stream for the peer, at once. */
  reset(next: number): void {
    this.#send({ ...this.#header(sequenceOf(this.initial, next), TCP_RST | TCP_ACK), window: 0 }, NOTHING);
  }

  /** Answers a segment that belongs to no stream the peer could mean. */
  refuse(header: TcpHeader, octets: Uint8Array): void {
    this.#send(resetFor(header, octets), NOTHING);
  }

  /** Sends a segment of the sender's. */
  write(segment: OutgoingSegment): void {
    const sequence = sequenceOf(this.initial, segment.position);
    const header = this.#header(sequence, flagsOf(segment, this.peerInitial !== undefined));
    const { segmentOctetsMax } = this.#source;
    this.#send(segment.syn ? { ...header, segmentOctetsMax } : header, segment.octets);
  }

  #header(sequence: number, flags: number): TcpHeader {
    const { receiver } = this.#source;
    const acknowledgement = this.peerInitial === undefined ? 0 : sequenceOf(this.peerInitial, receiver.next);
    return { sequence, acknowledgement, flags, window: receiver.window };
  }

  #send(tcp: TcpHeader, octets: Uint8Array): void {
    this.acknowledgementDue = false;
    const { flow } = this.#source;
    const copy = octets.length === 0 ? NOTHING : this.#fabric.arena.copy(octets);
    const { current } = this.#fabric.trace;
    const cause = current === 0 ? this.cause : current;
    this.#fabric.transmit({ protocol: 'tcp', from: flow.from, to: flow.to, octets: copy, tcp, flow, cause });
  }
}
