/**
 * Serving a phone a key package that it did not ask for. Whoever controls the CRS and has what is in a user's phone can wrap a package of
 * any month under the user's update key: last month's keys would be on the phone again after they had to go (para-25). It counts
 * as done when the phone says that it keeps them.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { Period } from '../../../network/mikey/index.ts';
import { wrapPackage } from '../../media/index.ts';
import {
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
import { pskFor } from '../clone.ts';
import { keysFor, labelOf, type Holdings } from '../holdings.ts';
import type { AttackStage } from '../stage.ts';

const SERVE_LIMIT = 40 * SECOND;

interface Made {
  readonly octets: Uint8Array;
  readonly means: readonly string[];
}

/** Opens when the phone keeps the keys that it was served. The CRS is left as it was. */
export class ServePackage implements Attack {
  readonly capability = 'serve package';
  readonly #stage: AttackStage;
  readonly #user: string;
  readonly #month: Period;

  constructor(stage: AttackStage, user: string, month: Period) {
    this.#stage = stage;
    this.#user = user;
    this.#month = month;
  }

  get asset(): string {
    return `keys of ${this.#user}`;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    // The positive control gives somebody what their phone asks for; the victim's phone is left as it is for the negative one.
    const acting = arm === 'positive' ? bystanderOf(stage, [this.#user]) : this.#user;
    if (acting === undefined) return done(inconclusive(noBystander([this.#user])));
    const phone = stage.handsetOf(acting);
    if (phone === undefined) return done(inconclusive(`${acting} has no phone with keys`));
    if (arm === 'attempt' && this.#made(arm, held, acting, this.#month) === undefined)
      return done(refused(`nothing is held that makes a package of ${this.#month} for ${acting}`));
    const number = stage.numberOf(acting);
    let served: Made | undefined;
    const crs = stage.crsOf(acting);
    crs.packageTamper = (asking, asked) => {
      if (asking !== number) return undefined;
      served = this.#made(arm, held, acting, arm === 'attempt' ? this.#month : asked);
      return served?.octets;
    };
    const watch = (event: AnyTraceEvent, race: Race): void => {
      if (event.on !== phone.name || served === undefined) return;
      if (event.type === 'handset.keys-installed')
        race.finish(opened(`${acting}'s phone keeps the keys of ${event.data.period}`, served.means));
      else if (event.type === 'handset.keys-refused')
        race.finish(refused(`${acting}'s phone refused it: ${event.data.code}`));
    };
    witnessed(
      stage,
      SERVE_LIMIT,
      watch,
      () => inconclusive(`${acting}'s phone asked for no package`),
      (outcome) => {
        crs.packageTamper = undefined;
        stage.clock.schedule(5 * SECOND, () => done(outcome));
      },
    );
    typeAt(stage, phone, 'fetch', acting);
  }

  /** A package of `month` under the user's update key; the negative control's is under another. */
  #made(arm: Arm, held: Holdings, acting: string, month: Period): Made | undefined {
    const source = arm === 'attempt' ? held : this.#stage.truth.holdingsOf(acting, month);
    const keys = keysFor(source, this.#stage.numberOf(acting), month);
    const psk = pskFor(source, month);
    const updateKey = source.updateKeys.at(-1);
    if (keys === undefined || psk === undefined || updateKey === undefined) return undefined;
    const wrapping = arm === 'negative' ? updateKey.map((octet) => octet ^ 0xff) : updateKey;
    return {
      octets: wrapPackage({ keys, psk }, wrapping),
      means: ['control of the CRS', labelOf.updateKey(acting, updateKey), labelOf.ssk(keys)],
    };
  }
}
