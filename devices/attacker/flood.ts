/**
 * A flood: more than anybody needs, for a stretch of time, at a steady rate. It is aimed at nobody's keys, so it opens nothing: what it costs shows in what
 * others can still do meanwhile. Without an account it is handshakes, of strangers or under an identity that a tap saw; with one it is calls that nobody
 * answers, or key messages whose signature is wrong.
 */
import { SECOND } from '../../sim/clock.ts';
import { toHex } from '../../sim/octets.ts';
import { periodOf, sealIMessage, type TelNumber } from '../../network/mikey/index.ts';
import { SIPS_PORT } from '../signalling/packages.ts';
import { attackError } from './errors.ts';
import { keysFor, pskFor, type Holdings } from './holdings.ts';
import type { Impostor } from './impostor.ts';
import { login, type Presenter } from './login.ts';
import type { AttackStage } from './stage.ts';

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    'attack.flood-began': { what: string; to: string; seconds: number };
    /** `reset` counts what was cut off before anything of it was read, `answered` what was answered in any way. */
    'attack.flood-ended': { what: string; to: string; sent: number; reset: number; answered: number };
  }
}

/** Without an account the first two, with one the others. */
export const FLOODS = ['handshakes', 'guesses', 'invites', 'messages'] as const;
/** One of these. */
export type FloodKind = (typeof FLOODS)[number];

/** What is sent to whom, how often, for how long, and by whom. */
export interface FloodOptions extends Presenter {
  readonly what: FloodKind;
  /** Whose identity is guessed at, or who is called. */
  readonly user: string;
  /** Whose account calls. */
  readonly from: string | undefined;
  readonly perSecond: number;
  readonly seconds: number;
  readonly holder: string;
  readonly held: Holdings;
  /** The last PSK identity that a tap saw a phone of the user connect with. */
  readonly seenIdentity: string | undefined;
}

/** Identities that are nobody's have as many hexadecimal digits as a CMS draws. */
const IDENTITY_OCTETS = 8;
const PSK_OCTETS = 32;

/** Sends for so long as it was told, and then says what became of it. */
export class Flood {
  readonly #stage: AttackStage;
  readonly #options: FloodOptions;
  #sent = 0;
  #reset = 0;
  #answered = 0;

  constructor(stage: AttackStage, options: FloodOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  /** Errors: ATTACK_FLOOD_LACKS when there is no identity to guess at, or no account to call from. */
  begin(done: () => void): void {
    const send = this.#sender(done);
    const { what, user: to, seconds, perSecond, ports, holder } = this.#options;
    ports.trace.append('attack.flood-began', holder, { what, to, seconds });
    if (send !== undefined) this.#keepSending(send, seconds * perSecond, done);
  }

  #keepSending(send: () => void, left: number, done: () => void): void {
    const { clock } = this.#stage;
    if (left === 0) {
      clock.schedule(5 * SECOND, () => this.#over(done));
      return;
    }
    this.#sent++;
    send();
    clock.schedule(SECOND / this.#options.perSecond, () => this.#keepSending(send, left - 1, done));
  }

  #over(done: () => void): void {
    const { what, user: to, ports, holder } = this.#options;
    const [sent, reset, answered] = [this.#sent, this.#reset, this.#answered];
    ports.trace.append('attack.flood-ended', holder, { what, to, sent, reset, answered });
    done();
  }

  /** Undefined where it comes in first, and goes on by itself. */
  #sender(done: () => void): (() => void) | undefined {
    const { what, seenIdentity, random } = this.#options;
    switch (what) {
      case 'handshakes':
        return this.#knocker(
          () => `${toHex(random.octets(IDENTITY_OCTETS))}.${periodOf(this.#stage.unixMs)}`,
        );
      case 'guesses':
        if (seenIdentity === undefined) throw this.#lacks('no tap has seen an identity of theirs');
        return this.#knocker(() => seenIdentity);
      case 'invites':
      case 'messages':
        this.#comeIn(done);
        return undefined;
    }
  }

  /** A handshake each time, from one place, with a key that is drawn. */
  #knocker(identityOf: () => string): () => void {
    const { user, random } = this.#options;
    const { deployment } = this.#stage;
    const attachment = this.#stage.attach(this.#options.host());
    const to = { host: this.#stage.crsOf(user).name, port: SIPS_PORT };
    return () => {
      attachment.connectSecure(
        to,
        {
          identity: identityOf(),
          psk: random.octets(PSK_OCTETS),
          encryptThenMac: deployment['encrypt-then-mac'],
          extendedMasterSecret: deployment['extended-master-secret'],
          keyExchange: deployment['tls-key-exchange'],
        },
        {
          onData: () => undefined,
          onClose: ({ alert }) => (alert === undefined ? this.#reset++ : this.#answered++),
        },
      );
    };
  }

  #comeIn(done: () => void): void {
    const { from = this.#options.user, user, held, seconds, perSecond } = this.#options;
    const stage = this.#stage;
    const period = periodOf(stage.unixMs);
    const [number, to] = [stage.numberOf(from), stage.numberOf(user)];
    const psk = pskFor(held, number, period);
    const keys = keysFor(held, number, period);
    if (psk === undefined || keys === undefined) throw this.#lacks(`no keys of ${from} are held`);
    const { name: crs } = stage.crsOf(from);
    login(stage, this.#options, { number, crs, psk, own: [] }, (answer) => {
      if (!('impostor' in answer)) return this.#over(done);
      const { impostor } = answer;
      const send = (): void => this.#call(impostor, number, to, keys);
      this.#keepSending(send, seconds * perSecond, () => {
        impostor.leave();
        done();
      });
    });
  }

  /** A call with a key message: in order, or with a signature that is not. */
  #call(
    impostor: Impostor,
    from: TelNumber,
    to: TelNumber,
    keys: NonNullable<ReturnType<typeof keysFor>>,
  ): void {
    const { what, user, random } = this.#options;
    const { deployment, truth, unixMs } = this.#stage;
    const ssk = what === 'messages' ? keys.ssk.map((octet) => octet ^ 1) : keys.ssk;
    const { octets } = sealIMessage({
      from,
      to,
      senderKeys: { ...keys, ssk },
      kms: truth.kmsOf(user),
      unixMs,
      random,
      prf: deployment['mikey-prf'],
      policy: { profile: deployment['srtp-profile'] },
      offered: ['mikey'],
    });
    impostor.invite(to, octets, () => this.#answered++);
  }

  #lacks(detail: string) {
    return attackError('ATTACK_FLOOD_LACKS', `${this.#options.holder} cannot: ${detail}`);
  }
}
