/**
 * A phone that stands in for somebody's for the controls of an attack, where theirs cannot serve: it is not registered, or has no keys of the month
 * on its clock. It has their keys and the right time, and the CRS lets it in whatever stands against it. What a control shows there is that the
 * attack reaches a phone that is in order, and that such a phone believes what is honest and nothing else.
 */
import { SECOND } from '../../sim/clock.ts';
import { periodOf } from '../../network/mikey/index.ts';
import { readPhoneImage } from '../media/index.ts';
import { admitted, type Admitter } from './admitted.ts';
import { witnessed, inconclusive, type Outcome } from './attack.ts';
import type { AttackStage } from './stage.ts';

const REGISTER_LIMIT = 45 * SECOND;

/** Whether the phone of a user can be called and has keys to open something honest with, by its own clock. */
export function canBeCalled(stage: AttackStage, user: string): boolean {
  const phone = stage.handsetOf(user);
  if (phone === undefined || (phone.service !== 'registered' && phone.service !== 'renewing')) return false;
  const period = periodOf(phone.unixMs ?? stage.unixMs);
  return readPhoneImage(phone.extract()).userKeys.some(
    ({ remnant, value }) => !remnant && value.period === period,
  );
}

/** `act` once the stand-in is registered; it is switched off before `done` hears what came of that. */
export function withStandIn(
  stage: AttackStage,
  admitter: Admitter,
  user: string,
  act: (done: (outcome: Outcome) => void) => void,
  done: (outcome: Outcome) => void,
): void {
  const keys = stage.truth.holdingsOf(user, periodOf(stage.unixMs));
  const made = admitted(stage, admitter, [{ user, keys }]);
  const [phone] = made?.phones ?? [];
  if (made === undefined || phone === undefined)
    return done(inconclusive(`there are no keys of ${user} for a phone that could stand in`));
  const end = (outcome: Outcome): void => {
    made.end();
    done(outcome);
  };
  let isReady = false;
  witnessed(
    stage,
    REGISTER_LIMIT,
    (event, race) => {
      if (event.type !== 'handset.registered' || event.on !== phone.name) return;
      isReady = true;
      race.finish(inconclusive('it stands in'));
    },
    () => inconclusive(`the phone that stands in for ${user}'s was not let in`),
    (outcome) => (isReady ? stage.clock.schedule(SECOND, () => act(end)) : end(outcome)),
  );
}
