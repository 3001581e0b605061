/**
 * Next month's key package: fetching it from the CRS with a PSK, and unwrapping it with an update key. Two different things,
 * stopped by two different steps of the procedure: Block User stops the one, Destroy keys the other (paras 31 and 32).
 */
import { SECOND } from '../../../sim/clock.ts';
import { CalldrillError } from '../../../sim/errors.ts';
import { periodOf, type Period } from '../../../network/mikey/index.ts';
import {
  labelOfPackage,
  parsePackage,
  secretsOfCarriedPackage,
  unwrapPackage,
  wrapPackage,
} from '../../media/index.ts';
import { firstOf, inconclusive, opened, refused, refusedFor } from '../attack.ts';
import type { Arm, Attack, Handed, Outcome } from '../attack.ts';
import { heldInArm } from '../arm-holdings.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import {
  holdingsOfPackage,
  NOTHING,
  pskFor,
  secretOf,
  type HeldUpdateKey,
  type Holdings,
} from '../holdings.ts';
import { login, type Presenter } from '../login.ts';
import { missingKeys } from '../obstacles.ts';
import type { AttackAim } from '../path.ts';
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

/** Opens when a held or given package of the month reads: in clear, or under a held update key. Gains its user keys and PSK. */
export class UnwrapPackage implements Attack {
  readonly #stage: AttackStage;
  readonly #user: string;
  readonly #month: Period;
  readonly #given: boolean;

  /** `given`: the attacker is handed the package that lies on the CRS. */
  constructor(stage: AttackStage, user: string, month: Period, given: boolean) {
    this.#stage = stage;
    this.#user = user;
    this.#month = month;
    this.#given = given;
  }

  aim(): AttackAim {
    const isClear = this.#stage.deployment['disc-protection'] === 'clear';
    return {
      attack: 'unwrap-package',
      route: this.#given ? 'given' : 'own-account',
      needs: this.#given
        ? [...(isClear ? [] : (['update-key'] as const)), 'package']
        : ['psk', ...(isClear ? [] : (['update-key'] as const))],
      asset: `keys ${this.#month} of ${this.#user}`,
      capability: 'obtain',
      victim: this.#user,
      call: null,
    };
  }

  given(): Handed | undefined {
    const onCrs = this.#onCrs;
    if (!this.#given || onCrs === undefined) return undefined;
    const from = this.#stage.crsOf(this.#user).name;
    return { holdings: { ...NOTHING, packages: [onCrs] }, owner: this.#user, from };
  }

  get #onCrs(): Uint8Array | undefined {
    const number = this.#stage.numberOf(this.#user);
    return this.#stage.crsOf(this.#user).accounts.packageOf(number, this.#month);
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const onCrs = this.#onCrs;
    const given = (this.#given || arm !== 'attempt') && onCrs !== undefined ? [onCrs] : [];
    const packages = [...(arm === 'attempt' ? held.packages : []), ...given].filter(
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
      for (const updateKey of [undefined, ...updateKeys]) {
        const found = open(octets, updateKey);
        if (found === undefined || !this.#isTheirs(found)) continue;
        return opened(
          `the package of ${this.#month} is open: SSK, RSK and PSK of that month`,
          {
            means: [
              ...(updateKey === undefined ? [] : [secretOf.updateKey(updateKey)]),
              ...secretsOfCarriedPackage(this.#user, octets),
            ],
          },
          { gained: found },
        );
      }
    }
    return refused('wrapped', { detail: `${packages.length} of ${this.#month}` });
  }

  #isTheirs({ userKeys }: Holdings): boolean {
    return userKeys.some(({ number }) => number === this.#stage.numberOf(this.#user));
  }
}

/** Opens a package in clear with nothing, and a wrapped one with its update key only. */
function open(octets: Uint8Array, updateKey: HeldUpdateKey | undefined): Holdings | undefined {
  try {
    const { form } = labelOfPackage(octets);
    if (form === 'clear')
      return updateKey === undefined ? holdingsOfPackage(parsePackage(octets)) : undefined;
    return updateKey === undefined ? undefined : holdingsOfPackage(unwrapPackage(octets, updateKey.key));
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
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
