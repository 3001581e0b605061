/**
 * The impostor: what an attacker does as a user, with a user's PSK and keys. It speaks the same protocol as a handset, through
 * the same session code, from the attacker's own place on the network.
 */
import type { Micros, TimerId } from '../../sim/clock.ts';
import { SECOND } from '../../sim/clock.ts';
import { toHex } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Attachment } from '../../network/fabric.ts';
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import { addressOf, newCallId, newTag, telUri, withTag, type SipRequest } from '../../network/sip/index.ts';
import { Session } from '../handset/index.ts';
import type { PresharedKey } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { SIPS_PORT } from '../signalling/packages.ts';
import { offer } from '../signalling/session-description.ts';

/** How long an impostor waits for a session. */
const CONNECT_LIMIT: Micros = 20 * SECOND;

/** Why there is no impostor when nothing came back at all. */
export const NO_ANSWER = 'the CRS did not answer';

/** As whom an impostor comes, with which PSK, and from where. */
export interface ImpostorOptions {
  readonly ports: Ports;
  readonly random: RandomSource;
  readonly attachment: Attachment;
  readonly crs: string;
  readonly number: TelNumber;
  readonly psk: PresharedKey;
  /** Told of each call that is offered, before it is refused as busy. */
  readonly onInvite?: (invite: SipRequest) => void;
}

/** A registered session that no handset is behind. Whoever calls it finds it busy (486). */
export class Impostor {
  readonly #options: ImpostorOptions;
  readonly #session: Session;
  #timer: TimerId = 0;

  /** Connects and registers; `ready` gets an impostor, or a sentence why there is none. */
  static connect(options: ImpostorOptions, ready: (impostor: Impostor | string) => void): Impostor {
    return new Impostor(options, ready);
  }

  private constructor(options: ImpostorOptions, ready: (impostor: Impostor | string) => void) {
    this.#options = options;
    const { ports } = options;
    let settled = false;
    const settle = (answer: Impostor | string): void => {
      if (settled) return;
      settled = true;
      ports.clock.cancel(this.#timer);
      ready(answer);
    };
    this.#timer = ports.clock.schedule(CONNECT_LIMIT, () => settle(NO_ANSWER));
    this.#session = new Session({
      ports,
      random: options.random,
      attachment: options.attachment,
      crs: { host: options.crs, port: SIPS_PORT },
      psk: options.psk,
      number: options.number,
      instance: toHex(options.random.octets(4)),
      owner: {
        onSecured: (session) =>
          session.register(3600, (status) =>
            settle(status === 200 ? this : `REGISTER was answered ${status ?? 'by nobody'}`),
          ),
        onClosed: (_, { reason, alert }) =>
          settle(`the CRS ended the handshake (${reason}${alert === undefined ? '' : `, alert ${alert}`})`),
        onRequest: ({ conversation }, request) => {
          if (request.method === 'INVITE') options.onInvite?.(request);
          if (request.method !== 'ACK') conversation.respond(request, 486, { toTag: newTag(options.random) });
        },
      },
    });
  }

  fetchPackage(
    period: Period,
    done: (answer: { readonly octets?: Uint8Array; readonly status: number | undefined }) => void,
  ): void {
    this.#session.fetchPackage(period, done);
  }

  /** Invites somebody with an I_MESSAGE of the attacker's making. `done` gets the first telling status. */
  invite(to: TelNumber, iMessage: Uint8Array, done: (status: number | undefined) => void): void {
    const { random, attachment } = this.#options;
    const body = offer(
      {
        local: { host: attachment.host, port: 40_000 },
        numbers: attachment.numbers,
        ssrc: random.below(0xffffffff) + 1,
        random,
      },
      iMessage,
    );
    this.#session.conversation.request(
      {
        method: 'INVITE',
        uri: telUri(to),
        from: withTag(this.#session.self, newTag(random)),
        to: addressOf(telUri(to)),
        callId: newCallId(random, attachment.host),
        sequence: 1,
        contact: this.#session.contact,
        body,
      },
      (response) => {
        if (response === undefined || response.status >= 180) done(response?.status);
      },
    );
  }

  leave(): void {
    this.#session.close();
  }
}
