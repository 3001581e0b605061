/**
 * What a tap has of each TCP connection: the two octet streams, put in order from captured segments (repeated, reordered, or
 * missing because the tap came late). This is the wiretapper's view, from which recorded TLS sessions are opened.
 */
import type { Micros } from '../../sim/clock.ts';
import { concat } from '../../sim/octets.ts';
import type { Address } from '../fabric.ts';
import { TCP_ACK, TCP_FIN, TCP_RST, TCP_SYN, type CapturedPacket, type TcpHeader } from '../packet.ts';
import { textOf } from './flow.ts';
import { has, positionOf } from './segment.ts';

/** One TCP connection as a tap put it together: what each end sent, in order, and whether anything is missing. */
export interface RecordedStream {
  /** The end that sent the SYN; when the tap missed it, the end with the higher port. */
  readonly client: Address;
  readonly server: Address;
  /** Octets in order, up to the first gap. */
  readonly clientToServer: Uint8Array;
  readonly serverToClient: Uint8Array;
  /** First and last captured segment. */
  readonly beganAt: Micros;
  readonly endedAt: Micros;
  /** Both handshakes and both ends were seen (a reset ends both), and there is no gap. */
  readonly complete: boolean;
}

/**
 * The connections in `captured`, in order of their first segment. A segment may be captured several times, on one link or
 * several, and counts as seen even when the link lost it later.
 */
export function reassemble(captured: readonly CapturedPacket[]): RecordedStream[] {
  const recordings: StreamRecording[] = [];
  const current = new Map<string, StreamRecording>();
  for (const { time, packet } of captured) {
    const { tcp, from, to, octets } = packet;
    if (tcp === undefined) continue;
    const key = [textOf(from), textOf(to)].sort().join(' ');
    let recording = current.get(key);
    if (recording === undefined || recording.isSucceededBy(from, tcp)) {
      recording = new StreamRecording(from, to, tcp, time);
      current.set(key, recording);
      recordings.push(recording);
    }
    recording.add(time, from, tcp, octets);
  }
  return recordings.map((recording) => recording.finish());
}

class StreamRecording {
  readonly #client: Address;
  readonly #server: Address;
  readonly #clientToServer = new RecordedSide();
  readonly #serverToClient = new RecordedSide();
  readonly #beganAt: Micros;
  #endedAt: Micros;
  #wasReset = false;

  constructor(from: Address, to: Address, tcp: TcpHeader, time: Micros) {
    const isSyn = has(tcp, TCP_SYN);
    const isFromClient = isSyn ? !has(tcp, TCP_ACK) : from.port >= to.port;
    this.#client = isFromClient ? from : to;
    this.#server = isFromClient ? to : from;
    this.#beganAt = time;
    this.#endedAt = time;
  }

  /** Whether this segment begins a new connection between the same addresses. */
  isSucceededBy(from: Address, tcp: TcpHeader): boolean {
    if (!has(tcp, TCP_SYN) || has(tcp, TCP_ACK)) return false;
    return !isSame(from, this.#client) || !this.#clientToServer.mayBeginAt(tcp.sequence);
  }

  add(time: Micros, from: Address, tcp: TcpHeader, octets: Uint8Array): void {
    this.#endedAt = time;
    if (has(tcp, TCP_RST)) this.#wasReset = true;
    else (isSame(from, this.#client) ? this.#clientToServer : this.#serverToClient).add(tcp, octets);
  }

  finish(): RecordedStream {
    const out = this.#clientToServer.finish();
    const back = this.#serverToClient.finish();
    const ended = this.#wasReset || (out.ended && back.ended);
    return {
      client: this.#client,
      server: this.#server,
      clientToServer: out.octets,
      serverToClient: back.octets,
      beganAt: this.#beganAt,
      endedAt: this.#endedAt,
      complete: out.whole && back.whole && ended,
    };
  }
}

/** One direction. Positions count from the first sequence number seen, so they may be negative until the end. */
class RecordedSide {
  #initial: number | undefined;
  /** Position of the first octet, known from the SYN. */
  #first: number | undefined;
  #end: number | undefined;
  #latest = 0;
  readonly #pieces: { readonly position: number; readonly octets: Uint8Array }[] = [];

  /** False when a SYN with another sequence number has been seen. */
  mayBeginAt(sequence: number): boolean {
    return (
      this.#first === undefined || positionOf(this.#initial ?? 0, sequence, this.#latest) + 1 === this.#first
    );
  }

  add(tcp: TcpHeader, octets: Uint8Array): void {
    this.#initial ??= tcp.sequence;
    const position = positionOf(this.#initial, tcp.sequence, this.#latest);
    this.#latest = Math.max(this.#latest, position + octets.length);
    if (has(tcp, TCP_SYN)) this.#first = position + 1;
    if (octets.length > 0) this.#pieces.push({ position, octets });
    if (has(tcp, TCP_FIN)) this.#end = position + octets.length;
  }

  finish(): { octets: Uint8Array; whole: boolean; ended: boolean } {
    this.#pieces.sort((a, b) => a.position - b.position);
    let next = this.#first ?? this.#pieces[0]?.position ?? 0;
    const ordered: Uint8Array[] = [];
    let gap = false;
    for (const { position, octets } of this.#pieces) {
      if (position > next) {
        gap = true;
        break;
      }
      const fresh = octets.subarray(next - position);
      ordered.push(fresh);
      next += fresh.length;
    }
    const ended = this.#end !== undefined && next >= this.#end;
    return { octets: concat(...ordered), whole: this.#first !== undefined && !gap, ended };
  }
}

function isSame(a: Address, b: Address): boolean {
  return a.host === b.host && a.port === b.port;
}
