/**
 * Next month's key package: fetching it from the CRS with a PSK, and unwrapping it with an update key. Two different things,
 * stopped by two different steps of the procedure: Block User stops the one, Destroy keys the other (paras 31 and 32).
 */
import { SECOND } from '../../../sim/clock.ts';
import { periodOf, type Period } from '../../../network/mikey/index.ts';
import { labelOfPackage, parsePackage, secretsOfCarriedPackage, wrapPackage } from '../../media/index.ts';
import { firstOf, inconclusive, opened, refused, refusedFor } from '../attack.ts';
import type { Arm, Attack, Handed, Outcome } from '../attack.ts';
import { heldInArm } from '../arm-holdings.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { NOTHING, pskFor, secretOf, type HeldUpdateKey, type Holdings } from '../holdings.ts';
import { login, type Presenter } from '../login.ts';
import { missingKeys } from '../obstacles.ts';
import { openPackage } from '../open-package.ts';
import type { AttackAim } from '../path.ts';
import type { Route } from '../route.ts';
import type { AttackStage } from '../stage.ts';

const FETCH_LIMIT = 40 * SECOND;
const UPDATE_KEY_OCTETS = 32;

/** Whose package of which month, and the attacker's chance and places to ask for it with. */
export interface FetchOptions extends Presenter {
  readonly user: string;
  readonly month: Period;
}

/** Opens when the CRS hands out the octets of a package, wrapped or not: they are gained, and are of no use by themselves. */
export class FetchPackage implements Attack {
  readonly #stage: AttackStage;
  readonly #options: FetchOptions;

  constructor(stage: AttackStage, options: FetchOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  aim(): AttackAim {
    const { user, month } = this.#options;
    return {
      attack: 'fetch-package',
      route: 'own-account',
      needs: ['psk'],
      asset: `package ${month} of ${user}`,
      capability: 'fetch',
      victim: user,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const { user, month } = this.#options;
    const stage = this.#stage;
    const period = periodOf(stage.unixMs);
    // The positive control asks for a month that is surely there, as a user who is surely let in.
    const acting = arm === 'positive' ? bystanderOf(stage, [user]) : user;
    if (acting === undefined) return done(inconclusive(noBystander([user])));
    const theirs = stage.truth.holdingsOf(acting, period);
    const source = heldInArm(arm, held, theirs);
    const number = stage.numberOf(acting);
    const psk = pskFor(source, number, period);
    const own = missingKeys(source, { number, period }, ['PSK']);
    if (psk === undefined) return done(refusedFor(own, () => refused('no-psk')));
    login(stage, this.#options, { number, crs: stage.crsOf(acting).name, psk, own }, (answer) => {
      if (!('impostor' in answer)) return done(answer);
      const { impostor, farEnd } = answer;
      farEnd.asksForPackage();
      const stop = stage.trace.listen((event) => farEnd.take(event));
      const race = firstOf(
        stage,
        FETCH_LIMIT,
        () => refused('no-path'),
        (outcome) => {
          stop();
          impostor.leave();
          stage.clock.schedule(2 * SECOND, () => done(outcome));
        },
      );
      impostor.fetchPackage(arm === 'positive' ? period : month, ({ octets, status }) => {
        if (octets === undefined)
          race.finish(
            refusedFor(farEnd.reasons, () => inconclusive(`the CRS answered ${status ?? 'nothing'}`), month),
          );
        else
          race.finish(
            opened(
              `the CRS handed over ${octets.length} octets for ${arm === 'positive' ? period : month}`,
              { means: [secretOf.psk(psk)] },
              { gained: { ...NOTHING, packages: [octets] } },
            ),
          );
      });
    });
  }
}

/** Where a package is from: the attacker fetched it and holds it, is handed it, or controls the CRS that it lies on. */
export type PackageSource = 'held' | 'given' | 'crs';

const ROUTE_FROM = { held: 'own-account', given: 'given', crs: 'crs' } as const satisfies Record<
  PackageSource,
  Route
>;

/** Opens when a held or given package of the month reads: in clear, or under a held update key. Gains its user keys and PSK. */
export class UnwrapPackage implements Attack {
  readonly #stage: AttackStage;
  readonly #user: string;
  readonly #month: Period;
  readonly #from: PackageSource;

  constructor(stage: AttackStage, user: string, month: Period, from: PackageSource) {
    this.#stage = stage;
    this.#user = user;
    this.#month = month;
    this.#from = from;
  }

  aim(): AttackAim {
    const isClear = this.#stage.deployment['disc-protection'] === 'clear';
    return {
      attack: 'unwrap-package',
      route: ROUTE_FROM[this.#from],
      needs:
        this.#from === 'held'
          ? ['psk', ...(isClear ? [] : (['update-key'] as const))]
          : [...(isClear ? [] : (['update-key'] as const)), 'package'],
      asset: `keys ${this.#month} of ${this.#user}`,
      capability: 'obtain',
      victim: this.#user,
      call: null,
    };
  }

  given(): Handed | undefined {
    const onCrs = this.#onCrs;
    if (this.#from !== 'given' || onCrs === undefined) return undefined;
    const from = this.#stage.crsOf(this.#user).name;
    return { holdings: { ...NOTHING, packages: [onCrs] }, owner: this.#user, from };
  }

  get #onCrs(): Uint8Array | undefined {
    const number = this.#stage.numberOf(this.#user);
    return this.#stage.crsOf(this.#user).accounts.packageOf(number, this.#month);
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const onCrs = this.#onCrs;
    const isHanded = this.#from !== 'held' || arm !== 'attempt';
    const packages = [...held.packages, ...(isHanded && onCrs !== undefined ? [onCrs] : [])].filter(
      (octets) => labelOfPackage(octets).period === this.#month,
    );
    if (packages.length === 0) return done(this.#withoutPackage(onCrs !== undefined));
    const theirs = this.#stage.truth.holdingsOf(this.#user, periodOf(this.#stage.unixMs)).updateKeys;
    if (arm === 'negative') return done(this.#opened(packages.map(wrappedAnew), wrong(theirs)));
    done(this.#opened(packages, arm === 'attempt' ? held.updateKeys : theirs));
  }

  #withoutPackage(isOnCrs: boolean): Outcome {
    return isOnCrs
      ? inconclusive(`no package of ${this.#month} is held: it was not fetched, though it could be`)
      : refused('not-on-crs', { detail: this.#month });
  }

  #opened(packages: readonly Uint8Array[], updateKeys: readonly HeldUpdateKey[]): Outcome {
    for (const octets of packages) {
      const { gained, updateKey } = openPackage(octets, updateKeys) ?? {};
      if (gained === undefined || !this.#isTheirs(gained)) continue;
      // What the CRS hands over is nothing that was held.
      const carried = this.#from === 'crs' ? [] : secretsOfCarriedPackage(this.#user, octets);
      return opened(
        `the package of ${this.#month} is open: SSK, RSK and PSK of that month`,
        {
          means: [...(updateKey === undefined ? [] : [secretOf.updateKey(updateKey)]), ...carried],
          sources: this.#from === 'crs' ? [this.#stage.crsOf(this.#user).name] : [],
        },
        { gained },
      );
    }
    return refused('wrapped', { detail: `${packages.length} of ${this.#month}` });
  }

  #isTheirs({ userKeys }: Holdings): boolean {
    return userKeys.some(({ number }) => number === this.#stage.numberOf(this.#user));
  }
}

/** What a wrong key must not open: a package in clear is wrapped first, under a key that nobody has. */
function wrappedAnew(octets: Uint8Array): Uint8Array {
  const key = new Uint8Array(UPDATE_KEY_OCTETS).fill(0x5a);
  return labelOfPackage(octets).form === 'clear' ? wrapPackage(parsePackage(octets), key) : octets;
}

function wrong(updateKeys: readonly HeldUpdateKey[]): readonly HeldUpdateKey[] {
  return updateKeys.map(({ number, key }) => ({ number, key: key.map((octet) => octet ^ 0xff) }));
}
