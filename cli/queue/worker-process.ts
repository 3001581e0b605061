/** One process of `calldrill worker`: makes a run at a time, and tells its parent. It ends when its parent does. */
import { CalldrillError } from '../../sim/errors.ts';
import { allowRelaxedSimd, loadAssets } from '../../scenarios/host/index.ts';
import { redisAddress, redisWorker } from '../../scenarios/host/redis/index.ts';
import { ownPeer } from './own-peer.ts';
import type { FromWorkerProcess, ToWorkerProcess } from './worker-message.ts';

allowRelaxedSimd();

const tell = (message: FromWorkerProcess): void => void process.send?.(message);

process.once('message', (message: ToWorkerProcess) => {
  if (message.kind === 'begin') void begin(message);
});
// The parent closes its end when it is through, and the system does when the parent is killed.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

async function begin({ redis, memoryMib }: ToWorkerProcess & { readonly kind: 'begin' }): Promise<void> {
  try {
    // Whoever cannot make any run takes none.
    await loadAssets();
    const address = redisAddress(redis, process.env);
    const worker = await redisWorker({
      address,
      peer: await ownPeer(),
      pool: { threads: 1, ...(memoryMib === undefined ? {} : { memoryMib }) },
      onAway: (away, why) => tell({ kind: 'away', away, why }),
      onNews: (news) => tell({ kind: 'news', news }),
    });
    tell({ kind: 'ready' });
    process.once('disconnect', () => void worker.close().finally(() => process.exit(0)));
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const { code, fix } = error instanceof CalldrillError ? error : { code: '', fix: '' };
    process.send?.({ kind: 'refused', code, message: error.message, fix }, () => process.exit(1));
  }
}
