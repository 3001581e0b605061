/** `calldrill queue`: who hands out and who works at a Redis, and how to take it all away. */
import type { QueueState } from '../../scenarios/host/redis/index.ts';
import { command } from '../command.ts';
import { answer } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT } from '../exit-code.ts';

/** Looks, or clears; it never waits. */
export const queue = command({
  name: 'queue',
  summary: 'look at a queue of runs, or clear it',
  about: [
    'status tells who hands out runs, which workers are there, of which build, what each is making and when it was last heard, and how many runs wait. clear takes away whatever calldrill has in that Redis: who is handing out then hands out again, and nothing is lost but time.',
    'The address is that of calldrill worker. A Redis that does not answer within five seconds is told as away.',
  ],
  operands: { placeholder: '<status|clear> <redis>', min: 2, max: 2 },
  options: {},
  examples: [
    { line: 'calldrill queue status redis://lab:6379', does: 'who is there' },
    { line: 'calldrill queue clear redis://lab:6379', does: 'after a hand-out that was killed' },
  ],
  errorExit: EXIT.environment,
  run: async (_given, [what = '', written = ''], context) => {
    if (what !== 'status' && what !== 'clear')
      throw cliError('CLI_OPERANDS', `'queue' has status and clear, and no '${what}'`);
    const { clearQueue, queueState, redisAddress } = await import('../../scenarios/host/redis/index.ts');
    const address = redisAddress(written, process.env);
    if (what === 'clear') {
      const keys = await clearQueue(address);
      return answer(context, { exitCode: EXIT.pass, keys }, () => `${keys} keys of calldrill taken away\n`);
    }
    const state = await queueState(address);
    return answer(context, { exitCode: EXIT.pass, ...state }, () => stateText(state));
  },
});

function stateText({ handOuts, workers, queues, keys }: QueueState): string {
  const named = ({ host, pid, tool, build }: QueueState['handOuts'][number]['peer']): string =>
    `${host}/${pid}  ${tool}, build ${build.slice(0, 16)}`;
  const lines = [
    ...section(
      'Hand-outs',
      handOuts.map(({ peer }) => named(peer)),
    ),
    ...section(
      'Workers',
      workers.map(({ peer, silentS }) => `${named(peer)}  ${peer.run ?? 'idle'}, heard ${silentS} s ago`),
    ),
    ...section(
      'Runs',
      queues.map(({ queue: name, counts }) => {
        const told = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
        return `${name}  ${told.join(', ')}`;
      }),
    ),
    `${keys} keys`,
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, rows: readonly string[]): readonly string[] {
  return [title, ...(rows.length === 0 ? ['  none'] : rows.map((row) => `  ${row}`))];
}
