/**
 * Which runs are by the book: those of reference variants that the screenplay itself played. In an exercise people type, and nobody can say
 * of it beforehand that the procedures were kept to.
 */
import type { CheckResult, ScenarioResult, VariantResult } from '../../scenarios/evidence/model.ts';

/** Whether what it shows is what the procedures come to. */
export function isByTheBook({ reference, score }: VariantResult): boolean {
  return reference && score === undefined;
}

/** In the order of the file. */
export function runsByTheBook({ variants }: Pick<ScenarioResult, 'variants'>): readonly VariantResult[] {
  return variants.filter(isByTheBook);
}

/** A probe that was made; an honest call shows the price in service, and is no attack. */
export function isAttack({ probe }: CheckResult): boolean {
  return probe !== undefined && probe.row !== 'honest-call';
}
