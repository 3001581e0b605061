/**
 * A recorded I_MESSAGE, presented again by a CRS in wrong hands: as it was, with the other valid form of its ECCSI signature, or after
 * the callee's app has lost its replay cache (RFC 3830 section 5.4).
 */
import { MINUTE, SECOND } from '../../../sim/clock.ts';
import { malleateIMessage, parseMessage, periodOf, sealIMessage } from '../../../network/mikey/index.ts';
import { csbText } from '../../handset/index.ts';
import type { Reason } from '../../reason.ts';
import { typeAt, type Arm, type Attack, type Outcome } from '../attack.ts';
import { offersOnCrs } from '../crs-image.ts';
import { keysFor, secretOf, type Holdings } from '../holdings.ts';
import type { Presenter } from '../login.ts';
import type { AttackAim } from '../path.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage, CallFacts } from '../stage.ts';
import { present, type MadeMessage } from './present-message.ts';

/** Which recorded call, and what is done to its message or its callee beforehand. */
export interface ReplayOptions extends Presenter {
  readonly call: string;
  readonly malleated: boolean;
  readonly afterRestart: boolean;
}

/** Opens when the callee's phone accepts the same key agreement a second time. */
export class Replay implements Attack {
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #options: ReplayOptions;
  readonly #call: CallFacts;

  /** Errors: ATTACK_NO_CALL. */
  constructor(stage: AttackStage, recorder: Recorder, options: ReplayOptions) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#options = options;
    this.#call = stage.call(options.call);
  }

  aim(): AttackAim {
    const { malleated, afterRestart } = this.#options;
    const attack = malleated
      ? afterRestart
        ? 'replay --malleated --after-restart'
        : 'replay --malleated'
      : afterRestart
        ? 'replay --after-restart'
        : 'replay';
    return {
      attack,
      route: 'crs',
      needs: ['signalling'],
      asset: `I_MESSAGE of ${this.#call.name}`,
      capability: 'reuse',
      victim: this.#stage.nameOf(this.#call.from),
      call: this.#call.name,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const callee = stage.nameOf(this.#call.to);
    let pause = 0;
    if (arm === 'attempt' && this.#options.afterRestart) {
      typeAt(stage, stage.handsetOf(callee), 'restart', callee);
      pause = 20 * SECOND;
    }
    // After a restart a phone takes nothing stamped within the skew limit: the positive control has to wait that out.
    if (arm === 'positive' && this.#options.afterRestart) pause = stage.deployment['skew-limit'] + MINUTE;
    stage.clock.schedule(pause, () => {
      const made = arm === 'positive' ? this.#fresh() : this.#recorded(held, arm === 'negative');
      const { from, to } = this.#call;
      const own: readonly Reason[] = made === undefined ? ['no-signalling'] : [];
      const way = { through: 'crs' } as const;
      present(stage, this.#options, { from, to, way, psk: undefined, made, own }, done);
    });
  }

  #recorded(held: Holdings, broken: boolean): MadeMessage | undefined {
    const found = this.#found(held);
    if (found === undefined) return undefined;
    const { iMessage } = found;
    if (broken) {
      const changed = iMessage.map((octet, index) => (index === iMessage.length - 100 ? octet ^ 1 : octet));
      return { ...found, iMessage: changed };
    }
    return this.#options.malleated ? { ...found, iMessage: malleateIMessage(parseMessage(iMessage)) } : found;
  }

  /** What the CRS has of the call, or else a tap with the PSK of the session. */
  #found(held: Holdings): MadeMessage | undefined {
    const { csb, to } = this.#call;
    const isOf = (octets: Uint8Array): boolean => csbText(parseMessage(octets).header.csbId) === csb;
    const crs = this.#stage.crsOf(this.#stage.nameOf(to));
    const kept = offersOnCrs(crs.extract()).find(isOf);
    if (kept !== undefined) return { iMessage: kept, means: [] };
    const offer = this.#recorder.offers(held.psks, held.sessionKeys).find(({ iMessage }) => isOf(iMessage));
    if (offer === undefined) return undefined;
    const { iMessage, psk, client } = offer;
    const sources = this.#recorder.linksOf((host) => host === client);
    return { iMessage, means: [secretOf.psk(psk)], sources };
  }

  /** A new message of the same caller: the way to the phone is open, and it accepts what it should. */
  #fresh(): MadeMessage | undefined {
    const { truth, unixMs, deployment } = this.#stage;
    const user = this.#stage.nameOf(this.#call.from);
    const senderKeys = keysFor(truth.holdingsOf(user, periodOf(unixMs)), this.#call.from, periodOf(unixMs));
    if (senderKeys === undefined) return undefined;
    const { octets } = sealIMessage({
      from: this.#call.from,
      to: this.#call.to,
      senderKeys,
      kms: truth.kmsOf(user),
      unixMs,
      random: this.#options.random,
      prf: deployment['mikey-prf'],
      policy: { profile: deployment['srtp-profile'] },
      offered: ['mikey'],
    });
    return { iMessage: octets, means: [] };
  }
}
