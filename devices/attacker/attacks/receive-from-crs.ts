/**
 * Taking a call that a CRS in wrong hands hands over: it lets a phone of the attacker's in under the victim's number, with no PSK of the
 * victim. Whether that phone can answer is decided by the RSK.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { periodOf } from '../../../network/mikey/index.ts';
import type { Handset, ReachedHandset } from '../../handset/index.ts';
import { admitted } from '../admitted.ts';
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
  type Race,
} from '../attack.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { FarEnd } from '../far-end.ts';
import { keysFor, secretOf, type Holdings } from '../holdings.ts';
import { missingKeys } from '../obstacles.ts';
import type { AttackAim } from '../path.ts';
import type { Reason } from '../../reason.ts';
import type { AttackStage } from '../stage.ts';
import type { UseIdentityOptions } from './use-identity.ts';

/** Opens when the caller's phone says that it is in a secure call with the victim. */
export class ReceiveFromCrs implements Attack {
  readonly #stage: AttackStage;
  readonly #options: UseIdentityOptions;

  constructor(stage: AttackStage, options: UseIdentityOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  aim(): AttackAim {
    const { user } = this.#options;
    return {
      attack: 'receive-as',
      route: 'crs',
      needs: ['rsk'],
      asset: `identity ${user}`,
      capability: 'take calls',
      victim: user,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const { user, peer } = this.#options;
    const acting = arm === 'positive' ? bystanderOf(stage, [user, peer]) : user;
    if (acting === undefined) return done(inconclusive(noBystander([user, peer])));
    const number = stage.numberOf(acting);
    const period = periodOf(stage.unixMs);
    const source = this.#source(arm, held, acting);
    const own = missingKeys(source, { number, period }, ['RSK']);
    // Who lacks the RSK answers with that of another user all the same.
    const keys =
      keysFor(source, number, period) ?? source.userKeys.findLast((each) => each.period === period);
    const made =
      keys === undefined
        ? undefined
        : admitted(stage, this.#options, [
            { user: acting, keys: { ...source, userKeys: [{ ...keys, number }] } },
          ]);
    const [clone] = made?.phones ?? [];
    if (keys === undefined || made === undefined || clone === undefined)
      return done(refusedFor(own, () => refused('no-rsk')));
    this.#wait(acting, clone, own, (outcome) => {
      made.end();
      const sources = [stage.crsOf(acting).name];
      done(outcome.outcome === 'opened' ? { ...outcome, means: [secretOf.rsk(keys)], sources } : outcome);
    });
  }

  #source(arm: Arm, held: Holdings, acting: string): Holdings {
    const { truth, unixMs } = this.#stage;
    const period = periodOf(unixMs);
    if (arm === 'attempt') return held;
    const theirs = truth.holdingsOf(acting, period);
    if (arm === 'positive') return theirs;
    const [wrong] = truth.bystander(acting, period).userKeys;
    return {
      ...theirs,
      userKeys: theirs.userKeys.map((keys) => ({ ...keys, rsk: wrong?.rsk ?? keys.rsk.toReversed() })),
    };
  }

  /** The peer calls; whoever is in the victim's place answers if it can. */
  #wait(acting: string, clone: Handset, own: readonly Reason[], done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const { peer } = this.#options;
    const phone = stage.handsetOf(peer);
    if (phone === undefined) return done(inconclusive(`${peer} has no phone that could call`));
    const farEnd = new FarEnd([clone.name]);
    farEnd.calledFrom(phone.name);
    const watch = (event: AnyTraceEvent, race: Race): void => {
      const isRefusal = farEnd.take(event);
      if (isRefusal)
        return race.finish(
          refusedFor([...farEnd.reasons, ...own], () =>
            inconclusive(`${event.type}: for no reason of the list`),
          ),
        );
      if (event.on === clone.name && event.type === 'handset.registered')
        stage.clock.schedule(SECOND, () => !race.over && this.#letCall(acting, phone, race));
      else if (event.on === phone.name && event.type === 'handset.call-placed') farEnd.call(event.data.csb);
      else if (event.on === clone.name && event.type === 'handset.ringing')
        stage.clock.schedule(SECOND, () => clone.line === 'ringing' && clone.answer());
      else if (
        event.on === phone.name &&
        event.type === 'handset.call-secure' &&
        event.data.peer === acting &&
        farEnd.isOf(event.data.csb)
      )
        race.finish(opened(`${peer}'s phone says it is in a secure call with ${acting}`, {}));
    };
    witnessed(
      stage,
      ATTEMPT_LIMIT,
      watch,
      () => refusedFor([...farEnd.reasons, ...own], () => refused('no-path')),
      (outcome) => {
        hangUp(phone);
        stage.clock.schedule(8 * SECOND, () => done(outcome));
      },
    );
  }

  #letCall(acting: string, phone: ReachedHandset, race: Race): void {
    const stage = this.#stage;
    const { peer } = this.#options;
    if (phone.service !== 'registered' || phone.line !== 'idle')
      return race.finish(inconclusive(`${peer} has no phone that could call`));
    typeAt(stage, phone, `call ${stage.numberOf(acting)} --for 5s`, peer);
  }
}
