/** The model of a scenario: those of its variants that were run, those whose run failed, and what several of them show together. */
import { createHash } from 'node:crypto';
import { byCodeUnit } from '../../sim/canonical-json.ts';
import { variantsOf, type Screenplay } from '../language/index.ts';
import type { MissingRun, ScenarioResult, VariantResult } from '../evidence/model.ts';
import { judgeAcross, sourceOf } from '../evidence/verdicts/index.ts';

/** The model of a scenario of which these variants were run. */
export function scenarioResultOf(
  screenplay: Screenplay,
  variants: readonly VariantResult[],
  missing: readonly MissingRun[] = [],
): ScenarioResult {
  const { id, title, file, text, procedures } = screenplay;
  return {
    id,
    title,
    file,
    sha256: sha256Of(text),
    performs: procedures
      .map((procedure) => ({ name: procedure.name, sha256: sha256Of(procedure.text) }))
      .sort((a, b) => byCodeUnit(a.name, b.name)),
    declares: variantsOf(screenplay).map(({ name }) => name),
    variants,
    missing,
    across: screenplay.across.map(({ where, parts, ...declared }) =>
      judgeAcross(
        { ...declared, source: sourceOf(where), parts: parts.map(({ id: part }) => ({ part })) },
        { variants, missing },
      ),
    ),
    notTested: screenplay.notTested.map(({ row, reason, parts }) => ({
      row,
      reason,
      parts: parts.map((part) => part.id),
    })),
  };
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
