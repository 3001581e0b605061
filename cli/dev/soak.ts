/**
 * `npm run soak`: 20 handsets in 10 calls through the server, on real sockets, for a minute. Exit status 0 when every packet arrived, 1 when
 * one did not, 4 when this machine was too slow for the counts to mean anything. `npm run soak -- --seconds 10` is shorter.
 */
import { givenTo, readOptions, refusal, wholeNumber, type ReadOptions } from './script-options.ts';
import { exitOfSoak, soakJson, soakTable } from './soak/soak-report.ts';
import { soak } from './soak/soak-run.ts';

const HANDSETS_MAX = 200;
const SECONDS_MAX = 86_400;

const SCRIPT = {
  name: 'soak',
  summary: 'Holds live calls through the server for a while, and counts every packet on both legs.',
  options: {
    handsets: { type: 'string', default: '20' },
    calls: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
  usage: '[--handsets <n>] [--calls <n>] [--seconds <n>] [--json]',
} as const;

function readOrder(
  words: readonly string[],
): ReadOptions<Parameters<typeof soak>[0] & { readonly json: boolean }> {
  const read = readOptions(SCRIPT, words);
  if (!('given' in read)) return read;
  const { json } = read.given;
  const handsets = wholeNumber(read.given.handsets, 2, HANDSETS_MAX);
  const most = Math.floor((handsets ?? 0) / 2);
  const calls = read.given.calls === undefined ? most : wholeNumber(read.given.calls, 1, most);
  const seconds = wholeNumber(read.given.seconds, 1, SECONDS_MAX);
  if (handsets !== undefined && calls !== undefined && seconds !== undefined)
    return { given: { handsets, calls, seconds, json } };
  return refusal(
    SCRIPT,
    `--handsets is 2 to ${HANDSETS_MAX}, --calls at most half of them, --seconds 1 to ${SECONDS_MAX}`,
  );
}

const order = givenTo(process, readOrder(process.argv.slice(2)));
if (order !== undefined) {
  const result = await soak(order);
  process.stdout.write(`${order.json ? soakJson(result) : soakTable(result).join('\n')}\n`);
  process.exitCode = exitOfSoak(result);
}
