/**
 * Serving a phone a key package that it did not ask for. Whoever controls the CRS and has what is in a user's phone can wrap a package of
 * any month under the user's update key: last month's keys would be on the phone again after they had to go (para-25). It counts
 * as done when the phone says that it keeps them.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent, TraceEvent } from '../../../sim/trace.ts';
import type { Period } from '../../../network/mikey/index.ts';
import { wrapPackage } from '../../media/index.ts';
import type { Reason } from '../../reason.ts';
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
import { bystanderOf, noBystander } from '../bystander.ts';
import { keysFor, obviousPsk, pskFor, secretOf, updateKeyFor, type Holdings } from '../holdings.ts';
import { missingKeys, type Owner } from '../obstacles.ts';
import type { AttackAim } from '../path.ts';
import type { AttackStage } from '../stage.ts';

const SERVE_LIMIT = 40 * SECOND;

interface Made {
  readonly octets: Uint8Array;
  readonly means: readonly Secret[];
}

/** Opens when the phone keeps the keys that it was served. The CRS is left as it was. */
export class ServePackage implements Attack {
  readonly #stage: AttackStage;
  readonly #user: string;
  readonly #month: Period;

  constructor(stage: AttackStage, user: string, month: Period) {
    this.#stage = stage;
    this.#user = user;
    this.#month = month;
  }

  aim(): AttackAim {
    return {
      attack: 'serve-package',
      route: 'crs',
      needs: ['update-key', 'rsk', 'ssk'],
      asset: `key ring of ${this.#user}`,
      capability: 'install keys',
      victim: this.#user,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    // The positive control gives somebody what their phone asks for; the victim's phone is left as it is for the negative one.
    const acting = arm === 'positive' ? bystanderOf(stage, [this.#user]) : this.#user;
    if (acting === undefined) return done(inconclusive(noBystander([this.#user])));
    const phone = stage.handsetOf(acting);
    if (phone === undefined) return done(inconclusive(`${acting} has no phone with keys`));
    const number = stage.numberOf(acting);
    const own = arm === 'attempt' ? obstaclesTo(held, { number, period: this.#month }) : [];
    if (own.length > 0) return done(refusedFor(own, () => refused('no-update-key'), this.#month));
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
        race.finish(
          opened(`${acting}'s phone keeps the keys of ${event.data.period}`, {
            means: served.means,
            sources: [crs.name],
          }),
        );
      else if (event.type === 'handset.keys-refused') race.finish(refusedBy(event.data));
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
    const number = this.#stage.numberOf(acting);
    const keys = keysFor(source, number, month);
    const updateKey = updateKeyFor(source, number);
    if (keys === undefined || updateKey === undefined) return undefined;
    const ownPsk = pskFor(source, number, month);
    // Nobody looks whether the PSK in a package is one.
    const psk = ownPsk ?? obviousPsk(`${number}.${month}`);
    const { key } = updateKey;
    return {
      octets: wrapPackage({ keys, psk }, arm === 'negative' ? key.map((octet) => octet ^ 0xff) : key),
      means: [
        secretOf.updateKey(updateKey),
        secretOf.rsk(keys),
        secretOf.ssk(keys),
        ...(ownPsk === undefined ? [] : [secretOf.psk(ownPsk)]),
      ],
    };
  }
}

/** What a package of this month would take and is not held. */
function obstaclesTo(held: Holdings, owner: Owner): readonly Reason[] {
  const hasUpdateKey = updateKeyFor(held, owner.number) !== undefined;
  return [...(hasUpdateKey ? [] : (['no-update-key'] as const)), ...missingKeys(held, owner, ['RSK', 'SSK'])];
}

function refusedBy({ reason, code }: TraceEvent<'handset.keys-refused'>['data']): Outcome {
  return reason === null
    ? inconclusive(`it was refused for another reason: ${code}`)
    : refused(reason, { detail: code });
}
