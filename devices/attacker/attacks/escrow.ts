/**
 * Escrow: whoever has the z_T of a KMS makes the RSK of anybody for any month, and so opens every recorded call of its users whose I_MESSAGE can be
 * read: out of a recorded session with the PSK of a leg, or from the CRS. The RSK alone is not enough, and nothing else that is held counts here.
 */
import { assert } from '../../../sim/errors.ts';
import { periodOf, type Period } from '../../../network/mikey/index.ts';
import type { Reason } from '../../reason.ts';
import { refusedFor, type Arm, type Attack, type Outcome } from '../attack.ts';
import { NOTHING, secretOf, type HeldMaster, type Holdings } from '../holdings.ts';
import { anotherMaster, receiverKeysBy } from '../master-keys.ts';
import type { AttackAim } from '../path.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage, CallFacts } from '../stage.ts';
import { DecryptCall } from './decrypt-call.ts';

/** Which recording, and who hands over its signalling. */
export interface EscrowOptions {
  readonly call: string;
  /** The CRS hands over the signalling that it has. */
  readonly crsHelps: boolean;
}

/** Opens when at least one recorded packet decrypts with an RSK that was made of a z_T. */
export class OpenEscrow implements Attack {
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #options: EscrowOptions;
  readonly #call: CallFacts;

  /** Errors: ATTACK_NO_CALL. */
  constructor(stage: AttackStage, recorder: Recorder, options: EscrowOptions) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#options = options;
    this.#call = stage.call(options.call);
  }

  aim(): AttackAim {
    const { crsHelps } = this.#options;
    const callee = this.#stage.nameOf(this.#call.to);
    return {
      attack: 'escrow',
      route: crsHelps ? 'tap+crs' : 'tap',
      needs: [crsHelps ? 'signalling' : 'psk', 'zt', 'media'],
      asset: `recorded calls of ${this.#month} to ${callee}`,
      capability: 'hear',
      victim: callee,
      call: this.#call.name,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const { psks, sessionKeys, masters: all } = this.#stage.truth;
    if (arm === 'attempt') return done(this.#tried(held));
    // Which KMS a call is of shows when it opens: users may have gone over to another one since.
    const masters = arm === 'positive' ? all : all.map(anotherMaster);
    done(this.#tried({ ...NOTHING, psks, sessionKeys, masters }));
  }

  /** The month in which the call was placed, by the true time. */
  get #month(): Period {
    const { unixMs, clock } = this.#stage;
    return periodOf(unixMs - Math.floor((clock.now() - this.#call.began) / 1000));
  }

  #tried({ masters, psks, sessionKeys }: Holdings): Outcome {
    const signalling = { ...NOTHING, psks, sessionKeys };
    let last: Outcome | undefined;
    for (const master of masters) {
      const outcome = this.#decrypted(signalling, master);
      if (outcome.outcome === 'opened') return outcome;
      last ??= outcome;
    }
    return last ?? this.#without(signalling);
  }

  #decrypted(signalling: Holdings, master: HeldMaster): Outcome {
    const { keys, kms } = receiverKeysBy(master, { number: this.#call.to, period: this.#month });
    const outcome = this.#decrypt({ ...signalling, kms, userKeys: [keys] });
    // What was held is the z_T: the RSK was made of it.
    const means = outcome.means.map((secret) => (secret.kind === 'RSK' ? secretOf.zt(master) : secret));
    return { ...outcome, means };
  }

  /** Without a z_T: that, and whatever else would have stood in the way. */
  #without(held: Holdings): Outcome {
    const { reason, missing } = this.#decrypt(held);
    const others = [reason, ...missing].filter(
      (each): each is Reason => each !== null && each !== 'no-rsk' && each !== 'no-ssv',
    );
    return refusedFor(['no-zt', ...others], () => this.#decrypt(NOTHING), this.#call.name);
  }

  #decrypt(held: Holdings): Outcome {
    const { call, crsHelps } = this.#options;
    const outcomes: Outcome[] = [];
    const attack = new DecryptCall(this.#stage, this.#recorder, { call, crsHelps });
    attack.try('attempt', held, (outcome) => outcomes.push(outcome));
    const [outcome] = outcomes;
    assert(outcome !== undefined, 'a recording is decrypted at once');
    return outcome;
  }
}
