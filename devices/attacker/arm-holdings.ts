/** What an arm of an attack acts with, where it is a login: the controls act as a user who is surely let in, with the right PSK and with a wrong one. */
import type { Arm } from './attack.ts';
import { wrongPsks, type Holdings } from './holdings.ts';

/** What an arm that logs in acts with: the attacker's own, those of the user that it acts as, or these with wrong PSKs. */
export function heldInArm(arm: Arm, held: Holdings, theirs: Holdings): Holdings {
  if (arm === 'attempt') return held;
  return arm === 'positive' ? theirs : { ...theirs, psks: wrongPsks(theirs.psks) };
}
