/** Mistakes in what compares several variants. */
import { meaning, structural, type Mistake } from './mistake.fixture.ts';

/** Unknown variants and checks, too few of them, and what cannot be compared. */
export const ACROSS_MISTAKES: readonly Mistake[] = [
  meaning(
    'SCENARIO_UNKNOWN_VARIANT',
    'across: [block-first,',
    'across: [block-first, wipe-first, ¤block-last,',
  ),
  structural('SCENARIO_VALUE', 'across: [block-first, wipe-first]', 'across: ¤[block-first]', 'takes two'),
  meaning('SCENARIO_VALUE', 'across: [block-first, wipe-first]', 'across: ¤variants', 'one variant'),
  structural('SCENARIO_VALUE', 'across: [block-first, wipe-first]', 'across: ¤all'),
  meaning('SCENARIO_UNKNOWN_CHECK', 'verdicts: [some, call-2]', 'verdicts: [some, ¤call-3]'),
  structural('SCENARIO_VALUE', 'verdicts: [some, call-2]', 'verdicts: ¤[]'),
  meaning(
    'SCENARIO_CANNOT_HOLD',
    '- { id: calls-alike, across: [block-first, wipe-first], verdicts: [some, call-2]',
    '- ¤{ id: calls-alike, across: [block-first, wipe-first], verdicts: all',
    "'live-cut' does not apply",
  ),
  meaning(
    'SCENARIO_VALUE_UNKNOWN',
    'verdicts: [some, call-2]',
    'verdicts: [some], apart: { measure: ¤calls made, by: 0.5 }',
  ),
  structural(
    'SCENARIO_VALUE',
    'verdicts: [some, call-2]',
    'verdicts: [some], apart: { measure: calls connected, by: ¤0 }',
  ),
  structural(
    'SCENARIO_MISSING_KEY',
    'verdicts: [some, call-2]',
    'verdicts: [some], apart: ¤{ measure: calls connected }',
  ),
  meaning('SCENARIO_UNKNOWN_CHECK', 'fails: [none-after]', 'fails: [¤calls-alike]'),
];
