/**
 * The recorder: everything that its taps saw, and what can be made of it with the keys at hand. TLS sessions open with their
 * PSK (there is no forward secrecy), and an opened session shows the SIP messages with their I_MESSAGEs.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { Micros } from '../../sim/clock.ts';
import { concat } from '../../sim/octets.ts';
import type { CapturedPacket } from '../../network/packet.ts';
import { reassemble, type RecordedStream } from '../../network/simulated/index.ts';
import type { TappableLink } from '../../network/tap.ts';
import { parseOffer, sdpBodyOf, SipFramer, type SipMessage } from '../../network/sip/index.ts';
import { decryptRecorded, readClientIdentity } from '../../network/tls-psk/index.ts';
import type { PresharedKey } from '../media/index.ts';
import { labelOf } from './holdings.ts';

/** An I_MESSAGE that the attacker has read, and how. */
export interface ReadOffer {
  readonly iMessage: Uint8Array;
  readonly means: readonly string[];
}

/** A recorded TLS session in clear: what the client said, then what the server said. */
export interface OpenedSession {
  readonly identity: string;
  readonly psk: PresharedKey;
  readonly messages: readonly SipMessage[];
}

/**
 * Keeps every packet that its taps show, from its beginning on, and never forgets. Damaged captures open less, and throw
 * nothing.
 */
export class Recorder {
  readonly #captured: CapturedPacket[] = [];
  #streams: { readonly of: number; readonly list: readonly RecordedStream[] } = { of: -1, list: [] };

  constructor(links: readonly TappableLink[]) {
    for (const link of links) link.tap((packet) => this.#captured.push(packet));
  }

  /** UDP packets of a stretch of time, in the order in which they were seen. */
  media(from: Micros, to: Micros): readonly CapturedPacket[] {
    return this.#captured.filter(
      ({ time, packet }) => packet.protocol === 'udp' && time >= from && time <= to,
    );
  }

  /** Every recorded session, opened with any of these keys that fits its identity. */
  sessions(psks: readonly PresharedKey[]): readonly OpenedSession[] {
    return this.#recorded().flatMap((stream) => openSession(stream, psks) ?? []);
  }

  /** PSK identities as they cross the network in clear, oldest first; `from` says of which clients, by their host. */
  identities(from: (host: string) => boolean = () => true): readonly string[] {
    const streams = this.#recorded().filter(({ client }) => from(client.host));
    return [...new Set(streams.flatMap((stream) => identityOf(stream) ?? []))];
  }

  /** I_MESSAGEs in the sessions that these keys open. */
  offers(psks: readonly PresharedKey[]): readonly ReadOffer[] {
    return this.sessions(psks).flatMap(({ psk, messages }) =>
      messages.flatMap((message) => {
        const iMessage = iMessageIn(message);
        return iMessage === undefined ? [] : [{ iMessage, means: [labelOf.psk(psk)] }];
      }),
    );
  }

  #recorded(): readonly RecordedStream[] {
    if (this.#streams.of !== this.#captured.length)
      this.#streams = { of: this.#captured.length, list: reassemble(this.#captured) };
    return this.#streams.list;
  }
}

function openSession(stream: RecordedStream, psks: readonly PresharedKey[]): OpenedSession | undefined {
  const identity = identityOf(stream);
  for (const psk of psks) {
    if (psk.identity !== identity) continue;
    try {
      const session = decryptRecorded({
        clientToServer: stream.clientToServer,
        serverToClient: stream.serverToClient,
        psk: psk.psk,
      });
      return {
        identity,
        psk,
        messages: [...messagesIn(session.clientData), ...messagesIn(session.serverData)],
      };
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
    }
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

function messagesIn(data: readonly Uint8Array[]): readonly SipMessage[] {
  return new SipFramer().push(concat(...data)).filter((framed) => framed.kind !== 'unreadable');
}

function iMessageIn(message: SipMessage): Uint8Array | undefined {
  if (message.kind !== 'request' || message.method !== 'INVITE') return undefined;
  return iMessageOf(sdpBodyOf(message) ?? new Uint8Array(0));
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
