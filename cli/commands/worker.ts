/** `calldrill worker`: makes the runs that others hand out. */
import { CalldrillError } from '../../sim/errors.ts';
import { integer, value } from '../command-line.ts';
import { command } from '../command.ts';
import { EXIT } from '../exit-code.ts';

/** Processes of one worker. */
const JOBS_MAX = 1_024;
const MEMORY_MIB_MAX = 1_048_576;

/** Works until it is interrupted. */
export const worker = command({
  name: 'worker',
  summary: 'make the runs that calldrill run --queue hands out',
  about: [
    'Takes runs from a Redis, one after the other in each of its processes, until it is interrupted. It then gives back what is under way, and others make it; so they do when it is killed, ten seconds later. A process that breaks is begun again, and a run in which two workers ended is told as failed.',
    'A worker makes the runs of its own build only: another one could come to other results. It needs nothing of the machine that hands out.',
    'The address is redis://[user:password@]host[:port][/database], with rediss:// for TLS. A password is better in CALLDRILL_REDIS_PASSWORD; it is never printed.',
  ],
  operands: { placeholder: '<redis>', min: 1, max: 1 },
  options: {
    jobs: value(
      integer(1, JOBS_MAX),
      'processes, each of which makes one run at a time; as many as the machine has threads when left out',
    ),
    'memory-limit': value(integer(64, MEMORY_MIB_MAX), 'mebibytes of heap that one run may take'),
  },
  examples: [
    { line: 'calldrill worker redis://lab:6379', does: 'on as many machines as there are' },
    { line: 'calldrill worker rediss://lab:6380 --jobs 2', does: 'over TLS, in two processes' },
  ],
  errorExit: EXIT.usage,
  run: async ({ jobs, 'memory-limit': memoryMib }, [written = ''], context) => {
    const { redisAddress } = await import('../../scenarios/host/redis/index.ts');
    const { work } = await import('../queue/worker-crew.ts');
    const { shown } = redisAddress(written, process.env);
    const processes = jobs ?? context.threads;
    context.stderr.write(
      `${processes} ${processes === 1 ? 'process works' : 'processes work'} at ${shown}\n`,
    );
    try {
      return await context.interruptible((signal) =>
        work(
          {
            ...{ jobs: processes, redis: written, tell: (line: string) => context.stderr.write(`${line}\n`) },
            ...(memoryMib === undefined ? {} : { memoryMib }),
          },
          signal,
        ),
      );
    } catch (thrown) {
      if (!(thrown instanceof CalldrillError) || thrown.code !== 'CLI_INTERRUPTED') throw thrown;
      context.stderr.write('ended: what was under way is given back\n');
      return EXIT.interrupted;
    }
  },
});
