/**
 * A bystander: a user whom an attack does not concern. The positive control of some attacks acts as one, because the victim may be
 * blocked by then and the peer is the one who must be convinced; without one the control cannot be made, and the probe says so.
 */
import type { AttackStage } from './stage.ts';

/** The first user of the scenario who is none of these, has a phone with keys in hand, and is not blocked. */
export function bystanderOf(stage: AttackStage, concerned: readonly string[]): string | undefined {
  return stage.userNames.find(
    (name) =>
      !concerned.includes(name) &&
      stage.handsetOf(name) !== undefined &&
      !stage.crs.accounts.blocked.includes(stage.numberOf(name)),
  );
}

/** Why a control was not made. */
export function noBystander(concerned: readonly string[]): string {
  return `the positive control needs one more user, enrolled and not blocked, beside ${concerned.join(' and ')}: there is none`;
}
