/**
 * A leg of a call, as a recording has it: the session of one phone with the CRS while the call was set up. Its PSK opens it, unless its key
 * exchange was ephemeral, and no other PSK of the same user does.
 */
import type { Micros } from '../../sim/clock.ts';
import type { Reason } from '../reason.ts';
import { isOfMonth, type Holdings } from './holdings.ts';
import { lacking, type Owner } from './obstacles.ts';
import type { RecordedLeg } from './recorder.ts';

/** The sessions that were open at this moment. */
export function legsAt(legs: readonly RecordedLeg[], at: Micros): readonly RecordedLeg[] {
  return legs.filter(({ beganAt, endedAt }) => beganAt <= at && at <= endedAt);
}

/** Whether the PSK of a session is held, and is no good: its key exchange was ephemeral. */
export function isForwardSecret({ psks }: Pick<Holdings, 'psks'>, legs: readonly RecordedLeg[]): boolean {
  return legs.some((leg) => leg.isEphemeral && psks.some(({ identity }) => identity === leg.identity));
}

/**
 * Why these sessions stay shut: their key exchange was ephemeral, or their PSK is not held, as another took its place since, it was erased, or
 * none of the user ever was. One that took the place of theirs is no PSK of them either, and was not replaced: `wasReplaced` says of an identity
 * whether its was. Where no session was recorded, any PSK of the month will do.
 */
export function lackingPskOf(
  held: Holdings,
  owner: Owner,
  legs: readonly RecordedLeg[],
  wasReplaced: (identity: string) => boolean = () => false,
): readonly Reason[] {
  if (isForwardSecret(held, legs)) return ['forward-secret'];
  const others = held.psks.filter(
    (psk) =>
      psk.number === owner.number &&
      isOfMonth(psk, owner.period) &&
      !legs.some(({ identity }) => identity === psk.identity),
  );
  if (others.length === 0) return [lacking(held, 'PSK', owner)];
  if (legs.length === 0) return [];
  const isLater =
    legs.every(({ identity = '' }) => wasReplaced(identity)) &&
    others.every(({ identity }) => !wasReplaced(identity));
  return [isLater ? 'no-psk' : 'stale-psk'];
}
