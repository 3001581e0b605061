/**
 * A recorded I_MESSAGE, presented again by a CRS in wrong hands: as it was, with the other valid form of its ECCSI signature, or after
 * the callee's app has lost its replay cache (RFC 3830 section 5.4).
 */
import { MINUTE, SECOND } from '../../../sim/clock.ts';
import { malleateIMessage, parseMessage, periodOf, sealIMessage } from '../../../network/mikey/index.ts';
import { csbText } from '../../handset/index.ts';
import { typeAt, type Arm, type Attack, type Outcome } from '../attack.ts';
import { offersOnCrs } from '../crs-image.ts';
import { keysFor, type Holdings } from '../holdings.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage, CallFacts } from '../stage.ts';
import { present, type MadeMessage, type Presenter } from './present-message.ts';

/** Which recorded call, and what is done to its message or its callee beforehand. */
export interface ReplayOptions extends Presenter {
  readonly call: string;
  readonly malleated: boolean;
  readonly afterRestart: boolean;
}

/** Opens when the callee's phone accepts the same key agreement a second time. */
export class Replay implements Attack {
  readonly capability = 'replay';
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

  get asset(): string {
    return `I_MESSAGE of ${this.#call.name}`;
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
      present(
        stage,
        this.#options,
        { from: this.#call.from, to: this.#call.to, path: { through: 'crs' }, held, made },
        done,
      );
    });
  }

  #recorded(held: Holdings, broken: boolean): MadeMessage {
    const offers = [
      ...this.#recorder.offers(held.psks).map(({ iMessage }) => iMessage),
      ...offersOnCrs(this.#stage.crsOf(this.#stage.nameOf(this.#call.to)).extract()),
    ];
    const iMessage = offers.find((octets) => csbText(parseMessage(octets).header.csbId) === this.#call.csb);
    if (iMessage === undefined) return 'the I_MESSAGE of the call could not be read';
    if (broken)
      return {
        iMessage: iMessage.map((octet, index) => (index === iMessage.length - 100 ? octet ^ 1 : octet)),
        means: [],
      };
    return {
      iMessage: this.#options.malleated ? malleateIMessage(parseMessage(iMessage)) : iMessage,
      means: ['recorded I_MESSAGE'],
    };
  }

  /** A new message of the same caller: the way to the phone is open, and it accepts what it should. */
  #fresh(): MadeMessage {
    const { truth, unixMs, deployment } = this.#stage;
    const user = this.#stage.nameOf(this.#call.from);
    const senderKeys = keysFor(truth.holdingsOf(user, periodOf(unixMs)), this.#call.from, periodOf(unixMs));
    if (senderKeys === undefined) return `no keys of ${user}`;
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
