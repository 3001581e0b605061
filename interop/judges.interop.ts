/** All that needs a run of the whole suite, in one process: the suite is run once. */
import './second-judge/shipped-runs.ts';
import './two-judges.ts';
