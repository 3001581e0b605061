/**
 * A call that was begun before and is still held: an honest one across the end of a month, or that of an attacker's own phone across a block.
 * That it goes on is not taken from what the phones show but from the media that still come to each of them.
 */
import { SECOND, type Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, TraceEvent } from '../../../sim/trace.ts';
import type { ReachedHandset } from '../../handset/index.ts';
import type { Reason } from '../../reason.ts';
import type { Admitter } from '../admitted.ts';
import { inconclusive, opened, refusedFor, type Arm, type Attack, type Outcome } from '../attack.ts';
import type { Holdings } from '../holdings.ts';
import { placeKnownCall } from '../known-call.ts';
import type { AttackAim } from '../path.ts';
import { measureSpeech } from '../speech-meter.ts';
import type { AttackStage } from '../stage.ts';
import { serviceAim } from './honest-call.ts';

const LISTENED: Micros = 10 * SECOND;

/** What the CRS says when it ends a session, as a reason of the list. */
const ENDED_FOR: Readonly<Record<string, Reason>> = { blocked: 'blocked', 'month ended': 'wrong-month' };

/** Whose call with whom, and whether it is the user's own or that of an attacker's phone with the user's keys. */
export interface HeldCallOptions extends Admitter {
  readonly user: string;
  readonly peer: string;
  readonly by: 'user' | 'attacker';
}

/** Opens when media come to both phones for ten seconds more. Nothing is done to the call. */
export class HeldCall implements Attack {
  readonly #stage: AttackStage;
  readonly #options: HeldCallOptions;

  constructor(stage: AttackStage, options: HeldCallOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  get isService(): boolean {
    return this.#options.by === 'user';
  }

  aim(): AttackAim {
    const { user, by } = this.#options;
    if (by === 'user') return serviceAim('call --hold', user);
    return {
      attack: 'call-as --hold',
      route: 'own-account',
      needs: ['psk', 'ssk'],
      asset: `identity ${user}`,
      capability: 'go on with a call',
      victim: user,
      call: null,
    };
  }

  try(arm: Arm, _held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    if (arm !== 'attempt')
      return placeKnownCall(stage, { ...this.#options, key: arm === 'positive' ? 'right' : 'wrong' }, done);
    const { user, peer } = this.#options;
    const phone = this.#phone;
    const other = stage.handsetOf(peer);
    if (phone === undefined || other === undefined)
      return done(inconclusive(`there are no phones of ${user} and ${peer} that could hold a call`));
    const placed = this.#placed(phone, other);
    if (placed === undefined) return done(inconclusive(`${phone.name} has placed no call to ${peer}`));
    const ended = this.#endOf(placed, [phone, other]);
    if (ended !== undefined) return done(this.#ended(ended, phone));
    measureSpeech(stage, [phone.name, other.name], LISTENED, ({ counts, goesOn }) => {
      const late = this.#endOf(placed, [phone, other]);
      if (late !== undefined) return done(this.#ended(late, phone));
      const heard = `${counts.join(' and ')} media packets came to ${phone.name} and ${other.name}`;
      done(
        goesOn
          ? opened(`the call goes on: ${heard}`, {})
          : inconclusive(`nobody ended the call, and only ${heard}`),
      );
    });
  }

  /** An attacker holds a call on a phone of its own, or else on the user's, where that is in its hands. */
  get #phone(): ReachedHandset | undefined {
    const { user, by, holder } = this.#options;
    const stage = this.#stage;
    if (by === 'user') return stage.handsetOf(user);
    const number = stage.numberOf(user);
    const own = stage.phonesOf(holder).findLast((phone) => phone.number === number);
    return own ?? stage.takenPhone(holder, number);
  }

  /** The last call between the two. */
  #placed(phone: ReachedHandset, other: ReachedHandset): TraceEvent<'handset.call-placed'> | undefined {
    const { user, peer } = this.#options;
    const [own, theirs]: readonly string[] = [user, peer].map((each) => this.#stage.numberOf(each));
    const isIt = (event: AnyTraceEvent): event is TraceEvent<'handset.call-placed'> =>
      event.type === 'handset.call-placed' &&
      ((event.on === phone.name && event.data.toNumber === theirs) ||
        (event.on === other.name && event.data.toNumber === own));
    return this.#stage.trace.events.findLast(isIt);
  }

  #endOf(
    { data: { csb } }: TraceEvent<'handset.call-placed'>,
    phones: readonly ReachedHandset[],
  ): TraceEvent<'handset.call-ended'> | undefined {
    const isEnd = (event: AnyTraceEvent): event is TraceEvent<'handset.call-ended'> =>
      event.type === 'handset.call-ended' &&
      event.data.csb === csb &&
      phones.some(({ name }) => name === event.on);
    return this.#stage.trace.events.find(isEnd);
  }

  /** The CRS says why it ended the session that the call was in; a call that was hung up says nothing. */
  #ended({ t, data }: TraceEvent<'handset.call-ended'>, phone: ReachedHandset): Outcome {
    const cut = this.#stage.trace.events.findLast(
      (event): event is TraceEvent<'crs.session-closed'> =>
        event.type === 'crs.session-closed' &&
        event.data.number === phone.number &&
        event.t <= t &&
        t - event.t <= LISTENED,
    );
    const reason = cut === undefined ? undefined : ENDED_FOR[cut.data.reason];
    return refusedFor(reason === undefined ? [] : [reason], () =>
      inconclusive(`the call ended: ${data.reason}`),
    );
  }
}
