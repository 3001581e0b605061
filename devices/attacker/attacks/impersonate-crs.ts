/**
 * Playing the CRS to a user. A PSK authenticates both ends: whoever holds a user's PSK and stands on the way can answer in the
 * server's place (finding 6). It counts as done when the phone registers there.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { RandomSource } from '../../../sim/random.ts';
import type { Link } from '../../../network/simulated/index.ts';
import type { ReachedHandset } from '../../handset/index.ts';
import { periodOf } from '../../../network/mikey/index.ts';
import type { Reason } from '../../reason.ts';
import {
  ATTEMPT_LIMIT,
  firstOf,
  inconclusive,
  opened,
  refused,
  refusedFor,
  type Arm,
  type Attack,
  type Outcome,
} from '../attack.ts';
import { NOTHING, obviousPsk, secretOf, wrongPsks, type HeldPsk, type Holdings } from '../holdings.ts';
import { lackingPskOf } from '../leg.ts';
import { missingKeys, type Owner } from '../obstacles.ts';
import type { AttackAim } from '../path.ts';
import { standAsCrs } from '../rogue-crs.ts';
import type { AttackStage } from '../stage.ts';

interface Diverted {
  readonly link: Link;
  readonly phone: ReachedHandset;
  /** The wire that the attacker is on. */
  readonly tap: string;
}

/** In front of which phone, and the attacker's chance and places. */
export interface ImpersonateOptions {
  /** Host name of the phone. */
  readonly phone: string;
  /** Whose it is. */
  readonly user: string;
  readonly random: RandomSource;
  readonly host: () => string;
  /** Names of the links that the attacker is on: it can stand in the way nowhere else. */
  readonly taps: readonly string[];
}

/**
 * Opens when the phone registers with the attacker's host. The diversion ends with the attempt, and the phone gets 30 s
 * to find its way back.
 */
export class ImpersonateCrs implements Attack {
  readonly #stage: AttackStage;
  readonly #phone: string;
  readonly #user: string;
  readonly #random: RandomSource;
  readonly #host: () => string;
  readonly #taps: readonly string[];

  constructor(stage: AttackStage, { phone, user, random, host, taps }: ImpersonateOptions) {
    this.#stage = stage;
    this.#phone = phone;
    this.#user = user;
    this.#random = random;
    this.#host = host;
    this.#taps = taps;
  }

  aim(): AttackAim {
    return {
      attack: 'impersonate-crs',
      route: 'on-path',
      needs: ['psk'],
      asset: `connection of ${this.#phone}`,
      capability: 'play the CRS',
      victim: this.#user,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    // A phone's links lead from the phone to whatever is next on the way to the server.
    const links = stage.linksOf(this.#phone);
    const [first] = links;
    const phone = stage.phoneNamed(this.#phone);
    if (first === undefined || phone === undefined)
      return done(inconclusive(`there is no phone ${this.#phone}`));
    const tapped = links.find(({ name }) => this.#taps.includes(name));
    if (tapped === undefined && arm === 'attempt')
      return done(refused('not-tapped', { missing: missingKeys(held, this.#owner, ['PSK']) }));
    // Whoever is on a later wire can do to this phone what is done here: what comes from the side of the CRS passes everywhere.
    this.#stand(arm, held, { link: first, phone, tap: (tapped ?? first).name }, done);
  }

  /** Diverts the phone to a server of the attacker's, until it has registered or given up. */
  #stand(arm: Arm, held: Holdings, { link, phone, tap }: Diverted, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const race = firstOf(
      stage,
      ATTEMPT_LIMIT,
      () => refused('no-path', { detail: this.#phone }),
      (outcome) => {
        end();
        // The phone finds its way back to the real server.
        stage.clock.schedule(30 * SECOND, () => done(outcome));
      },
    );
    const keyring = this.#keyring(arm, held);
    const end = standAsCrs(
      stage,
      { phone, link, host: this.#host(), random: this.#random, keyring, by: 'restart' },
      {
        onRefused: (identity) =>
          race.finish(refusedFor(this.#lacking(arm, held, identity), () => refused('no-psk'))),
        onRegistered: ({ psk }) =>
          race.finish(
            opened(`${this.#phone} registered with the attacker`, {
              means: psk === undefined ? [] : [secretOf.psk(psk)],
              sources: [tap],
            }),
          ),
      },
    );
  }

  /** The keys at hand for the identity that the phone says in clear. */
  #keyring(arm: Arm, held: Holdings): (identity: string) => HeldPsk | undefined {
    const theirs = this.#stage.truth.holdingsOf(this.#user, periodOf(this.#stage.unixMs)).psks;
    const psks = { attempt: held.psks, positive: theirs, negative: wrongPsks(theirs) }[arm];
    return (identity) =>
      psks.findLast((each) => each.identity === identity) ??
      (arm === 'attempt' ? obviousPsk(identity) : undefined);
  }

  get #owner(): Owner {
    return { number: this.#stage.numberOf(this.#user), period: periodOf(this.#stage.unixMs) };
  }

  /** What the phone did not take: the PSK of another phone of this user, or none of theirs at all. */
  #lacking(arm: Arm, held: Holdings, identity: string | undefined): readonly Reason[] {
    const leg = { client: this.#phone, identity, isEphemeral: false, beganAt: 0, endedAt: 0 };
    return lackingPskOf(arm === 'attempt' ? held : NOTHING, this.#owner, [leg]);
  }
}
