/** A trace: what it is of, whether it is whole, and its events. */
import { printable } from '../../reports/printable.ts';
import { parseTrace, type FiledEvent, type FiledTrace } from '../../scenarios/host/index.ts';
import { answer, type Context } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { columnsOf, tableOf, type TextColumn } from '../../reports/terminal/table.ts';

const COLUMNS: readonly TextColumn[] = [
  { title: 'n', align: 'right' },
  { title: 'time', align: 'right' },
  { title: 'on' },
  { title: 'type' },
  { title: 'cause', align: 'right' },
  { title: 'data', folds: true },
];

/** Throws HOST_FILE_NOT_TEXT and the HOST_TRACE_ codes. */
export function inspectTrace(
  { octets, file }: { readonly octets: Uint8Array; readonly file: string },
  grep: string | undefined,
  context: Context,
): ExitCode {
  const trace = parseTrace(octets, file);
  const events =
    grep === undefined ? trace.events : trace.events.filter((event) => lineOf(event).includes(grep));
  const { digest, complete } = trace;
  const content = { ...began(trace), count: trace.events.length, complete, digest, events };
  return answer(context, content, () => `${headOf(trace, context)}\n${tableOfEvents(events, context)}`);
}

function lineOf({ n, t, type, on, cause, data }: FiledEvent): string {
  return JSON.stringify({ n, t, type, on, cause, data });
}

/** What the first event says. */
function began({ events }: FiledTrace): Readonly<Record<string, unknown>> {
  return events[0]?.data ?? {};
}

function headOf(trace: FiledTrace, { stdout }: Context): string {
  const facts = Object.entries(began(trace)).map(([name, fact]): readonly [string, string] => [
    name,
    printable(String(fact)),
  ]);
  return columnsOf(
    [
      ...facts,
      ['events', `${trace.events.length}${trace.complete ? '' : ', and the end is missing'}`],
      ['digest', trace.digest],
    ],
    stdout.terminal.columns ?? Infinity,
  );
}

function tableOfEvents(events: readonly FiledEvent[], { stdout }: Context): string {
  const { columns, colour } = stdout.terminal;
  const rows = events.map(({ n, t, on, type, cause, data }) =>
    [String(n), seconds(t), on, type, cause === 0 ? '' : String(cause), dataText(data)].map(printable),
  );
  return tableOf(COLUMNS, rows, { columns, heading: paletteOf(colour).strong });
}

/** Virtual time in seconds, to the microsecond. */
function seconds(micros: number): string {
  return (micros / 1e6).toFixed(6);
}

function dataText(data: FiledEvent['data']): string {
  return Object.entries(data)
    .map(([name, item]) => `${name}=${typeof item === 'string' ? item : JSON.stringify(item)}`)
    .join(' ');
}
