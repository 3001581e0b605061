/**
 * A stream: one end of a TCP connection (RFC 9293) between a {@link Sender} and a {@link Receiver}.
 *
 * docs/stream-transport.md says what is as in TCP and what is left out: window scaling, selective acknowledgements, delayed
 * acknowledgements, congestion control, urgent data, simultaneous opening, keep-alives. A stream has no half-closed state to its
 * owner: when the peer ends, this end follows once all it wrote has arrived.
 */
import type { Micros, TimerId } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type { Address, CloseReason, Stream, StreamHandlers } from '../fabric.ts';
import { TCP_ACK, TCP_FIN, TCP_RST, TCP_SYN, type TcpHeader } from '../packet.ts';
import { flowOf, textOf, type FlowPacket } from './flow.ts';
import type { HostSurroundings } from './host-surroundings.ts';
import { Receiver } from './receiver.ts';
import {
  has,
  lengthOf,
  positionOf,
  SEGMENT_OCTETS_UNANNOUNCED,
  segmentOctetsFor,
  sequenceOf,
  type OutgoingSegment,
} from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';
import { Sender } from './sender.ts';
import type { SenderSink } from './sender-state.ts';
import type { StreamOwner } from './stream-owner.ts';
import type { EndsOfStream, StreamPhase, StreamState } from './stream-state.ts';

/**
 * One end of a TCP connection in virtual time. Its owner sees a stream of octets; what is lost on the way costs time and nothing
 * else.
 */
export class SimulatedStream implements Stream, SenderSink, Kept<StreamState> {
  readonly local: Address;
  readonly remote: Address;
  readonly side: 'client' | 'server';
  readonly #fabric: HostSurroundings;
  readonly #owner: StreamOwner;
  readonly #segments: SegmentWriter;
  readonly #segmentOctetsMax: number;
  readonly #sender: Sender;
  readonly #receiver: Receiver;
  #handlers: StreamHandlers | undefined;
  #state: StreamPhase;
  /** The peer's FIN came before ours was asked for, so the peer does the lingering. */
  #peerClosedFirst = false;
  /** Set after this end has closed: waits for the peer's close, then lingers. */
  #farewell: TimerId = 0;
  #resuming: TimerId = 0;

  /** `kept` is of one that was open: it goes on as it was, and `handlers` hear of it. */
  constructor(
    { local, remote }: EndsOfStream,
    handlers: StreamHandlers | undefined,
    fabric: HostSurroundings,
    owner: StreamOwner,
    kept?: StreamState,
  ) {
    this.local = local;
    this.remote = remote;
    this.side = kept?.side ?? (handlers === undefined ? 'server' : 'client');
    this.#handlers = handlers;
    this.#fabric = fabric;
    this.#owner = owner;
    this.#state = kept !== undefined ? 'open' : handlers === undefined ? 'syn-received' : 'syn-sent';
    const mtu = fabric.mtuToward(local.host, remote.host);
    this.#segmentOctetsMax = kept?.segmentOctetsMax ?? segmentOctetsFor(mtu.in);
    this.#receiver = new Receiver(kept?.received);
    const [receiver, segmentOctetsMax] = [this.#receiver, this.#segmentOctetsMax];
    const source = { flow: flowOf('tcp', local, remote), receiver, segmentOctetsMax };
    this.#segments = new SegmentWriter(fabric, source, kept?.segments);
    this.#sender = new Sender(fabric.clock, fabric.limits, segmentOctetsFor(mtu.out), this, kept?.sender);
  }

  /** Open, with nothing under way in either direction. */
  get isAtRest(): boolean {
    return this.#state === 'open' && this.#sender.isAtRest && this.#receiver.isAtRest;
  }

  /** At rest only. */
  save(): StreamState {
    assert(this.isAtRest, 'a stream is kept at rest');
    return {
      side: this.side,
      segmentOctetsMax: this.#segmentOctetsMax,
      received: this.#receiver.next,
      segments: this.#segments.save(),
      sender: this.#sender.save(),
    };
  }

  write(octets: Uint8Array): void {
    if (!this.#isLive() || this.#sender.finishing) return;
    this.#segments.cause = this.#fabric.trace.current;
    this.#sender.write(octets);
  }

  close(): void {
    if (!this.#isLive()) return;
    this.#segments.cause = this.#fabric.trace.current;
    this.#sender.finish();
  }

  reset(): void {
    if (!this.#isLive()) return;
    this.#segments.cause = this.#fabric.trace.current;
    this.#segments.reset(this.#sender.next);
    // Its owner is told afterwards, never from inside its own call.
    this.#stop();
    this.#fabric.clock.schedule(0, () => this.#tell('reset'));
  }

  /**
   * Hands over nothing until {@link resume}: what comes waits here, at most 65,535 octets, and the peer is told to send no more.
   * No device reads slowly, so `fabric.ts` knows nothing of it.
   */
  pause(): void {
    this.#fabric.clock.cancel(this.#resuming);
    this.#receiver.pause();
  }

  /** Hands over what waits, and tells the peer if it had been told to wait. Its owner gets the data after this call. */
  resume(): void {
    if (!this.#isLive()) return;
    this.#segments.cause = this.#fabric.trace.current;
    this.#resuming = this.#fabric.clock.schedule(0, () => {
      if (!this.#isLive()) return;
      if (this.#receiver.window < this.#segmentOctetsMax) this.#segments.acknowledgementDue = true;
      this.#hand(this.#receiver.resume());
      if (this.#isLive()) this.#proceed();
    });
  }

  /** For the host: forgets a stream that lingers. */
  stopLingering(): void {
    if (this.#state === 'lingering') this.#stop();
  }

  /** For the host: begins the handshake of a client. */
  open(): void {
    this.#segments.cause = this.#fabric.trace.current;
    this.#sender.open();
  }

  /** For the host: takes in a segment addressed to this stream. A server's stream is given the SYN first. */
  receive(packet: FlowPacket, header: TcpHeader): void {
    this.#segments.cause = packet.cause;
    if (this.#state === 'lingering') this.#remindPeer(header, packet.octets);
    else if (has(header, TCP_RST)) this.#receiveReset(header);
    else if (this.#segments.peerInitial === undefined) this.#receiveSyn(header, packet.octets);
    else if (has(header, TCP_SYN)) this.#acknowledge();
    else if (has(header, TCP_ACK)) this.#receiveSegment(header, packet.octets);
  }

  #receiveReset(header: TcpHeader): void {
    if (this.#segments.peerInitial === undefined) {
      const answersSyn =
        has(header, TCP_ACK) && header.acknowledgement === sequenceOf(this.#segments.initial, 1);
      if (answersSyn) this.#end('refused');
      return;
    }
    const position = positionOf(this.#segments.peerInitial, header.sequence, this.#receiver.next);
    if (this.#receiver.isInWindow(position)) this.#end('reset');
  }

  #receiveSyn(header: TcpHeader, octets: Uint8Array): void {
    if (this.#state === 'syn-received') {
      this.#peerBegins(header);
      this.#sender.open();
      return;
    }
    if (!has(header, TCP_ACK)) return;
    if (header.acknowledgement !== sequenceOf(this.#segments.initial, 1)) {
      this.#segments.refuse(header, octets);
      return;
    }
    if (!has(header, TCP_SYN)) return;
    this.#peerBegins(header);
    this.#segments.acknowledgementDue = true;
    this.#opened();
    if (!this.#isLive()) return;
    this.#sender.acknowledge({ position: 1, window: header.window, at: 0, bare: true });
    if (this.#segments.acknowledgementDue) this.#acknowledge();
  }

  #peerBegins({ sequence, segmentOctetsMax = SEGMENT_OCTETS_UNANNOUNCED }: TcpHeader): void {
    this.#segments.peerInitial = sequence;
    this.#sender.limitSegments(segmentOctetsMax);
  }

  #receiveSegment(header: TcpHeader, octets: Uint8Array): void {
    const position = positionOf(this.#segments.initial, header.acknowledgement, this.#sender.oldest);
    if (this.#state === 'syn-received') {
      // An old duplicate must not open a stream that its sender knows nothing of.
      if (position < 1 || position > this.#sender.next) {
        this.#segments.refuse(header, octets);
        return;
      }
      this.#handlers = this.#owner.accept(this);
      if (this.#handlers === undefined) this.reset();
      if (this.#isLive()) this.#opened();
    }
    if (!this.#isLive()) return;
    const length = lengthOf(header, octets);
    if (length > 0) this.#segments.acknowledgementDue = true;
    const at = positionOf(this.#segments.peerInitial ?? 0, header.sequence, this.#receiver.next);
    this.#sender.acknowledge({ position, window: header.window, at, bare: length === 0 });
    if (length > 0) this.#hand(this.#receiver.take(at, octets, has(header, TCP_FIN)));
    if (this.#isLive()) this.#proceed();
  }

  #hand(ready: readonly Uint8Array[]): void {
    for (const part of ready) if (this.#isLive()) this.#handlers?.onData(part);
  }

  /** Answers what came, follows a peer that has closed, and ends when both have. */
  #proceed(): void {
    if (this.#receiver.finished && !this.#sender.finishing) {
      this.#peerClosedFirst = true;
      this.#sender.finish();
    }
    if (this.#segments.acknowledgementDue) this.#acknowledge();
    if (!this.#sender.finished) return;
    if (this.#receiver.finished) this.#end('closed');
    else this.#setFarewell(this.#fabric.limits.peerCloseTimeout, () => this.#end('timed-out'));
  }

  /** The peer repeats its FIN because the last acknowledgement was lost. */
  #remindPeer(header: TcpHeader, octets: Uint8Array): void {
    if (!has(header, TCP_RST) && lengthOf(header, octets) > 0) this.#acknowledge();
  }

  #opened(): void {
    this.#state = 'open';
    this.#owner.onSettled(this);
    const data = { local: textOf(this.local), remote: textOf(this.remote), side: this.side };
    const { trace } = this.#fabric;
    const event = trace.append('network.stream-opened', this.#fabric.name, data);
    trace.because(event, () => this.#handlers?.onOpen?.());
  }

  #end(reason: CloseReason): void {
    const lingers = reason === 'closed' && !this.#peerClosedFirst;
    if (lingers) {
      this.#state = 'lingering';
      this.#sender.stop();
      this.#setFarewell(this.#fabric.limits.linger, () => this.stopLingering());
    } else {
      this.#stop();
    }
    this.#tell(reason);
  }

  #setFarewell(delay: Micros, action: () => void): void {
    this.#fabric.clock.cancel(this.#farewell);
    this.#farewell = this.#fabric.clock.schedule(delay, action);
  }

  #stop(): void {
    const settled = this.#state === 'open' || this.#state === 'lingering';
    this.#state = 'gone';
    this.#sender.stop();
    this.#fabric.clock.cancel(this.#farewell);
    if (!settled) this.#owner.onSettled(this);
    this.#owner.onGone(this);
  }

  /** Tells the owner that it is over; a server's stream that never opened has none. */
  #tell(reason: CloseReason): void {
    const handlers = this.#handlers;
    if (handlers === undefined) return;
    this.#handlers = undefined;
    const data = { local: textOf(this.local), remote: textOf(this.remote), reason };
    const { trace } = this.#fabric;
    const event = trace.append('network.stream-closed', this.#fabric.name, data, this.#segments.cause);
    trace.because(event, () => handlers.onClose({ reason }));
  }

  #isLive(): boolean {
    return this.#state !== 'lingering' && this.#state !== 'gone';
  }

  #acknowledge(): void {
    this.#segments.acknowledge(this.#sender.next);
  }

  /** For its sender. */
  transmit(segment: OutgoingSegment): void {
    assert(segment.octets.length === 0 || this.#isLive(), 'a stream that is over sends no data');
    this.#segments.write(segment);
  }

  /** For its sender. */
  onGivenUp(): void {
    this.#end('timed-out');
  }
}
