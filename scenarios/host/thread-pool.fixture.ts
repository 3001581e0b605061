/** The entry of a thread that carries out the examples of the suite of queues instead of runs. */
import { parentPort } from 'node:worker_threads';
import { assert } from '../../sim/errors.ts';
import { carryOutExample } from '../runs/run-queue-example.fixture.ts';
import { serveOrders } from './thread.ts';

assert(parentPort !== null, 'this module is the entry of a thread');
serveOrders(parentPort, carryOutExample);
