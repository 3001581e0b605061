/**
 * A forged I_MESSAGE: signed with stolen keys as their owner, or backdated into a past month (RFC 6509 section 3.2: the identifier is
 * of T's month). It takes the SSK of the user, and a way to the phone: the PSK of an account, or a CRS in wrong hands.
 */
import { fromAscii } from '../../../sim/octets.ts';
import type { RandomSource } from '../../../sim/random.ts';
import {
  identifierOf,
  periodOf,
  sakkeEncapsulate,
  signIMessage,
  telIdentity,
  timestampOf,
  type Payload,
  type Period,
  type TelNumber,
  type UserKeys,
} from '../../../network/mikey/index.ts';
import { inconclusive, type Arm, type Attack, type Outcome } from '../attack.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { keysFor, labelOf, type Holdings } from '../holdings.ts';
import type { AttackStage } from '../stage.ts';
import { present, type MadeMessage, type Path, type Presenter } from './present-message.ts';

/** Who is to be believed to have called whom, by which way, and how old the message says it is. */
export interface ForgeOptions extends Presenter {
  readonly user: string;
  readonly peer: string;
  readonly path: Path;
  /** Month of the keys and of the identifiers; the current one when left out. */
  readonly month: Period | undefined;
  /** T of the message, Unix milliseconds; now when left out. */
  readonly sent: number | undefined;
}

/** Opens when the callee's phone accepts a message that its owner of the name never sent. */
export class Forge implements Attack {
  readonly capability = 'forge';
  readonly #stage: AttackStage;
  readonly #options: ForgeOptions;

  constructor(stage: AttackStage, options: ForgeOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  get asset(): string {
    return `identity ${this.#options.user}`;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const { user, peer, path } = this.#options;
    const stage = this.#stage;
    // The positive control signs honestly as somebody who may, and goes the way that is open to them.
    const from = arm === 'positive' ? bystanderOf(stage, [user, peer]) : user;
    if (from === undefined) return done(inconclusive(noBystander([user, peer])));
    const way: Path =
      arm === 'positive' && path.through === 'account' ? { through: 'account', user: from } : path;
    present(
      stage,
      this.#options,
      {
        from: stage.numberOf(from),
        to: stage.numberOf(peer),
        path: way,
        held: this.#pathKeys(arm, held, way),
        made: this.#make(arm, held, from),
      },
      done,
    );
  }

  #make(arm: Arm, held: Holdings, from: string): MadeMessage {
    const { peer, month, sent, random } = this.#options;
    const { truth, unixMs } = this.#stage;
    const now = periodOf(unixMs);
    const honest = arm === 'positive';
    const period = honest ? now : (month ?? now);
    const number = this.#stage.numberOf(from);
    const source = arm === 'attempt' ? held : truth.holdingsOf(from, period);
    const keys = keysFor(source, number, period);
    const kms = truth.kmsOf(from);
    if (keys === undefined) return `no SSK of ${from} for ${period} is held`;
    const signing = arm === 'negative' ? { ...keys, ssk: keys.ssk.map((octet) => octet ^ 0x01) } : keys;
    return {
      iMessage: forged(
        signing,
        this.#stage.numberOf(peer),
        period,
        honest ? unixMs : (sent ?? unixMs),
        kms,
        random,
      ),
      means: [labelOf.ssk(keys)],
    };
  }

  #pathKeys(arm: Arm, held: Holdings, path: Path): Holdings {
    if (path.through === 'crs') return held;
    const theirs = this.#stage.truth.holdingsOf(path.user, periodOf(this.#stage.unixMs));
    // Going through another's account is that account's doing; through the victim's it takes the victim's PSK.
    return arm !== 'attempt' || path.user !== this.#options.user ? theirs : held;
  }
}

/** An I_MESSAGE with any month in its identifiers and any T: the two need not agree. */
function forged(
  keys: UserKeys,
  to: TelNumber,
  period: Period,
  sentUnixMs: number,
  kms: { kpak: Uint8Array; z: Uint8Array },
  random: RandomSource,
): Uint8Array {
  const ssv = random.octets(16);
  const payloads: readonly Payload[] = [
    timestampOf(sentUnixMs, random),
    { kind: 'RAND', rand: random.octets(16) },
    telIdentity('initiator', keys.number),
    telIdentity('responder', to),
    { kind: 'EXT', type: 'SDP IDs', data: fromAscii('mikey') },
    { kind: 'SAKKE', idScheme: 1, data: sakkeEncapsulate(ssv, identifierOf(to, period), kms.z) },
  ];
  const sessions = [0, 0].map((ssrc) => ({ policyNumber: 0, ssrc, roc: 0 }));
  return signIMessage(
    {
      kind: 'HDR',
      verify: false,
      prf: 'PRF-HMAC-SHA-256',
      csbId: random.uint32(),
      map: { type: 'SRTP-ID', sessions },
    },
    payloads,
    { keys, kms, random },
  );
}
