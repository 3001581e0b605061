/**
 * No attack at all: an honest user calls another, each with the phone in their hands. What is lost in service by a block, a late disc or a
 * wrong clock is a row of a matrix too, and has to be tried like one. Why a call does not come about the phone or the CRS says.
 */
import { isAddressOf } from '../address.ts';
import { SECOND } from '../../../sim/clock.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { parsePeriod, periodOf, type Period } from '../../../network/mikey/index.ts';
import type { ReachedHandset } from '../../handset/index.ts';
import type { Admitter } from '../admitted.ts';
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
import { FarEnd } from '../far-end.ts';
import type { Holdings } from '../holdings.ts';
import { placeKnownCall } from '../known-call.ts';
import type { AttackAim } from '../path.ts';
import { lackingOn } from '../phone-keys.ts';
import type { AttackStage } from '../stage.ts';

/** Who calls whom. */
export interface HonestCallOptions extends Admitter {
  readonly user: string;
  readonly peer: string;
}

/** A phone with the name of whoever has it. */
interface InHand {
  readonly user: string;
  readonly phone: ReachedHandset;
}

/** What it is aimed at, held call or new one. It is service, and nobody's exposure. */
export function serviceAim(attack: 'call' | 'call --hold', user: string): AttackAim {
  return {
    attack,
    route: 'own-account',
    needs: ['psk', 'ssk'],
    asset: `service of ${user}`,
    capability: 'call',
    victim: null,
    call: null,
  };
}

/** Opens when both phones say that they are in a secure call. The call is ended then. */
export class HonestCall implements Attack {
  readonly isService = true;
  readonly #stage: AttackStage;
  readonly #options: HonestCallOptions;

  constructor(stage: AttackStage, options: HonestCallOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  aim(): AttackAim {
    return serviceAim('call', this.#options.user);
  }

  try(arm: Arm, _held: Holdings, done: (outcome: Outcome) => void): void {
    if (arm !== 'attempt')
      return placeKnownCall(
        this.#stage,
        { ...this.#options, key: arm === 'positive' ? 'right' : 'wrong' },
        done,
      );
    const stage = this.#stage;
    const { user, peer } = this.#options;
    const phones = [user, peer].map((each) => stage.handsetOf(each));
    const [caller, callee] = phones;
    if (caller === undefined || callee === undefined)
      return done(inconclusive(`${caller === undefined ? user : peer} has no phone with keys in hand`));
    const attempt = new Placing(stage, { user, phone: caller }, { user: peer, phone: callee });
    const race = witnessed(
      stage,
      ATTEMPT_LIMIT,
      (event, watched) => attempt.take(event, watched),
      () => attempt.late(),
      (outcome) => {
        for (const phone of [caller, callee]) hangUp(phone);
        stage.clock.schedule(8 * SECOND, () => done(this.#ofKms(outcome)));
      },
    );
    attempt.begin(race);
  }

  /** A phone cannot tell a signature under another KMS from a bad one; who knows the accounts of the two can. */
  #ofKms(outcome: Outcome): Outcome {
    const { truth } = this.#stage;
    const [own, others] = [this.#options.user, this.#options.peer].map((user) => truth.kmsOf(user).kpak);
    const isOther = own !== undefined && others !== undefined && Buffer.compare(own, others) !== 0;
    return outcome.reason === 'no-ssk' && isOther
      ? refused('other-kms', { missing: outcome.missing })
      : outcome;
  }
}

/** Makes ready one phone after the other, then calls. */
class Placing {
  readonly #stage: AttackStage;
  readonly #caller: InHand;
  readonly #callee: InHand;
  readonly #farEnd = new FarEnd();
  /** The phone that is awaited. */
  #awaited: InHand | undefined;
  #csb: string | undefined;
  readonly #secure = new Set<string>();

  constructor(stage: AttackStage, caller: InHand, callee: InHand) {
    this.#stage = stage;
    this.#caller = caller;
    this.#callee = callee;
    this.#farEnd.calledFrom(caller.phone.name);
  }

  begin(race: Race): void {
    const waiting = [this.#caller, this.#callee].find(({ phone }) => !isRegistered(phone));
    if (waiting === undefined) return this.#call(race);
    this.#awaited = waiting;
    const { user, phone } = waiting;
    this.#farEnd.from(phone.name);
    // Whoever sees that there is no connection starts the app again, so that it tries at once.
    typeAt(this.#stage, phone, 'restart', user);
  }

  take(event: AnyTraceEvent, race: Race): void {
    const { clock } = this.#stage;
    if (event.type === 'crs.handshake-refused' && isAddressOf(this.#awaited?.phone.name, event.data.host))
      this.#farEnd.from(event.data.host);
    const isRefusal = this.#farEnd.take(event);
    if (this.#farEnd.isBusy) return race.finish(inconclusive('the CRS takes no more requests for now'));
    if (isRefusal)
      return race.finish(
        refusedFor(this.#farEnd.reasons, () => inconclusive(`${event.type}: for no reason of the list`)),
      );
    if (event.type === 'handset.call-placed' && event.on === this.#caller.phone.name) {
      this.#csb = event.data.csb;
      this.#farEnd.call(event.data.csb);
    } else if (event.type === 'handset.call-secure' && event.data.csb === this.#csb) {
      this.#secure.add(event.on);
      if (this.#secure.size === 2)
        race.finish(
          opened(
            `both phones say that ${this.#caller.user} and ${this.#callee.user} are in a secure call`,
            {},
          ),
        );
    } else if (event.on === this.#awaited?.phone.name) {
      if (event.type === 'handset.registered') {
        this.#awaited = undefined;
        clock.schedule(SECOND, () => !race.over && this.begin(race));
      } else if (event.type === 'handset.awaiting-keys')
        race.finish(this.#lacking(this.#awaited, parsePeriod(event.data.period)));
    }
  }

  late(): Outcome {
    return refusedFor(this.#farEnd.reasons, () => refused('no-path'));
  }

  #call(race: Race): void {
    const { user, phone } = this.#caller;
    if (phone.line !== 'idle' || this.#callee.phone.line !== 'idle')
      return race.finish(inconclusive('one of the phones is in a call'));
    typeAt(this.#stage, phone, `call ${this.#stage.numberOf(this.#callee.user)}`, user);
    // A phone without keys of the month of its clock refuses at once, and places nothing.
    if (this.#csb === undefined) race.finish(this.#lacking(this.#caller, periodOf(this.#stage.unixMs)));
  }

  #lacking({ user, phone }: InHand, period: Period): Outcome {
    const number = this.#stage.numberOf(user);
    const lacking = lackingOn(phone, this.#stage.trace, { number, period });
    return refusedFor(lacking, () => inconclusive(`${phone.name} does not call`), phone.name);
  }
}

function isRegistered({ service }: ReachedHandset): boolean {
  return service === 'registered' || service === 'renewing';
}
