/** The attacker: a device like the others, and it really decrypts. */
export { inconclusive, type Outcome } from './attack.ts';
export { Attacker, type AttackReport } from './attacker.ts';
export { ATTACK_CODES } from './errors.ts';
export type { Holdings } from './holdings.ts';
export { countOf, findsOn, type MediumInHand } from './medium-finds.ts';
export type { CallFacts, AttackStage, Truth } from './stage.ts';
