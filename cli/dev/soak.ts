/**
 * `npm run soak`: 20 handsets in 10 calls through the server, on real sockets, for a minute. Exit status 0 when every packet arrived, 1 when
 * one did not, 4 when this machine was too slow for the counts to mean anything. `npm run soak -- --seconds 10` is shorter.
 */
import { parseArgs } from 'node:util';
import { EXIT } from '../exit-code.ts';
import { exitOfSoak, soakJson, soakTable } from './soak/soak-report.ts';
import { soak } from './soak/soak-run.ts';

const HANDSETS_MAX = 200;
const SECONDS_MAX = 86_400;

const { values } = parseArgs({
  options: {
    handsets: { type: 'string', default: '20' },
    calls: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
});
const handsets = Number(values.handsets);
const calls = values.calls === undefined ? Math.floor(handsets / 2) : Number(values.calls);
const seconds = Number(values.seconds);
const isCount = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= most;
if (isCount(handsets, HANDSETS_MAX) && isCount(calls, handsets / 2) && isCount(seconds, SECONDS_MAX)) {
  const result = await soak({ handsets, calls, seconds });
  process.stdout.write(`${values.json ? soakJson(result) : soakTable(result).join('\n')}\n`);
  process.exitCode = exitOfSoak(result);
} else {
  process.stderr.write(
    `--handsets is 2 to ${HANDSETS_MAX}, --calls at most half of them, --seconds 1 to ${SECONDS_MAX}\n`,
  );
  process.exitCode = EXIT.usage;
}
