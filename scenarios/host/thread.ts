/** The far side of a thread: runs the jobs it is sent, one after the other, and says how far it is. */
import type { MessagePort } from 'node:worker_threads';
import type { Assets } from '../world/index.ts';
import { FlowGate } from './flow-gate.ts';
import { runJob, type RunScenario } from './run-job.ts';
import { failureOf, type FromThread, type ToThread } from './thread-message.ts';

/** Progress is for people: more often than this is only work. */
const PROGRESS_INTERVAL_MS = 100;

/** Serves jobs from `port` until it is closed. Assets that cannot be loaded fail each job. */
export function serveJobs(port: MessagePort, run: RunScenario, assets: Promise<Assets>): void {
  const send = (message: FromThread): void => port.postMessage(message, []);
  const serve = async ({ job, gate }: ToThread): Promise<void> => {
    const flow = new FlowGate(gate);
    let sentMs = -Infinity;
    try {
      const outcome = runJob(run, job, await assets, {
        onProgress: (progress) => {
          const nowMs = performance.now();
          if (nowMs - sentMs < PROGRESS_INTERVAL_MS) return;
          sentMs = nowMs;
          send({ kind: 'progress', progress });
        },
        onCapture: (octets) => {
          const { length } = octets;
          port.postMessage({ kind: 'captured', octets } satisfies FromThread, [octets.buffer]);
          flow.pass(length);
        },
      });
      send({ kind: 'done', outcome });
    } catch (thrown) {
      send({ kind: 'failed', failure: failureOf(thrown) });
    }
  };
  port.on('message', (message: ToThread) => void serve(message));
}
