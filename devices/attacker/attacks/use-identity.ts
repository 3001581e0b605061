/**
 * Using a user's identity: a clone of the phone registers in the user's place and calls somebody, or waits for somebody to
 * call. It counts as done when the honest phone at the other end says that the call is secure, with the victim's name on it.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { RandomSource } from '../../../sim/random.ts';
import { periodOf, type TelNumber } from '../../../network/mikey/index.ts';
import type { Handset } from '../../handset/index.ts';
import {
  ATTEMPT_LIMIT,
  hangUp,
  inconclusive,
  opened,
  refused,
  typeAt,
  witnessed,
  type Arm,
  type Attack,
  type Outcome,
  type Race,
} from '../attack.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { cloneStorage, pskFor } from '../clone.ts';
import { keysFor, labelOf, wrongPsks, type Holdings } from '../holdings.ts';
import type { AttackStage } from '../stage.ts';

/** Who is played to whom, and who of the two places the call. */
export interface UseIdentityOptions {
  readonly user: string;
  readonly peer: string;
  readonly direction: 'call' | 'receive';
  readonly random: RandomSource;
  /** Names the attacker's places on the network. */
  host(): string;
}

const TALK = '3s';

/** Opens when the honest phone says that it is in a secure call with the victim. The clone is switched off afterwards. */
export class UseIdentity implements Attack {
  readonly #stage: AttackStage;
  readonly #options: UseIdentityOptions;

  constructor(stage: AttackStage, options: UseIdentityOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  get asset(): string {
    return `identity ${this.#options.user}`;
  }

  get capability(): string {
    return this.#options.direction === 'call' ? 'place calls' : 'receive calls';
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const { user, peer } = this.#options;
    const stage = this.#stage;
    const acting = arm === 'positive' ? bystanderOf(stage, [user, peer]) : user;
    if (acting === undefined) return done(inconclusive(noBystander([user, peer])));
    const number = stage.numberOf(acting);
    const period = periodOf(stage.unixMs);
    const holdings = this.#holdings(arm, held, acting);
    const flash = cloneStorage(holdings, number, period, stage.crsOf(acting).name, this.#options.random);
    if (flash === undefined)
      return done(refused(`nothing is held that makes a phone of ${acting} in ${period}`));
    const host = this.#options.host();
    const clone = stage.clone(host, acting, flash, stage.attach(host));
    const keys = keysFor(holdings, number, period);
    const psk = pskFor(holdings, period);
    const means = [
      ...(psk === undefined ? [] : [labelOf.psk(psk)]),
      ...(keys === undefined ? [] : [labelOf.rsk(keys), labelOf.ssk(keys)]),
    ];

    let why = 'the clone found no way to the CRS';
    const watch = (event: AnyTraceEvent, race: Race): void => {
      if (event.on === host && event.type === 'handset.refused')
        why = `the CRS refused the clone: ${event.data.reason}`;
      if (event.on === host && event.type === 'handset.call-refused')
        why = `the call of the clone was refused: ${event.data.status} ${event.data.reason}`;
      if (event.on === host && event.type === 'handset.registered') this.#begin(clone, number);
      if (event.on === host && event.type === 'handset.ringing')
        stage.clock.schedule(SECOND, () => clone.line === 'ringing' && clone.answer());
      if (
        event.type === 'handset.call-secure' &&
        event.data.user === peer &&
        event.data.peer === stage.nameOf(number)
      ) {
        race.finish(opened(`${peer}'s phone says it is in a secure call with ${event.data.peer}`, means));
      }
    };
    witnessed(
      stage,
      ATTEMPT_LIMIT,
      watch,
      () => refused(why),
      (outcome) => {
        hangUp(clone);
        // The clone leaves, and the honest phones have time to come back.
        stage.clock.schedule(5 * SECOND, () => {
          clone.switchOff();
          done(outcome);
        });
      },
    );
  }

  #begin(clone: Handset, number: TelNumber): void {
    const { peer, direction } = this.#options;
    const stage = this.#stage;
    // Once registered it acts at once; the peer's person needs a moment.
    stage.clock.schedule(SECOND, () => {
      if (direction === 'call') {
        if (clone.line === 'idle') clone.dial(stage.numberOf(peer), 3 * SECOND);
        return;
      }
      const phone = stage.handsetOf(peer);
      if (phone?.service === 'registered' && phone.line === 'idle')
        typeAt(stage, phone, `call ${number} --for ${TALK}`, peer);
    });
  }

  #holdings(arm: Arm, held: Holdings, acting: string): Holdings {
    const { truth, unixMs } = this.#stage;
    const period = periodOf(unixMs);
    switch (arm) {
      case 'attempt':
        return held;
      case 'positive':
        return truth.holdingsOf(acting, period);
      case 'negative': {
        const theirs = truth.holdingsOf(acting, period);
        return { ...theirs, psks: wrongPsks(theirs.psks) };
      }
    }
  }
}
