/**
 * The handset's one connection to its CRS: TLS-PSK, then SIP. It registers, asks for packages, and carries the signalling of
 * calls. It opens no connection to anything but the CRS of its configuration.
 */
import type { CalldrillError } from '../../sim/errors.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Address, Attachment, SecureStream, StreamClose } from '../../network/fabric.ts';
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import {
  addressOf,
  newCallId,
  newTag,
  parseUri,
  telUri,
  withTag,
  type NameAddress,
  type SipRequest,
} from '../../network/sip/index.ts';
import type { PresharedKey } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { Conversation } from '../signalling/conversation.ts';
import { MONTH_TYPE } from '../signalling/packages.ts';

/** As whom to connect where, and who hears of opening, requests and the end. */
export interface SessionOptions {
  readonly ports: Ports;
  readonly random: RandomSource;
  readonly attachment: Attachment;
  readonly crs: Address;
  readonly psk: PresharedKey;
  readonly number: TelNumber;
  /** Tells one phone of a user from another; the CRS logs it. */
  readonly instance: string;
  onSecured(): void;
  onClosed(close: StreamClose): void;
  onRequest(request: SipRequest): void;
  onUnreadable(error: CalldrillError): void;
}

/** One attempt to connect, and what comes of it; closed once, it is of no more use. */
export class Session {
  readonly #options: SessionOptions;
  readonly #stream: SecureStream;
  readonly #registration: { readonly callId: string; readonly tag: string };
  readonly conversation: Conversation;
  #sequence = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { ports, random, attachment, crs, psk } = options;
    this.#registration = { callId: newCallId(random, attachment.host), tag: newTag(random) };
    this.#stream = attachment.connectSecure(
      crs,
      {
        identity: psk.identity,
        psk: psk.psk,
        encryptThenMac: ports.deployment['encrypt-then-mac'],
        extendedMasterSecret: ports.deployment['extended-master-secret'],
      },
      {
        onOpen: () => options.onSecured(),
        onData: (octets) => this.conversation.receive(octets),
        onClose: (close) => {
          // The owner first: requests that now get no answer ended with the session, not by themselves.
          options.onClosed(close);
          this.conversation.ended();
        },
      },
    );
    this.conversation = new Conversation(this.#stream, ports.clock, random, {
      onRequest: (request) => options.onRequest(request),
      onUnreadable: (error) => options.onUnreadable(error),
    });
  }

  /** This phone's own address, without a tag. */
  get self(): NameAddress {
    return addressOf(telUri(this.#options.number));
  }

  get contact(): NameAddress {
    return addressOf(parseUri(`sip:${this.#stream.local.host}:${this.#stream.local.port}`));
  }

  /** Registers, or renews. `done` gets the status, or undefined when no answer came. */
  register(seconds: number, done: (status: number | undefined) => void): void {
    const { crs, instance } = this.#options;
    const { callId, tag } = this.#registration;
    this.conversation.request(
      {
        method: 'REGISTER',
        uri: parseUri(`sip:${crs.host}`),
        from: withTag(this.self, tag),
        to: this.self,
        callId,
        sequence: ++this.#sequence,
        contact: this.contact,
        headers: [
          ['Expires', String(seconds)],
          ['User-Agent', `CCA/3 (instance ${instance})`],
        ],
      },
      (response) => done(response?.status),
    );
  }

  /** Asks for the package of a month. `done` gets its octets, or the status that refused it. */
  fetchPackage(
    period: Period,
    done: (answer: { readonly octets?: Uint8Array; readonly status: number | undefined }) => void,
  ): void {
    const { crs, random, attachment } = this.#options;
    const packages = parseUri(`sip:packages@${crs.host}`);
    this.conversation.request(
      {
        method: 'MESSAGE',
        uri: packages,
        from: withTag(this.self, newTag(random)),
        to: addressOf(packages),
        callId: newCallId(random, attachment.host),
        sequence: 1,
        body: { type: MONTH_TYPE, octets: new Uint8Array(Buffer.from(period, 'latin1')) },
      },
      (response) =>
        done(
          response?.status === 200 ? { octets: response.body, status: 200 } : { status: response?.status },
        ),
    );
  }

  close(): void {
    this.conversation.close();
  }
}
