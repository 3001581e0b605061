/** The entry of a thread of the judge: loads the assets once, and answers each trial with its fate. */
import { parentPort } from 'node:worker_threads';
import { assert } from '../../../sim/errors.ts';
import { loadAssets } from '../../../scenarios/host/index.ts';
import { JudgeOfChanges, type Trial } from './trial.ts';

const port = parentPort;
assert(port !== null, 'this module is the entry of a thread');
const judge = loadAssets().then((assets) => new JudgeOfChanges(assets));
port.on('message', (trial: Trial) => {
  void judge.then((ready) => port.postMessage(ready.fateOf(trial), []));
});
