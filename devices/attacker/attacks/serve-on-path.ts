/**
 * Serving a phone a key package from a place on its way, as its CRS. Whoever has the master secrets makes keys that the phone validates, and wraps
 * them under the phone's own update key: the account on the real server has no part in it (para-39).
 */
import { MINUTE, SECOND } from '../../../sim/clock.ts';
import { equal } from '../../../sim/octets.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { RandomSource } from '../../../sim/random.ts';
import { Kms, type Period } from '../../../network/mikey/index.ts';
import { wrapPackage } from '../../media/index.ts';
import type { Reason } from '../../reason.ts';
import {
  inconclusive,
  opened,
  refused,
  refusedFor,
  witnessed,
  type Arm,
  type Attack,
  type Outcome,
} from '../attack.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { obviousPsk, secretOf, updateKeyFor, type Holdings } from '../holdings.ts';
import { signingKeysBy } from '../master-keys.ts';
import type { AttackAim } from '../path.ts';
import { standAsCrs } from '../rogue-crs.ts';
import type { AttackStage } from '../stage.ts';

const LIMIT = 2 * MINUTE;

/** Whose phone is served keys of which month, and the attacker's places. */
export interface ServeOnPathOptions {
  readonly user: string;
  readonly month: Period;
  readonly random: RandomSource;
  readonly host: () => string;
  /** Names of the links that the attacker is on. */
  readonly taps: readonly string[];
}

/** What a phone is answered with, and what it was made of. */
interface MadePackage {
  readonly octets: Uint8Array;
  readonly means: readonly Secret[];
}

/**
 * Opens when the phone keeps the keys that it was served. The controls are made on phones of others, which have not got that month either: one is
 * served keys of its own KMS under its own update key, one the same under another key.
 */
export class ServeOnPath implements Attack {
  readonly #stage: AttackStage;
  readonly #options: ServeOnPathOptions;

  constructor(stage: AttackStage, options: ServeOnPathOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  aim(): AttackAim {
    const { user, month } = this.#options;
    return {
      attack: 'serve-package',
      route: 'on-path',
      needs: ['psk', 'update-key', 'zt', 'ksak'],
      asset: `key ring of ${user}`,
      capability: `install keys of ${month}`,
      victim: user,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const { user } = this.#options;
    if (arm === 'attempt') return this.#serve(user, held, this.#options.taps, done);
    const first = bystanderOf(stage, [user]);
    const other = first === undefined ? undefined : bystanderOf(stage, [first, user]);
    const acting = arm === 'positive' ? first : other;
    if (acting === undefined) return done(inconclusive(noBystander([user])));
    const { psks, masters } = stage.truth;
    const { kpak } = stage.truth.kmsOf(acting);
    const own = masters.filter((master) => equal(new Kms(master).public.kpak, kpak));
    const { updateKeys } = stage.truth.holdingsOf(acting, this.#options.month);
    const theirs = updateKeys.slice(-1).map(({ key, ...whose }) => ({
      ...whose,
      key: arm === 'positive' ? key : key.map((octet) => octet ^ 0xff),
    }));
    const phone = stage.handsetOf(acting)?.name ?? '';
    const taps = stage.linksOf(phone).map(({ name }) => name);
    this.#serve(acting, { ...held, psks, masters: own, updateKeys: theirs }, taps, done);
  }

  #serve(user: string, held: Holdings, taps: readonly string[], done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const phone = stage.handsetOf(user);
    const links = phone === undefined ? [] : stage.linksOf(phone.name);
    const [link] = links;
    if (phone === undefined || link === undefined)
      return done(inconclusive(`${user} has no phone that could be stood before`));
    const tap = links.find(({ name }) => taps.includes(name));
    const made = this.#made(user, held);
    if (tap === undefined) return done(refused('not-tapped', { missing: lackingIn(held, made) }));
    if (made === undefined) return done(refusedFor(lackingIn(held, made), () => refused('no-zt')));
    let psk: Secret | undefined;
    const race = witnessed(
      stage,
      LIMIT,
      ({ type, on, data }) => {
        if (on !== phone.name || !('period' in data) || data.period !== this.#options.month) return;
        if (type === 'handset.keys-installed') {
          const means = [...(psk === undefined ? [] : [psk]), ...made.means];
          race.finish(
            opened(`${user}'s phone keeps the keys of ${data.period}`, { means, sources: [tap.name] }),
          );
        } else if (type === 'handset.keys-refused')
          race.finish(
            refusedFor(data.reason === null ? [] : [data.reason], () => inconclusive(data.code), data.code),
          );
      },
      () => refused('no-path', { detail: phone.name }),
      (outcome) => {
        end();
        // The phone finds its way back to the real server.
        stage.clock.schedule(30 * SECOND, () => done(outcome));
      },
    );
    const end = standAsCrs(
      stage,
      {
        ...{ phone, link, host: this.#options.host(), random: this.#options.random, by: 'restart' },
        keyring: (identity) =>
          held.psks.findLast((each) => each.identity === identity) ?? obviousPsk(identity),
        packageOf: (month) => (month === this.#options.month ? made.octets : undefined),
      },
      {
        onRefused: () => race.finish(refused('no-psk', { detail: phone.name })),
        onRegistered: ({ psk: used }) => (psk = used === undefined ? undefined : secretOf.psk(used)),
      },
    );
  }

  /** Keys of the master secrets that are held, under the update key of the phone; undefined where one of these is not. */
  #made(user: string, held: Holdings): MadePackage | undefined {
    const { month, random } = this.#options;
    const number = this.#stage.numberOf(user);
    const master = held.masters.at(-1);
    const updateKey = updateKeyFor(held, number);
    if (master === undefined || updateKey === undefined) return undefined;
    const { keys } = signingKeysBy(master, { number, period: month }, random);
    // Nobody looks whether the PSK in a package is one.
    const octets = wrapPackage({ keys, psk: obviousPsk(`${number}.${month}`) }, updateKey.key);
    return { octets, means: [secretOf.updateKey(updateKey), secretOf.zt(master), secretOf.ksak(master)] };
  }
}

function lackingIn({ masters, updateKeys }: Holdings, made: MadePackage | undefined): readonly Reason[] {
  if (made !== undefined) return [];
  return [
    ...(masters.length === 0 ? (['no-zt'] as const) : []),
    ...(updateKeys.length === 0 ? (['no-update-key'] as const) : []),
  ];
}
