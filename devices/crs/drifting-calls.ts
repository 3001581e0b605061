/**
 * Calls of which one end has lost its session because the month is over. Voice goes on through the relay; the phone comes in again with the
 * PSK of the new month, and the dialog is then that session's: requests within it go to the Contact that registered last (RFC 3261 section
 * 12.2; RFC 5626 knows a phone again by its instance). Whoever does not come has lost the call.
 */
import { SECOND, type Clock, type TimerId } from '../../sim/clock.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import type { RoutedCall } from './routed-call.ts';
import type { CrsSession } from './session.ts';

/** A phone comes in again at once, or after some attempts. */
const COMES_WITHIN = 60 * SECOND;

/** A call, and the session that one end of it had. */
export interface DriftingCall {
  readonly call: RoutedCall;
  readonly left: CrsSession;
}

/** Waits for phones. While somebody is waited for, the server is not at rest: none of it is kept. */
export class DriftingCalls {
  readonly #clock: Clock;
  readonly #waiting = new Map<DriftingCall, TimerId>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** `onLost` when nobody has come in time. */
  hold(call: RoutedCall, left: CrsSession, onLost: () => void): void {
    const drifting = { call, left };
    const timer = this.#clock.schedule(COMES_WITHIN, () => {
      this.#waiting.delete(drifting);
      onLost();
    });
    this.#waiting.set(drifting, timer);
  }

  /** The calls of the phone that has come in; it is not enough to be another one of the same user. */
  claim({ number, instance }: CrsSession): readonly DriftingCall[] {
    return this.#take(({ left }) => left.number === number && left.instance === instance);
  }

  /** The calls of users who may not come in any more. */
  giveUp(isAffected: (number: TelNumber) => boolean): readonly DriftingCall[] {
    return this.#take(({ left }) => isAffected(left.number));
  }

  #take(wanted: (drifting: DriftingCall) => boolean): readonly DriftingCall[] {
    const taken = [...this.#waiting].filter(([drifting]) => wanted(drifting));
    return taken.map(([drifting, timer]) => {
      this.#clock.cancel(timer);
      this.#waiting.delete(drifting);
      return drifting;
    });
  }
}
