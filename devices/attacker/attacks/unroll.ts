/**
 * Unrolling months: one code and an archive of traffic. Each month's PSK opens the session in which the next package was fetched, and the
 * update key opens the package. It has reached a month when an incoming call of that month is heard; where it stops short, the link that
 * is missing is the reason.
 */
import { phoneAt } from '../address.ts';
import { periodOf, type Period, type TelNumber } from '../../../network/mikey/index.ts';
import type { Reason } from '../../reason.ts';
import { inconclusive, opened, refused, refusedFor, type Arm, type Attack, type Outcome } from '../attack.ts';
import { isOfMonth, joined, keysFor, NOTHING, wrongPsks, type HeldPsk, type Holdings } from '../holdings.ts';
import { isForwardSecret } from '../leg.ts';
import { lackingAnyPsk } from '../obstacles.ts';
import { meansBefore } from '../open-package.ts';
import type { AttackAim } from '../path.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage } from '../stage.ts';
import { unrolled, type Unrolled } from '../unrolled.ts';
import { DecryptCall } from './decrypt-call.ts';

/** Whose months, and the one that is to be reached. */
export interface UnrollOptions {
  readonly user: string;
  readonly month: Period;
}

/** Opens when a recorded call to the user of that month decrypts with what the chain gave. All that came of it is gained. */
export class Unroll implements Attack {
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #options: UnrollOptions;
  readonly #number: TelNumber;

  constructor(stage: AttackStage, recorder: Recorder, options: UnrollOptions) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#options = options;
    this.#number = stage.numberOf(options.user);
  }

  aim(): AttackAim {
    const { user, month } = this.#options;
    return {
      attack: 'unroll',
      route: 'tap',
      needs: ['psk', 'update-key', 'rsk', 'media'],
      asset: `calls and signalling of ${month} to ${user}`,
      capability: 'hear',
      victim: user,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    if (arm === 'attempt') {
      const found = this.#outcomeOf(held);
      return done({ ...found, means: meansBefore({ ...held, packages: [] }, found.means) });
    }
    const theirs = this.#truth;
    if (arm === 'negative') return done(this.#outcomeOf(withWrongKeys(theirs)));
    const chain = this.#unrolled({ ...theirs, userKeys: [] });
    // With the keys of all months every fetch that was recorded must open: else it is the reading that is at fault.
    if (chain.packages.length > 0 && chain.packages.every(({ opened: found }) => found === undefined))
      return done(inconclusive('no recorded package opens with any update key there ever was'));
    done(this.#heard(joined(chain.held, theirs)));
  }

  /** Every PSK, update key and RSK of the user of the months in question. */
  get #truth(): Holdings {
    const { user } = this.#options;
    return joined(...this.#months.map((each) => this.#stage.truth.holdingsOf(user, each)));
  }

  /** Those in which anything of the user was recorded, up to the one in question, in order. */
  get #months(): readonly Period[] {
    const { month } = this.#options;
    const legs = this.#recorder.legs((host) => this.#isTheirs(host));
    const seen = legs.map(({ beganAt }) => this.#monthAt(beganAt)).filter((each) => each <= month);
    return [...new Set([...seen, month])].sort();
  }

  #monthAt(time: number): Period {
    const { clock, unixMs } = this.#stage;
    return periodOf(unixMs - Math.floor((clock.now() - time) / 1000));
  }

  #isTheirs(host: string): boolean {
    return this.#stage.phoneNamed(phoneAt(host))?.user === this.#options.user;
  }

  #unrolled(held: Holdings): Unrolled {
    return unrolled(this.#recorder, held, (host) => this.#isTheirs(host));
  }

  #outcomeOf(held: Holdings): Outcome {
    const { month } = this.#options;
    const chain = this.#unrolled(held);
    if (keysFor(chain.held, this.#number, month) === undefined)
      return refusedFor(this.#missingLink(held, chain), () => refused('no-rsk'), month);
    return this.#heard(chain.held, chain);
  }

  /** A call to the user in that month, decrypted with these keys. */
  #heard(held: Holdings, chain?: Unrolled): Outcome {
    const { month, user } = this.#options;
    const calls = this.#stage.trace.events.flatMap((event) =>
      event.type === 'handset.call-placed' &&
      event.data.toNumber === this.#number &&
      this.#monthAt(event.t) === month
        ? [event.data.call]
        : [],
    );
    let last: Outcome | undefined;
    for (const call of calls) {
      const outcome = this.#decrypted(call, held);
      if (outcome.outcome === 'opened') return this.#reached(outcome, held, chain);
      last ??= outcome;
    }
    return last ?? refused('no-media', { detail: `nobody called ${user} in ${month}` });
  }

  #decrypted(call: string, held: Holdings): Outcome {
    const outcomes: Outcome[] = [];
    new DecryptCall(this.#stage, this.#recorder, { call }).try('attempt', held, (each) =>
      outcomes.push(each),
    );
    return outcomes[0] ?? inconclusive(`${call} came to no outcome`);
  }

  #reached(outcome: Outcome, { psks, userKeys }: Holdings, chain: Unrolled | undefined): Outcome {
    const months = new Set(chain?.packages.flatMap(({ opened: found, period }) => (found ? [period] : [])));
    const { means, sources, audioSeconds = 0, artefacts = [], derived = [] } = outcome;
    return opened(
      `${months.size} packages unrolled; ${outcome.because}`,
      { means, sources },
      { audioSeconds, artefacts, derived, gained: { ...NOTHING, psks, userKeys } },
    );
  }

  /** Why the chain has not come to that month. */
  #missingLink(held: Holdings, chain: Unrolled): readonly Reason[] {
    const { month } = this.#options;
    const own = chain.held.psks.filter(({ number }) => number === this.#number);
    const keyed = chain.held.userKeys.filter(
      ({ number, period }) => number === this.#number && period <= month,
    );
    const months = [...new Set([...this.#months, ...keyed.map(({ period }) => period)])].sort();
    const reached = months.findLast((each) => own.some((psk) => isOfMonth(psk, each)));
    if (reached === undefined) return [lackingAnyPsk(held, this.#number)];
    // The package of the month after it, or of any later one up to that which is wanted, was fetched and stays shut.
    if (
      chain.packages.some(
        ({ period, opened: found }) => found === undefined && period > reached && period <= month,
      )
    )
      return ['wrapped'];
    return [this.#missingFetch(own, reached)];
  }

  /** Its fetch is in no session that opens: the PSK of the session is another one, or the fetch was never recorded. */
  #missingFetch(own: readonly HeldPsk[], reached: Period): Reason {
    const legs = this.#recorder.legs((host) => this.#isTheirs(host));
    const identities = legs.flatMap(({ identity, beganAt }) =>
      identity !== undefined && this.#monthAt(beganAt) >= reached ? [identity] : [],
    );
    const known = identities.filter((identity) => own.some((psk) => psk.identity === identity));
    const readable = this.#recorder.sessions(own).map(({ identity }) => identity);
    const shut = known.filter((identity) => !readable.includes(identity));
    if (shut.length > 0)
      return isForwardSecret(
        { psks: own },
        legs.filter(({ identity = '' }) => shut.includes(identity)),
      )
        ? 'forward-secret'
        : 'no-psk';
    const isReplaced = identities.some(
      (identity) =>
        !known.includes(identity) && isOfMonth({ identity }, reached) && identity.endsWith(`.${reached}`),
    );
    return isReplaced ? 'stale-psk' : 'not-tapped';
  }
}

/** The same with keys that open nothing. */
function withWrongKeys({ psks, updateKeys }: Holdings): Holdings {
  const wrong = updateKeys.map(({ number, key }) => ({ number, key: key.map((octet) => octet ^ 0xff) }));
  return { ...NOTHING, psks: wrongPsks(psks), updateKeys: wrong };
}
