/** The entry of a thread of the pool: loads the assets once, then runs what it is sent. */
import { parentPort } from 'node:worker_threads';
import { assert } from '../../sim/errors.ts';
import { runScenario } from '../runs/index.ts';
import { loadAssets } from './assets.ts';
import { serveJobs } from './thread.ts';

assert(parentPort !== null, 'this module is the entry of a thread');
serveJobs(parentPort, runScenario, loadAssets());
