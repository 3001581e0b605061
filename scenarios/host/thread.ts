/** The far side of a thread: runs the jobs it is sent, one after the other, and says how far it is. */
import type { MessagePort } from 'node:worker_threads';
import type { Assets } from '../world/index.ts';
import { runJob, type RunJob, type RunScenario } from './run-job.ts';
import { failureOf, type FromThread } from './thread-message.ts';

/** Progress is for people: more often than this is only work. */
const PROGRESS_INTERVAL_MS = 100;

/** Serves jobs from `port` until it is closed. Assets that cannot be loaded fail each job. */
export function serveJobs(port: MessagePort, run: RunScenario, assets: Promise<Assets>): void {
  const send = (message: FromThread): void => port.postMessage(message, []);
  const serve = async (job: RunJob): Promise<void> => {
    let sentMs = -Infinity;
    try {
      const outcome = runJob(run, job, await assets, (progress) => {
        const nowMs = performance.now();
        if (nowMs - sentMs < PROGRESS_INTERVAL_MS) return;
        sentMs = nowMs;
        send({ kind: 'progress', progress });
      });
      send({ kind: 'done', outcome });
    } catch (thrown) {
      send({ kind: 'failed', failure: failureOf(thrown) });
    }
  };
  port.on('message', (job: RunJob) => void serve(job));
}
