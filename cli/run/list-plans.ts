/** `run --list`: what would be run, one `scenario/variant` a line, so that other tools can split it up. */
import { answer, type Context } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Plan } from './plan.ts';

/** Runs nothing; with `--json` it prints them as `runs`, each with its file. */
export function listPlans(plans: readonly Plan[], context: Context): ExitCode {
  const runs = plans.flatMap(({ screenplay, variants }) =>
    variants.map((variant) => ({ scenario: screenplay.id, variant, file: screenplay.file })),
  );
  return answer(context, { runs }, () =>
    runs.map(({ scenario, variant }) => `${scenario}/${variant}\n`).join(''),
  );
}
