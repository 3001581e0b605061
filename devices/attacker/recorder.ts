/**
 * The recorder: everything that its taps saw, and what can be made of it with the keys at hand. TLS sessions open with their
 * PSK (there is no forward secrecy) unless their key exchange was ephemeral, and an opened session shows the SIP messages with their I_MESSAGEs.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { Micros } from '../../sim/clock.ts';
import type { Kept, Plain } from '../../sim/kept.ts';
import type { CapturedPacket } from '../../network/packet.ts';
import { reassemble, type RecordedStream } from '../../network/simulated/index.ts';
import type { TappableLink } from '../../network/tap.ts';
import { parseOffer, sdpBodyOf, type SipMessage } from '../../network/sip/index.ts';
import { keyExchangeOf, lineAbout, readClientIdentity, suiteTaken } from '../../network/tls-psk/index.ts';
import { attackError } from './errors.ts';
import type { HeldPsk } from './holdings.ts';
import { Openings } from './openings.ts';

/** An I_MESSAGE that the attacker has read in a recorded session, and how. */
export interface ReadOffer {
  readonly iMessage: Uint8Array;
  readonly psk: HeldPsk;
  /** The host whose session it was. */
  readonly client: string;
}

/** A recorded session, open or not. */
export interface RecordedLeg {
  readonly client: string;
  /** As it crossed the network in clear; undefined when its beginning was not recorded. */
  readonly identity: string | undefined;
  /** The server took a suite with an ephemeral key exchange: a PSK does not open it. */
  readonly isEphemeral: boolean;
  readonly beganAt: Micros;
  readonly endedAt: Micros;
}

/** A recorded TLS session in clear: what the client said, then what the server said. */
export interface OpenedSession {
  readonly client: string;
  readonly beganAt: Micros;
  readonly identity: string;
  readonly psk: HeldPsk;
  readonly messages: readonly SipMessage[];
}

/**
 * A recorder as a plain value: its packets, oldest first, in blocks of which all but the last are full, and the last is not. What is kept
 * later shares the full ones.
 */
export type RecorderState = readonly (readonly Plain<CapturedPacket>[])[];

/** What becomes of the packets that cross the taps: all are kept, or, where the disk is small, those of connections only. */
export type Records = 'everything' | 'signalling';

/** Packets of a full block. */
const BLOCK_PACKETS = 1_024;

/** Full blocks that one recorder keeps: eight hours of a call on one link. More would not fit into memory, and ends the run. */
export const BLOCKS_MAX = 3_072;

/** A connection, and the identity that its client sent in clear. */
interface NamedStream extends RecordedStream {
  readonly identity: string | undefined;
  readonly isEphemeral: boolean;
}

/** What one end of a connection said, segment by segment. */
interface RecordedWay {
  readonly way: string;
  readonly parts: Uint8Array[];
}

/** For all attackers and all forks of their world. A session of a day has some 15 kB. */
const openings = new Openings(2 ** 22);

/**
 * Keeps what its taps show, from its beginning on, and never forgets. Damaged captures open less, and throw
 * nothing. Media that it does not keep is here all the same, for controls: they ask whether a call would open if the media were there.
 */
export class Recorder implements Kept<RecorderState> {
  /** Full blocks: shared with what was kept, and with whoever was taken up from it. */
  readonly #full: RecorderState[number][];
  readonly #records: Records;
  /** What came after them. */
  #rest: CapturedPacket[];
  /** The TCP segments of all, once somebody has asked for streams. */
  #segments: CapturedPacket[] | undefined;
  #streams: { readonly of: number; readonly list: readonly NamedStream[] } = { of: 0, list: [] };

  /** Hears of what crosses `links` from now on; `kept` is what one had heard before. */
  constructor(links: readonly TappableLink[], kept: RecorderState = [], records: Records = 'everything') {
    this.#records = records;
    this.#full = kept.slice(0, -1);
    this.#rest = kept.at(-1)?.slice() ?? [];
    for (const link of links) link.tap((packet) => this.#take(packet));
  }

  save(): RecorderState {
    return [...this.#full, [...this.#rest]];
  }

  #take(captured: CapturedPacket): void {
    this.#rest.push(captured);
    if (captured.packet.protocol === 'tcp') this.#segments?.push(captured);
    if (this.#rest.length < BLOCK_PACKETS) return;
    if (this.#full.length >= BLOCKS_MAX)
      throw attackError('ATTACK_DISK_FULL', `${BLOCKS_MAX * BLOCK_PACKETS} packets are recorded`);
    this.#full.push(this.#rest);
    this.#rest = [];
  }

  #keeps({ packet }: CapturedPacket): boolean {
    return this.#records === 'everything' || packet.protocol === 'tcp';
  }

  /** UDP packets of a stretch of time that were kept, in the order in which they were seen. */
  media(from: Micros, to: Micros): readonly CapturedPacket[] {
    return this.#records === 'everything' ? this.mediaSeen(from, to) : [];
  }

  /** The same whether they were kept or not: for controls, and for nobody's attempt. */
  mediaSeen(from: Micros, to: Micros): readonly CapturedPacket[] {
    return [...this.#full, this.#rest].flatMap((block) => {
      const [first, last] = [block[0]?.time ?? Infinity, block.at(-1)?.time ?? -Infinity];
      if (first > to || last < from) return [];
      return block.filter(({ time, packet }) => packet.protocol === 'udp' && time >= from && time <= to);
    });
  }

  /** Every recorded session, opened with any of these keys that fits its identity; `sessionKeys` are lines of a key log. */
  sessions(psks: readonly HeldPsk[], sessionKeys: readonly string[] = []): readonly OpenedSession[] {
    return this.#recorded().flatMap((stream) => openSession(stream, psks, sessionKeys) ?? []);
  }

  /** PSK identities as they cross the network in clear, oldest first; `from` says of which clients, by their host. */
  identities(from: (host: string) => boolean = () => true): readonly string[] {
    const streams = this.#recorded().filter(({ client }) => from(client.host));
    return [...new Set(streams.flatMap(({ identity }) => identity ?? []))];
  }

  /** Sessions whose clients are these hosts. */
  legs(isClient: (host: string) => boolean): readonly RecordedLeg[] {
    return this.#recorded()
      .filter(({ client }) => isClient(client.host))
      .map(({ client: { host: client }, identity, isEphemeral, beganAt, endedAt }) => ({
        ...{ client, identity, isEphemeral, beganAt, endedAt },
      }));
  }

  /** The names of the tapped links over which something from or to these hosts was seen. */
  linksOf(isHost: (host: string) => boolean): readonly string[] {
    const links = new Set<string>();
    for (const block of [...this.#full, this.#rest])
      for (const captured of block) {
        const { link, packet } = captured;
        if (!links.has(link) && this.#keeps(captured) && (isHost(packet.from.host) || isHost(packet.to.host)))
          links.add(link);
      }
    return [...links];
  }

  /** The octets of all connections that were recorded: what one end said to the other, put together in the order in which it was seen. */
  conversations(): readonly { readonly way: string; readonly octets: Uint8Array }[] {
    const ways = new Map<string, RecordedWay>();
    let last: { readonly at: CapturedPacket; readonly conversation: RecordedWay } | undefined;
    for (const captured of this.#connections()) {
      const { link, packet } = captured;
      const { from, to, octets } = packet;
      // Segments come in bursts: the name of the way is made once for each.
      let conversation = last !== undefined && isOneWay(last.at, captured) ? last.conversation : undefined;
      if (conversation === undefined) {
        const way = `${link}, ${from.host}:${from.port} to ${to.host}:${to.port}`;
        conversation = ways.get(way) ?? { way, parts: [] };
        ways.set(way, conversation);
        last = { at: captured, conversation };
      }
      conversation.parts.push(octets);
    }
    return [...ways.values()].map(({ way, parts }) => ({ way, octets: Buffer.concat(parts) }));
  }

  /** I_MESSAGEs in the sessions that these keys open. */
  offers(psks: readonly HeldPsk[], sessionKeys: readonly string[] = []): readonly ReadOffer[] {
    return this.sessions(psks, sessionKeys).flatMap(({ client, psk, messages }) =>
      messages.flatMap((message) => {
        const iMessage = iMessageIn(message);
        return iMessage === undefined ? [] : [{ iMessage, psk, client }];
      }),
    );
  }

  /** The segments of all connections. */
  #connections(): readonly CapturedPacket[] {
    return (this.#segments ??= [...this.#full, this.#rest].flatMap((block) =>
      block.filter(({ packet }) => packet.protocol === 'tcp'),
    ));
  }

  #recorded(): readonly NamedStream[] {
    const segments = this.#connections();
    const of = segments.length;
    if (this.#streams.of !== of) {
      const list = reassemble(segments).map((stream) => ({
        ...stream,
        identity: identityOf(stream),
        isEphemeral: keyExchangeOf(suiteTaken(stream.serverToClient) ?? 0) === 'dhe-psk',
      }));
      this.#streams = { of, list };
    }
    return this.#streams.list;
  }
}

function isOneWay(one: CapturedPacket, other: CapturedPacket): boolean {
  const [a, b] = [one.packet, other.packet];
  return (
    one.link === other.link &&
    a.from.port === b.from.port &&
    a.to.port === b.to.port &&
    a.from.host === b.from.host &&
    a.to.host === b.to.host
  );
}

function openSession(
  stream: NamedStream,
  psks: readonly HeldPsk[],
  sessionKeys: readonly string[],
): OpenedSession | undefined {
  const { identity, isEphemeral, clientToServer } = stream;
  if (identity === undefined) return undefined;
  const line = isEphemeral ? lineAbout(clientToServer, sessionKeys) : undefined;
  for (const psk of psks) {
    if (psk.identity !== identity) continue;
    const messages = openings.messagesOf(stream, psk.psk, line);
    if (messages !== undefined)
      return { client: stream.client.host, beganAt: stream.beganAt, identity, psk, messages };
  }
  return undefined;
}

function identityOf({ clientToServer }: RecordedStream): string | undefined {
  try {
    return readClientIdentity(clientToServer);
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}

/** What INVITEs of opened sessions, which are remembered, were read as. */
const read = new WeakMap<SipMessage, { readonly iMessage: Uint8Array | undefined }>();

function iMessageIn(message: SipMessage): Uint8Array | undefined {
  if (message.kind !== 'request' || message.method !== 'INVITE') return undefined;
  let found = read.get(message);
  if (found === undefined) {
    found = { iMessage: iMessageOf(sdpBodyOf(message) ?? new Uint8Array(0)) };
    read.set(message, found);
  }
  return found.iMessage;
}

/** The I_MESSAGE in a session description, if it has one. */
export function iMessageOf(body: Uint8Array): Uint8Array | undefined {
  try {
    return parseOffer(body).mikey;
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
