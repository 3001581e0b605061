/** What a test file gets for `import test from 'ava'` while a mutant is tried: the runner that runs it here, in this process. */
import { chainOfRunning } from './test-file.ts';

export default chainOfRunning();
