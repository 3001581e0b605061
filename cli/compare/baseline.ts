/** Results that a run is held against, by the names that `compare` knows. */
import type { SuiteResult } from '../../scenarios/runs/index.ts';
import type { Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { readSide } from './side.ts';

/** Where baselines are kept when nothing is said. */
export const BASELINES = 'baselines';

/** The report of the results that `operand` names as `compare` has it. Throws CLI_NOT_ALIKE for those of many seeds, and what reading them throws. */
export async function readBaseline(operand: string, context: Context): Promise<SuiteResult> {
  const { name, suites, vouched } = await readSide(operand, BASELINES, context);
  const side = suites.get('');
  if (side === undefined) throw cliError('CLI_NOT_ALIKE', `${name} has one suite for each of its seeds`);
  if (!vouched) context.stderr.write(`${name} is a report by itself: nothing vouches for it\n`);
  return side.suite;
}
