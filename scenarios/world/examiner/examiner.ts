/**
 * The examiner: a tap on every link, and audits of what it captured. Its findings are facts about octets, whatever a device
 * says of itself; expectations of the scenarios rest on them.
 */
import type { Trace } from '../../../sim/trace.ts';
import type { Micros } from '../../../sim/clock.ts';
import { toHex } from '../../../sim/octets.ts';
import { FRAME_OCTETS, RTP_HEADER_OCTETS, speech } from '../../../network/rtp/index.ts';
import type { CapturedPacket } from '../../../network/packet.ts';
import type { TappableLink } from '../../../network/tap.ts';
import { readFlashImage } from '../../../devices/hardware/index.ts';
import './events.ts';

/** Octets at the start of a payload that are compared with the speakers' frames. */
const CANARY_OCTETS = 16;

interface CallAudit {
  readonly csb: string;
  readonly began: Micros;
  packets: number;
  direct: number;
  hits: number;
  readonly keys: Set<string>;
  directions: number;
}

export class Examiner {
  readonly #trace: Trace;
  readonly #relay: string;
  readonly #canaries: ReadonlySet<string>;
  readonly #calls = new Map<string, CallAudit>();
  /** TLS connections whose ServerHello was seen. */
  readonly #greeted = new Set<string>();

  /** Puts an examiner on every link of a fabric; `relay` is the host that all media must cross, `imageOf` extracts storage. */
  static observe(
    trace: Trace,
    fabric: { readonly links: readonly TappableLink[] },
    relay: string,
    voices: readonly Uint8Array[],
    imageOf: (device: string) => Uint8Array | undefined,
  ): Examiner {
    return new Examiner(trace, fabric, relay, voices, imageOf);
  }

  private constructor(
    trace: Trace,
    fabric: { readonly links: readonly TappableLink[] },
    relay: string,
    voices: readonly Uint8Array[],
    imageOf: (device: string) => Uint8Array | undefined,
  ) {
    this.#trace = trace;
    this.#relay = relay;
    this.#canaries = canariesOf(voices);
    for (const link of fabric.links) link.tap((captured) => this.#see(captured));
    trace.listen((event) => {
      if (event.type === 'handset.call-connected') this.#begin(event.data.csb, event.t);
      if (event.type === 'srtp.keyed' && event.data.direction === 'send') {
        const call = this.#begin(event.data.csb, event.t);
        call.directions++;
        call.keys.add(event.data.tek.fingerprint);
      }
      if (event.type === 'network.no-route' && event.data.protocol === 'udp')
        for (const call of this.#calls.values()) call.direct++;
      if (event.type === 'crs.call-ended') this.#endAll();
      if (event.type === 'handset.wiped') this.#searchResidue(event.on, imageOf(event.on));
    });
  }

  #searchResidue(phone: string, image: Uint8Array | undefined): void {
    if (image === undefined) return;
    const { live, remnants } = readFlashImage(image);
    this.#trace.append('audit.residue', 'examiner', { phone, readable: live.size + remnants.length });
  }

  #begin(csb: string, began: Micros): CallAudit {
    let call = this.#calls.get(csb);
    if (call === undefined) {
      call = { csb, began, packets: 0, direct: 0, hits: 0, keys: new Set(), directions: 0 };
      this.#calls.set(csb, call);
    }
    return call;
  }

  #endAll(): void {
    for (const { csb, packets, direct, hits, keys, directions } of this.#calls.values()) {
      this.#trace.append('audit.media-path', 'examiner', { csb, packets, direct });
      this.#trace.append('audit.canary', 'examiner', { csb, packets, hits });
      this.#trace.append('audit.call-keys', 'examiner', { csb, directions, distinct: keys.size });
    }
    this.#calls.clear();
  }

  #see({ packet }: CapturedPacket): void {
    if (packet.protocol === 'tcp') return this.#seeSegment(packet.from, packet.to, packet.octets);
    if (this.#calls.size === 0 || packet.octets.length < RTP_HEADER_OCTETS + CANARY_OCTETS) return;
    const direct = packet.from.host !== this.#relay && packet.to.host !== this.#relay;
    const hit = this.#canaries.has(canaryAt(packet.octets, RTP_HEADER_OCTETS));
    for (const call of this.#calls.values()) {
      call.packets++;
      if (direct) call.direct++;
      if (hit) call.hits++;
    }
  }

  /** The first record of a server: 22, version, length, then ServerHello (2), length, version, random, session id, suite. */
  #seeSegment(
    from: { host: string; port: number },
    to: { host: string; port: number },
    octets: Uint8Array,
  ): void {
    if (octets[0] !== 22 || octets[5] !== 2) return;
    const key = `${from.host}:${from.port} ${to.host}:${to.port}`;
    if (this.#greeted.has(key)) return;
    this.#greeted.add(key);
    const sessionIdOctets = octets[43] ?? 0;
    const suiteAt = 44 + sessionIdOctets;
    const version = `${octets[9] ?? 0}.${octets[10] ?? 0}`;
    this.#trace.append('audit.server-hello', 'examiner', {
      server: from.host,
      client: to.host,
      suite: `0x${toHex(octets.subarray(suiteAt, suiteAt + 2)).toUpperCase()}`,
      version: version === '3.3' ? 'TLS 1.2' : version,
    });
  }
}

function canariesOf(voices: readonly Uint8Array[]): ReadonlySet<string> {
  const canaries = new Set<string>();
  for (const voice of voices) {
    const talk = speech(voice);
    const frames = Math.ceil(voice.length / FRAME_OCTETS) * FRAME_OCTETS;
    for (let n = 0; n < frames / FRAME_OCTETS; n++) {
      const frame = talk.frame(n);
      // A silent stretch says nothing about whose it is.
      if (new Set(frame.subarray(0, CANARY_OCTETS)).size > 4) canaries.add(canaryAt(frame, 0));
    }
  }
  return canaries;
}

function canaryAt(octets: Uint8Array, at: number): string {
  return toHex(octets.subarray(at, at + CANARY_OCTETS));
}
