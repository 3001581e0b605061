/** Mistakes with targets of the deployment. */
import { meaning, structural, type Mistake } from './mistake.fixture.ts';

/** Of the deadline, then of what is bound to it. */
export const TARGET_MISTAKES: readonly Mistake[] = [
  structural(
    'SCENARIO_UNKNOWN_TARGET',
    'within: 1s, of: blocked',
    'within: { target: ¤block-cut }, of: blocked',
    "Did you mean 'block-cuts'?",
  ),
  meaning(
    'SCENARIO_VALUE',
    'within: 1s, of: blocked',
    'within: { target: ¤versions }, of: blocked',
    'is no duration',
  ),
  structural(
    'SCENARIO_UNKNOWN_KEY',
    'within: 1s, of: blocked',
    'within: { target: block-cuts, ¤at: 1 }, of: blocked',
  ),
  structural('SCENARIO_MISSING_KEY', 'within: 1s, of: blocked', 'within: ¤{}, of: blocked', "Add 'target'."),
  meaning(
    'SCENARIO_PART',
    'within: 1s, of: blocked, check: para-32.c1/cut',
    'within: 1s, of: blocked, check: ¤para-30.c1/soon',
    'Write within: { target: block-cuts }',
  ),
  meaning(
    'SCENARIO_CANNOT_HOLD',
    '- { id: live-cut, see: crs.session-closed, where: { user: alice }, within: 1s,',
    '- ¤{ id: live-cut, see: crs.session-closed, times: { at-most: 1 }, within: { target: block-cuts },',
    'within every target',
  ),
];
