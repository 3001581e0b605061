/**
 * Next month's key package: fetching it from the CRS with a PSK, and unwrapping it with an update key. Two different things,
 * stopped by two different steps of the procedure: Block User stops the one, Destroy keys the other (paras 31 and 32).
 */
import { SECOND } from '../../../sim/clock.ts';
import { CalldrillError } from '../../../sim/errors.ts';
import type { RandomSource } from '../../../sim/random.ts';
import { periodOf, type Period } from '../../../network/mikey/index.ts';
import { labelOfPackage, parsePackage, unwrapPackage } from '../../media/index.ts';
import type { Ports } from '../../ports.ts';
import { firstOf, inconclusive, opened, refused, type Arm, type Attack, type Outcome } from '../attack.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { pskFor } from '../clone.ts';
import { holdingsOfPackage, labelOf, NOTHING, wrongPsks, type Holdings } from '../holdings.ts';
import { Impostor } from '../impostor.ts';
import type { AttackStage } from '../stage.ts';

const FETCH_LIMIT = 40 * SECOND;

/** Whose package of which month, and the attacker's chance and places to ask for it with. */
export interface FetchOptions {
  readonly user: string;
  readonly month: Period;
  readonly ports: Ports;
  readonly random: RandomSource;
  host(): string;
}

/** Opens when the CRS hands out the octets of a package, wrapped or not: they are gained, and are of no use by themselves. */
export class FetchPackage implements Attack {
  readonly capability = 'fetch package';
  readonly #stage: AttackStage;
  readonly #options: FetchOptions;

  constructor(stage: AttackStage, options: FetchOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  get asset(): string {
    return `package ${this.#options.month} of ${this.#options.user}`;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const { user, month, ports, random } = this.#options;
    const stage = this.#stage;
    const period = periodOf(stage.unixMs);
    // The positive control asks for a month that is surely there, as a user who is surely let in.
    const acting = arm === 'positive' ? bystanderOf(stage, [user]) : user;
    if (acting === undefined) return done(inconclusive(noBystander([user])));
    const wanted = arm === 'positive' ? period : month;
    const theirs = stage.truth.holdingsOf(acting, period);
    const negative = { ...theirs, psks: wrongPsks(theirs.psks) };
    const psk = pskFor({ attempt: held, positive: theirs, negative }[arm], period);
    if (psk === undefined) return done(refused(`no PSK of ${period} is held`));
    const host = this.#options.host();
    const race = firstOf(
      stage,
      FETCH_LIMIT,
      () => refused('the CRS did not answer'),
      (outcome) => {
        connection?.leave();
        stage.clock.schedule(2 * SECOND, () => done(outcome));
      },
    );
    let connection: Impostor | undefined;
    Impostor.connect(
      {
        ports,
        random,
        attachment: stage.attach(host),
        crs: stage.crsOf(acting).name,
        number: stage.numberOf(acting),
        psk,
      },
      (impostor) => {
        if (typeof impostor === 'string') return race.finish(refused(impostor));
        connection = impostor;
        impostor.fetchPackage(wanted, ({ octets, status }) => {
          if (octets === undefined)
            race.finish(refused(`the CRS answered ${status ?? 'nothing'}: it has no package of ${wanted}`));
          else
            race.finish(
              opened(`the CRS handed over ${octets.length} octets for ${wanted}`, [labelOf.psk(psk)], {
                gained: { ...NOTHING, packages: [octets] },
              }),
            );
        });
      },
    );
  }
}

/** Opens when a held or given package of the month reads under a held update key. Gains its user keys and PSK. */
export class UnwrapPackage implements Attack {
  readonly capability = 'unwrap package';
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

  get asset(): string {
    return `keys ${this.#month} of ${this.#user}`;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const onCrs = stage.crsOf(this.#user).accounts.packageOf(stage.numberOf(this.#user), this.#month);
    const given = (this.#given || arm !== 'attempt') && onCrs !== undefined ? [onCrs] : [];
    const packages = [...held.packages, ...given].filter(
      (octets) => labelOfPackage(octets).period === this.#month,
    );
    if (packages.length === 0) return done(refused(`no package of ${this.#month} is held`));
    const updateKeys = this.#updateKeys(arm, held);
    for (const octets of packages) {
      for (const updateKey of updateKeys) {
        const found = open(octets, updateKey);
        if (found === undefined) continue;
        return done(
          opened(
            `the package of ${this.#month} is open: SSK, RSK and PSK of that month`,
            [labelOf.updateKey(this.#user, updateKey)],
            { gained: found },
          ),
        );
      }
    }
    const closed =
      packages.length === 1
        ? '1 package, and it does not open'
        : `${packages.length} packages, and none opens`;
    done(refused(`${closed} with the update keys that are held`));
  }

  #updateKeys(arm: Arm, held: Holdings): readonly Uint8Array[] {
    const period = periodOf(this.#stage.unixMs);
    switch (arm) {
      case 'attempt':
        return held.updateKeys;
      case 'positive':
        return this.#stage.truth.holdingsOf(this.#user, period).updateKeys;
      case 'negative':
        return this.#stage.truth
          .holdingsOf(this.#user, period)
          .updateKeys.map((key) => key.map((octet) => octet ^ 0xff));
    }
  }
}

function open(octets: Uint8Array, updateKey: Uint8Array): Holdings | undefined {
  try {
    const { form } = labelOfPackage(octets);
    return holdingsOfPackage(form === 'clear' ? parsePackage(octets) : unwrapPackage(octets, updateKey));
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
