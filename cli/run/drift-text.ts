/** The drift of a live run, as it is printed and as it is written beside the results. */
import { alignedRows } from '../../reports/terminal/table.ts';
import {
  groupsOf,
  type CallFigures,
  type Difference,
  type Drift,
} from '../../scenarios/evidence/drift/index.ts';

/** Name of the file, in the results folder, that has the whole comparison. */
export const DRIFT_FILE = 'drift.json';

/** Differences that are printed; the file has all of them. */
const PRINTED_MAX = 40;

/** At most 40 differences that matter, then what was expected with its counts, the calls, and the conclusion as the last line. */
export function driftText(drift: Drift): string {
  const { events, calls, same } = drift;
  const { matter, expected } = groupsOf(drift);
  const lines = [
    `Drift   ${events.simulated} events simulated, ${events.live} live; ${matter.length} differences that matter`,
    ...matter.slice(0, PRINTED_MAX).map(lineOf),
    ...(matter.length > PRINTED_MAX ? [`  and ${matter.length - PRINTED_MAX} more`] : []),
    ...expected.map(({ reason, times }) => `  expected: ${reason} (${times})`),
    ...tableOf(
      calls.map(({ from, to, simulated, live }) => [`${from} to ${to}`, figures(simulated), figures(live)]),
    ),
    same
      ? 'Simulated and live, the same things happened.'
      : 'DRIFT: simulated and live, other things happened.',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The whole comparison as indented JSON with a newline at its end. */
export function driftFile(drift: Drift): Uint8Array {
  return new Uint8Array(Buffer.from(`${JSON.stringify(drift, undefined, 2)}\n`));
}

function lineOf({ kind, device, event, times }: Difference): string {
  return `  ${kind.padEnd(9)} on ${device}: ${event}${times > 1 ? ` (${times} times)` : ''}`;
}

function figures(call: CallFigures | undefined): string {
  if (call === undefined) return 'no call';
  const { setupMs, lost, r, mos } = call;
  const setup = setupMs === undefined ? 'no answer' : `${setupMs} ms`;
  return `${setup}, ${lost} lost${r === undefined || mos === undefined ? '' : `, R ${r}, MOS ${mos}`}`;
}

function tableOf(rows: readonly (readonly [string, string, string])[]): readonly string[] {
  if (rows.length === 0) return [];
  return alignedRows([['call', 'simulated', 'live'], ...rows]).map((line) => `  ${line}`);
}
