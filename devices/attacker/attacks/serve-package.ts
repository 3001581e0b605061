/**
 * Serving a phone a key package that it did not ask for. Whoever controls the CRS and has what is in a user's phone can wrap a package of
 * any month under the user's update key: last month's keys would be on the phone again after they had to go (para-25). What cannot be
 * wrapped rightly is served all the same, under the key that is held and then in clear, with the keys of another user if need be: the
 * phone decides. It counts as done when the phone says that it keeps them.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent, TraceEvent } from '../../../sim/trace.ts';
import type { RandomSource } from '../../../sim/random.ts';
import { periodOf, type Period, type TelNumber } from '../../../network/mikey/index.ts';
import { encodePackage, labelOfPackage, secretsOfCarriedPackage, wrapPackage } from '../../media/index.ts';
import { inOrder, type Reason } from '../../reason.ts';
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
import { cloneStorage } from '../clone.ts';
import { keysFor, obviousPsk, pskFor, secretOf, updateKeyFor, type Holdings } from '../holdings.ts';
import type { MeansKind } from '../means.ts';
import { missingKeys } from '../obstacles.ts';
import type { AttackAim } from '../path.ts';
import type { AttackStage } from '../stage.ts';

const SERVE_LIMIT = 40 * SECOND;

interface Made {
  readonly octets: Uint8Array;
  readonly means: readonly Secret[];
}

/** Whose phone is served keys of which month, and the attacker's chance and places. */
export interface ServePackageOptions {
  readonly user: string;
  readonly month: Period;
  /** A genuine package of that month is served as it came to hand, in place of one that is made. */
  readonly kept: boolean;
  readonly random: RandomSource;
  readonly host: () => string;
  /** Who holds the phones of its controls. */
  readonly holder: string;
}

/** A phone that is answered with packages of the attacker's making. */
interface Served {
  readonly user: string;
  /** Its host name. */
  readonly phone: string;
  /** The best first; of the month that it asked for. */
  readonly made: (asked: Period) => readonly Made[];
  readonly ask: () => void;
  /** What is known to be missing. */
  readonly own: readonly Reason[];
}

/**
 * Opens when the phone keeps the keys that it was served. The CRS is left as it was. The controls are made on a phone of their own with a
 * bystander's keys of this month: it asks for the next one, whatever the phones in use have.
 */
export class ServePackage implements Attack {
  readonly #stage: AttackStage;
  readonly #options: ServePackageOptions;

  constructor(stage: AttackStage, options: ServePackageOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  aim(): AttackAim {
    const { user, month, kept } = this.#options;
    const wrapping: readonly MeansKind[] = this.#isCarriedInClear ? [] : ['update-key'];
    return {
      attack: kept ? 'serve-package --kept' : 'serve-package',
      route: 'crs',
      needs: kept ? ['package'] : [...wrapping, 'rsk', 'ssk'],
      asset: `key ring of ${user}`,
      capability: `install keys of ${month}`,
      victim: user,
      call: null,
    };
  }

  get #isCarriedInClear(): boolean {
    return this.#stage.deployment['disc-protection'] === 'clear';
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    if (arm !== 'attempt') return this.#control(arm, done);
    const stage = this.#stage;
    const { user, month, kept } = this.#options;
    const phone = stage.handsetOf(user);
    if (phone === undefined) return done(inconclusive(`${user} has no phone with keys`));
    const own = kept ? [] : this.#lackingKeys(held);
    const made = kept ? packagesKept(held, month) : packagesOf(held, stage.numberOf(user), month);
    if (made.length === 0 && kept)
      return done(refused('no-signalling', { detail: `no package of ${month}` }));
    if (made.length === 0)
      return done(refusedFor([...this.#lackingWrapping(held), ...own], () => refused('no-ssk'), month));
    const ask = (): void => typeAt(stage, phone, 'fetch', user);
    this.#serve({ user, phone: phone.name, made: () => made, ask, own }, done);
    ask();
  }

  /** A bystander's phone is given what it asks for: rightly wrapped, or under a key that is not its own. */
  #control(arm: Arm, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const { user, random, host: newHost, holder } = this.#options;
    const acting = bystanderOf(stage, [user]);
    if (acting === undefined) return done(inconclusive(noBystander([user])));
    const number = stage.numberOf(acting);
    const period = periodOf(stage.unixMs);
    const theirs = stage.truth.holdingsOf(acting, period);
    const flash = cloneStorage(theirs, number, period, stage.crsOf(acting).name, random);
    if (flash === undefined) return done(inconclusive(`there are no keys of ${acting} for a phone`));
    const host = newHost();
    const phone = stage.clone(host, holder, flash, stage.attach(host));
    const made = (asked: Period): readonly Made[] => {
      const { updateKeys, ...rest } = stage.truth.holdingsOf(acting, asked);
      const keys =
        arm === 'positive'
          ? updateKeys
          : updateKeys.map(({ key, ...whose }) => ({ ...whose, key: key.map((octet) => octet ^ 0xff) }));
      return packagesOf({ ...rest, updateKeys: keys }, number, asked).slice(0, 1);
    };
    // A phone that has registered asks by itself.
    this.#serve({ user: acting, phone: host, made, ask: () => undefined, own: [] }, (outcome) => {
      phone.switchOff();
      done(outcome);
    });
  }

  /** Answers what the phone asks for until it has kept keys, or refused all that was made for it. */
  #serve({ user, phone, made, ask, own }: Served, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const number = stage.numberOf(user);
    const crs = stage.crsOf(user);
    let left: readonly Made[] = [];
    const refusals: TraceEvent<'handset.keys-refused'>['data'][] = [];
    crs.packageTamper = (asking, asked) => {
      if (asking !== number) return undefined;
      left = made(asked).slice(refusals.length);
      return left[0]?.octets;
    };
    const watch = (event: AnyTraceEvent, race: Race): void => {
      const [served] = left;
      if (event.on !== phone || served === undefined) return;
      if (event.type === 'handset.keys-installed')
        race.finish(
          opened(`${user}'s phone keeps the keys of ${event.data.period}`, {
            means: served.means,
            sources: [crs.name],
          }),
        );
      else if (event.type === 'handset.keys-refused') {
        refusals.push(event.data);
        left = left.slice(1);
        if (left.length === 0) race.finish(refusedBy(this.#telling(refusals) ?? event.data, own));
        else stage.clock.schedule(SECOND, () => !race.over && ask());
      }
    };
    witnessed(
      stage,
      SERVE_LIMIT,
      watch,
      () => inconclusive(`${user}'s phone asked for no package`),
      (outcome) => {
        crs.packageTamper = undefined;
        stage.clock.schedule(5 * SECOND, () => done(outcome));
      },
    );
  }

  /**
   * The refusal that tells: what was made best was served first; of packages that were kept nobody knows whose they are, and the one that
   * came furthest was the right one.
   */
  #telling<Refusal extends { readonly reason: Reason | null }>(
    refusals: readonly Refusal[],
  ): Refusal | undefined {
    if (!this.#options.kept) return refusals[0];
    const said = refusals.flatMap(({ reason }) => reason ?? []);
    const furthest = inOrder(said).at(-1);
    return refusals.find(({ reason }) => reason === furthest) ?? refusals[0];
  }

  /** Keys of this month that are not held. */
  #lackingKeys(held: Holdings): readonly Reason[] {
    const { user, month } = this.#options;
    return missingKeys(held, { number: this.#stage.numberOf(user), period: month }, ['RSK', 'SSK']);
  }

  /** Of what was served, the phone says by itself whether it lacked the update key. */
  #lackingWrapping(held: Holdings): readonly Reason[] {
    const isHeld = updateKeyFor(held, this.#stage.numberOf(this.#options.user)) !== undefined;
    return this.#isCarriedInClear || isHeld ? [] : ['no-update-key'];
  }
}

/** Packages of a month that came to hand, as they are. */
function packagesKept({ packages }: Holdings, month: Period): readonly Made[] {
  return packages
    .filter((octets) => labelOfPackage(octets).period === month)
    .map((octets) => ({ octets, means: secretsOfCarriedPackage('', octets) }));
}

/** Packages of a number and month that can be made of these holdings, the best first: under the update key of the number, then in clear. */
function packagesOf(held: Holdings, number: TelNumber, month: Period): readonly Made[] {
  const theirs = keysFor(held, number, month);
  // Who lacks the keys of the month puts in those of another user or month all the same.
  const other = held.userKeys.at(-1);
  const keys = theirs ?? (other && { ...other, number, period: month });
  if (keys === undefined) return [];
  const ownPsk = pskFor(held, number, month);
  // Nobody looks whether the PSK in a package is one.
  const inside = { keys, psk: ownPsk ?? obviousPsk(`${number}.${month}`) };
  const means = [
    ...(theirs === undefined ? [] : [secretOf.rsk(theirs), secretOf.ssk(theirs)]),
    ...(ownPsk === undefined ? [] : [secretOf.psk(ownPsk)]),
  ];
  const inClear = { octets: encodePackage(inside), means };
  const updateKey = updateKeyFor(held, number);
  if (updateKey === undefined) return [inClear];
  const octets = wrapPackage(inside, updateKey.key);
  return [{ octets, means: [secretOf.updateKey(updateKey), ...means] }, inClear];
}

function refusedBy(
  { reason, code }: TraceEvent<'handset.keys-refused'>['data'],
  own: readonly Reason[],
): Outcome {
  return reason === null
    ? inconclusive(`it was refused for another reason: ${code}`)
    : refused(reason, { missing: own, detail: code });
}
