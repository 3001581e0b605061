/**
 * Using a user's identity: a clone of the phone registers in the user's place and calls somebody, or waits for somebody to
 * call. It counts as done when the honest phone at the other end says that the call is secure, with the victim's name on it.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { periodOf, type TelNumber } from '../../../network/mikey/index.ts';
import type { Handset } from '../../handset/index.ts';
import type { Flash } from '../../hardware/index.ts';
import {
  ATTEMPT_LIMIT,
  hangUp,
  inconclusive,
  opened,
  refused,
  refusedFor,
  typeAt,
  witnessed,
  type Arm,
  type Attack,
  type Outcome,
} from '../attack.ts';
import { heldInArm } from '../arm-holdings.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { cloneStorage } from '../clone.ts';
import { FarEnd } from '../far-end.ts';
import { keysFor, pskFor, secretOf, type Holdings } from '../holdings.ts';
import { placeKnownCall } from '../known-call.ts';
import { tryLogin, type Presenter } from '../login.ts';
import { missingKeys } from '../obstacles.ts';
import { meansBefore, withPackagesOpened } from '../open-package.ts';
import type { AttackAim } from '../path.ts';
import { publicKeysFor } from '../public-keys.ts';
import type { AttackStage } from '../stage.ts';
import { canBeCalled } from '../stand-in.ts';

/** Who is played to whom, and who of the two places the call. */
export interface UseIdentityOptions extends Presenter {
  readonly user: string;
  readonly peer: string;
  readonly direction: 'call' | 'receive';
  /** It opens the key packages at hand on the way. */
  readonly unwraps?: boolean;
  /** Who holds the clone. */
  readonly holder: string;
}

const TALK = '3s';

/** What has come of the call so far. */
interface CloneProgress {
  isRegistered: boolean;
  isPlaced: boolean;
  /** Whether it is the clone that places it or rings. */
  isOnClone: boolean;
  /** With which SIP status it was refused. */
  status: number | undefined;
}

/** Opens when the honest phone says that it is in a secure call with the victim. The clone is switched off afterwards. */
export class UseIdentity implements Attack {
  readonly #stage: AttackStage;
  readonly #options: UseIdentityOptions;

  constructor(stage: AttackStage, options: UseIdentityOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  aim(): AttackAim {
    const { user, direction, unwraps = false } = this.#options;
    const calls = direction === 'call';
    return {
      attack: calls ? 'call-as' : 'receive-as',
      route: 'own-account',
      needs: ['psk', calls ? 'ssk' : 'rsk', ...(unwraps ? (['update-key'] as const) : [])],
      asset: `identity ${user}`,
      capability: calls ? 'place calls' : 'take calls',
      victim: user,
      call: null,
    };
  }

  try(arm: Arm, before: Holdings, done: (outcome: Outcome) => void): void {
    const { user, peer, direction, unwraps = false } = this.#options;
    const stage = this.#stage;
    // The phone of the peer is out of reach of everybody: the controls are made with two phones that are in order.
    if (arm !== 'attempt' && direction === 'call' && !canBeCalled(stage, peer))
      return placeKnownCall(stage, { ...this.#options, key: arm === 'positive' ? 'right' : 'wrong' }, done);
    const held = unwraps ? withPackagesOpened(before) : before;
    const acting = arm === 'positive' ? bystanderOf(stage, [user, peer]) : user;
    if (acting === undefined) return done(inconclusive(noBystander([user, peer])));
    const number = stage.numberOf(acting);
    const period = periodOf(stage.unixMs);
    const holdings = this.#holdings(arm, held, acting);
    const key = direction === 'call' ? 'SSK' : 'RSK';
    const own = missingKeys(holdings, { number, period }, ['PSK', key]);
    const psk = pskFor(holdings, number, period);
    if (psk === undefined) return done(refusedFor(own, () => refused('no-psk')));
    const crs = stage.crsOf(acting).name;
    const keys = keysFor(holdings, number, period);
    const kms = keys && publicKeysFor(stage, holdings, keys);
    const flash = cloneStorage({ ...holdings, kms }, number, period, crs, this.#options.random);
    // Without keys of this month there is no phone to be made: what is left is to try the PSK.
    if (flash === undefined) return tryLogin(stage, this.#options, { number, crs, psk, own }, done);
    const signing =
      keys === undefined ? [] : [direction === 'call' ? secretOf.ssk(keys) : secretOf.rsk(keys)];
    const used = [secretOf.psk(psk), ...signing];
    const means = unwraps && arm === 'attempt' ? meansBefore(before, used) : used;
    this.#play(acting, flash, (outcome) =>
      done(outcome.outcome === 'opened' ? { ...outcome, means } : outcome),
    );
  }

  /** A phone with this storage comes in as `acting`, and does what it is there for. */
  #play(acting: string, flash: Flash, done: (outcome: Outcome) => void): void {
    const { peer } = this.#options;
    const stage = this.#stage;
    const number = stage.numberOf(acting);
    const host = this.#options.host();
    const farEnd = new FarEnd([host]);
    const clone = stage.clone(host, this.#options.holder, flash, stage.attach(host));
    const call: CloneProgress = { isRegistered: false, isPlaced: false, isOnClone: false, status: undefined };
    witnessed(
      stage,
      ATTEMPT_LIMIT,
      (event, race) => {
        farEnd.take(event);
        if (event.on === host && event.type === 'handset.registered') {
          call.isRegistered = true;
          this.#begin(clone, number, farEnd);
        }
        this.#follow(event, host, farEnd, call);
        if (event.on === host && event.type === 'handset.ringing')
          stage.clock.schedule(SECOND, () => clone.line === 'ringing' && clone.answer());
        if (
          event.type === 'handset.call-secure' &&
          event.data.user === peer &&
          event.data.peer === stage.nameOf(number) &&
          call.isOnClone &&
          farEnd.isOf(event.data.csb)
        )
          race.finish(opened(`${peer}'s phone says it is in a secure call with ${event.data.peer}`, {}));
      },
      () => this.#late(farEnd, call),
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

  /** How far the call has come. That the victim's own phone takes it is nothing that the clone did. */
  #follow(event: AnyTraceEvent, host: string, farEnd: FarEnd, call: CloneProgress): void {
    if (!call.isRegistered) return;
    const { peer, direction } = this.#options;
    const caller = direction === 'call' ? host : this.#stage.handsetOf(peer)?.name;
    if (event.type === 'handset.call-placed' && event.on === caller) {
      call.isPlaced = true;
      call.isOnClone = direction === 'call';
      farEnd.call(event.data.csb);
    } else if (event.type === 'handset.ringing' && event.on === host) call.isOnClone = true;
    else if (event.type === 'handset.call-refused' && event.on === caller) call.status = event.data.status;
  }

  #late(farEnd: FarEnd, { isRegistered, isPlaced, status }: CloneProgress): Outcome {
    if (farEnd.isBusy) return inconclusive('the CRS takes no more requests for now');
    return refusedFor(farEnd.reasons, () => {
      if (isRegistered && !isPlaced) return inconclusive('nobody placed the call');
      return status === undefined ? refused('no-path') : inconclusive(`the call was answered ${status}`);
    });
  }

  #begin(clone: Handset, number: TelNumber, farEnd: FarEnd): void {
    const { peer, direction } = this.#options;
    const stage = this.#stage;
    // Once registered it acts at once; the peer's person needs a moment.
    stage.clock.schedule(SECOND, () => {
      if (direction === 'call') {
        if (clone.line === 'idle') clone.dial(stage.numberOf(peer), 3 * SECOND);
        return;
      }
      const phone = stage.handsetOf(peer);
      if (phone?.service !== 'registered' || phone.line !== 'idle') return;
      farEnd.calledFrom(phone.name);
      typeAt(stage, phone, `call ${number} --for ${TALK}`, peer);
    });
  }

  #holdings(arm: Arm, held: Holdings, acting: string): Holdings {
    const { truth, unixMs } = this.#stage;
    return heldInArm(arm, held, truth.holdingsOf(acting, periodOf(unixMs)));
  }
}
