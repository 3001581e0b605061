/**
 * A bystander: a user whom an attack does not concern. The positive control of some attacks acts as one, because the victim may be
 * blocked by then and the peer is the one who must be convinced; without one the control cannot be made, and the probe says so.
 */
import type { AttackStage } from './stage.ts';

/**
 * The first user of the scenario who is none of these, is with the account of the last of them, has a phone with keys in hand, and is
 * not blocked.
 */
export function bystanderOf(stage: AttackStage, concerned: readonly string[]): string | undefined {
  const account = (user: string): string => stage.accountOf(user).name;
  const theirs = concerned.at(-1);
  return stage.userNames.find(
    (name) =>
      !concerned.includes(name) &&
      (theirs === undefined || account(name) === account(theirs)) &&
      stage.handsetOf(name) !== undefined &&
      !stage.crsOf(name).accounts.blocked.includes(stage.numberOf(name)),
  );
}

/** Why a control was not made. */
export function noBystander(concerned: readonly string[]): string {
  return `the positive control needs one more user, enrolled and not blocked, beside ${concerned.join(' and ')}: there is none`;
}
