/**
 * Fetching a key package in a session that was opened before: the attacker's own phone asks in the session that it has. Whether the CRS asks
 * again who may have what is what this shows; where the session is gone, what is left is to come in anew.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { ReachedHandset } from '../../handset/index.ts';
import {
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
import { holdingsOfPhone, joined, pskFor, secretOf, type Holdings } from '../holdings.ts';
import { periodOf } from '../../../network/mikey/index.ts';
import type { AttackAim } from '../path.ts';
import type { AttackStage } from '../stage.ts';
import { FetchPackage, type FetchOptions } from './packages.ts';

const ASK_LIMIT = 40 * SECOND;

/** Whose package, and whose phone asks. */
export interface FetchInSessionOptions extends FetchOptions {
  readonly holder: string;
}

/** Opens when the CRS hands a package of that month to the attacker's phone, wrapped or not. The phone keeps what it can open. */
export class FetchInSession implements Attack {
  readonly #stage: AttackStage;
  readonly #options: FetchInSessionOptions;
  readonly #anew: FetchPackage;

  constructor(stage: AttackStage, options: FetchInSessionOptions) {
    this.#stage = stage;
    this.#options = options;
    this.#anew = new FetchPackage(stage, options);
  }

  aim(): AttackAim {
    return { ...this.#anew.aim(), attack: 'fetch-package --in-session' };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    if (arm !== 'attempt') return this.#anew.try(arm, held, done);
    const stage = this.#stage;
    const { user, holder } = this.#options;
    const number = stage.numberOf(user);
    const phone = stage.phonesOf(holder).findLast((each) => each.number === number);
    if (phone === undefined) return done(inconclusive(`${holder} has no phone with keys of ${user}`));
    const own = joined(held, holdingsOfPhone(phone.extract()));
    if (phone.service !== 'registered') return this.#anew.try(arm, own, done);
    this.#ask(phone, own, done);
  }

  #ask(phone: ReachedHandset, own: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const { month, holder, user } = this.#options;
    const farEnd = new FarEnd([phone.name]);
    farEnd.asksForPackage();
    const psk = pskFor(own, stage.numberOf(user), periodOf(stage.unixMs));
    const watch = (event: AnyTraceEvent, race: Race): void => {
      if (event.type === 'crs.package-refused' && event.data.period === month && farEnd.take(event))
        return race.finish(refusedFor(farEnd.reasons, () => inconclusive(event.data.reason), month));
      if (event.on !== phone.name) return;
      // What it could not open it was handed all the same.
      const isHanded = event.type === 'handset.keys-installed' || event.type === 'handset.keys-refused';
      if (isHanded && event.data.period === month)
        race.finish(
          opened(`the CRS handed the package of ${month} to ${phone.name}, in the session that it had`, {
            means: psk === undefined ? [] : [secretOf.psk(psk)],
          }),
        );
    };
    witnessed(
      stage,
      ASK_LIMIT,
      watch,
      () => refusedFor(farEnd.reasons, () => refused('no-path')),
      (outcome) => void stage.clock.schedule(2 * SECOND, () => done(outcome)),
    );
    typeAt(stage, phone, 'fetch', holder);
  }
}
