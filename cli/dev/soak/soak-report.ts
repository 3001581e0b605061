/** What a soak came to, as a table and as JSON, and the exit status that goes with it. */
import { alignedRows } from '../../../reports/terminal/table.ts';
import type { Micros } from '../../../sim/clock.ts';
import { toMilliseconds } from '../../../sim/duration.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';
import type { CallFlow } from './flows.ts';
import type { Soak } from './soak-run.ts';

/** A run that is not valid says nothing, whatever it lost. */
export function exitOfSoak({ valid, lost, flows, calls }: Soak): ExitCode {
  if (!valid) return EXIT.inconclusive;
  return lost === 0 && flows.length === 2 * calls ? EXIT.pass : EXIT.fail;
}

/** One JSON object, indented by two, with lags in milliseconds and the exit code that the soak ends with. */
export function soakJson(soak: Soak): string {
  const { handsets, calls, seconds, flows, lag, bound, valid, lost, load } = soak;
  const { events, p50, p99, max } = lag;
  const lagMs = {
    events,
    p50: toMilliseconds(p50),
    p99: toMilliseconds(p99),
    max: toMilliseconds(max),
    bound: toMilliseconds(bound),
  };
  const exitCode = exitOfSoak(soak);
  return JSON.stringify({ exitCode, valid, lost, handsets, calls, seconds, lagMs, load, flows }, null, 2);
}

/** A row for each flow, then totals, lag and load; the last line is the verdict. */
export function soakTable(soak: Soak): readonly string[] {
  const { handsets, calls, seconds, flows, lag, bound, valid, lost, load } = soak;
  const sent = flows.reduce((sum, flow) => sum + flow.sent, 0);
  const rows = [['flow', 'sent', 'at the CRS', 'sent on', 'received', 'lost'], ...flows.map(rowOf)];
  return [
    `${handsets} handsets, ${calls} calls through the CRS, ${seconds} s on the loopback`,
    ...alignedRows(rows, ['left', 'right', 'right', 'right', 'right', 'right']),
    `Packets ${sent} sent, ${lost} lost`,
    `Lag     p50 ${toMilliseconds(lag.p50)} ms, p99 ${toMilliseconds(lag.p99)} ms, max ${toMilliseconds(lag.max)} ms, of ${lag.events} events against the schedule`,
    `Load    ${Math.round(100 * load)} % of one processor`,
    verdictOf(valid, lost, bound),
  ];
}

function verdictOf(valid: boolean, lost: number, bound: Micros): string {
  if (!valid)
    return `NOT VALID: the 99th percentile of the lag is above ${toMilliseconds(bound)} ms. What was measured is this machine.`;
  return lost === 0 ? 'PASS: every packet arrived.' : `FAIL: ${lost} packets did not arrive.`;
}

function rowOf({ from, to, sent, relayIn, relayOut, received }: CallFlow): readonly string[] {
  return [`${from} to ${to}`, ...[sent, relayIn, relayOut, received, sent - received].map(String)];
}
