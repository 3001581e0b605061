/**
 * Being offered a call as a user: whoever is registered in the user's place hears who calls, and when, whether or not it could answer. It
 * takes the PSK and no other key: an RSK decides about answering only.
 */
import { SECOND } from '../../../sim/clock.ts';
import { periodOf } from '../../../network/mikey/index.ts';
import { fromOf, type SipRequest } from '../../../network/sip/index.ts';
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
import { pskFor, secretOf, type HeldPsk, type Holdings } from '../holdings.ts';
import { login, type LoggedIn, type Presenter } from '../login.ts';
import { missingKeys } from '../obstacles.ts';
import type { AttackAim } from '../path.ts';
import type { AttackStage } from '../stage.ts';

/** In whose place it waits, and who calls. */
export interface BeOfferedAsOptions extends Presenter {
  readonly user: string;
  readonly peer: string;
}

/** Opens when the INVITE of the peer's phone comes to the attacker's place. It answers that it is busy, and leaves. */
export class BeOfferedAs implements Attack {
  readonly #stage: AttackStage;
  readonly #options: BeOfferedAsOptions;

  constructor(stage: AttackStage, options: BeOfferedAsOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  aim(): AttackAim {
    const { user } = this.#options;
    return {
      attack: 'be-offered-as',
      route: 'own-account',
      needs: ['psk'],
      asset: `calls addressed to ${user}`,
      capability: 'be offered calls',
      victim: user,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const { user, peer } = this.#options;
    const acting = arm === 'positive' ? bystanderOf(stage, [user, peer]) : user;
    if (acting === undefined) return done(inconclusive(noBystander([user, peer])));
    const owner = { number: stage.numberOf(acting), period: periodOf(stage.unixMs) };
    const theirs = stage.truth.holdingsOf(acting, owner.period);
    const source = heldInArm(arm, held, theirs);
    const own = missingKeys(source, owner, ['PSK']);
    const psk = pskFor(source, owner.number, owner.period);
    if (psk === undefined) return done(refusedFor(own, () => refused('no-psk')));
    let offered: (from: string) => void = () => undefined;
    const onInvite = (invite: SipRequest): void => {
      const { uri } = fromOf(invite);
      offered(uri.scheme === 'tel' ? stage.nameOf(uri.number) : '');
    };
    const options = { number: owner.number, crs: stage.crsOf(acting).name, psk, own, onInvite };
    login(stage, this.#options, options, (answer) => {
      if (!('impostor' in answer)) return done(answer);
      this.#wait(acting, psk, answer, (listener) => (offered = listener), done);
    });
  }

  /** Lets the peer call, once, and sees where the call goes. */
  #wait(
    acting: string,
    psk: HeldPsk,
    { impostor, farEnd }: LoggedIn,
    onOffer: (listener: (from: string) => void) => void,
    done: (outcome: Outcome) => void,
  ): void {
    const stage = this.#stage;
    const { peer } = this.#options;
    const phone = stage.handsetOf(peer);
    const leave = (outcome: Outcome): void => {
      impostor.leave();
      hangUp(phone);
      // The honest phones have time to come back.
      stage.clock.schedule(8 * SECOND, () => done(outcome));
    };
    if (phone?.service !== 'registered' || phone.line !== 'idle')
      return leave(inconclusive(`${peer} has no phone that could call`));
    farEnd.calledFrom(phone.name);
    const race = witnessed(
      stage,
      ATTEMPT_LIMIT,
      (event) => farEnd.take(event),
      () => refusedFor(farEnd.reasons, () => refused('no-path', { detail: 'the call went elsewhere' })),
      leave,
    );
    onOffer((from) => {
      if (from === peer)
        race.finish(
          opened(`a call of ${peer} was offered in the place of ${acting}`, { means: [secretOf.psk(psk)] }),
        );
    });
    typeAt(stage, phone, `call ${stage.numberOf(acting)} --for 3s`, peer);
  }
}
