/** The two seeds of a suite, as one line says them. */
import type { SuiteResult } from '../scenarios/evidence/model.ts';

/** `42, key seed 7` */
export function seedsText({ seed, keySeed }: Pick<SuiteResult, 'seed' | 'keySeed'>): string {
  return `${seed}, key seed ${keySeed}`;
}
