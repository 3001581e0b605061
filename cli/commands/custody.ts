/** `calldrill custody`: the lineage of every secret of a run, read from its trace alone. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  lineagePicture,
  lineageTable,
  lineageTree,
  TRACE_FILE,
  type LineageView,
} from '../../reports/index.ts';
import { lineagesOf, type Lineage } from '../../scenarios/evidence/custody/index.ts';
import { parseTrace, type FiledTrace } from '../../scenarios/host/index.ts';
import { flag } from '../command-line.ts';
import { command } from '../command.ts';
import { writeJson, type Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { folderEvidence } from '../verify/evidence-files.ts';

/** Octets of a trace. */
const TRACE_MAX = 1 << 28;
/** Runs that an error names. */
const NAMED_MAX = 8;

/** Without a secret a table of all; with one, or a part of its label, the tree of each that it is a part of. */
export const custody = command({
  name: 'custody',
  summary: 'where each secret of a run was born, who had it, and how it ended',
  about: [
    'Read from the trace alone, which names secrets by labels such as RSK(+447700900001 2015-10)#6ced7fef and has none of their octets. A secret is given by any part of its label or of another label of the same secret: RSK, +447700900001, 2015-10, the fingerprint, or the name of a device, person or thing that had it, as at:thief.',
    'Marked LEAK is every place to which it came by being taken or copied, and what comes from there; marked with the invariant, what broke one. The exit code is 1 where an invariant broke for one of the secrets that are shown, 2 where there is no such secret or run.',
    'A trace by itself, a dash for standard input, the folder of a variant, or a results folder with one run.',
  ],
  operands: { placeholder: '<run folder|trace.ndjson|-> [secret]', min: 1, max: 2 },
  options: { svg: flag('print the lineage of one secret as a picture (SVG)') },
  examples: [
    { line: 'calldrill custody results/client-compromise/wipe-destroy-block', does: 'every secret of a run' },
    { line: 'calldrill custody results/lost-qr/unnoticed KSAK', does: 'where the KSAK has been' },
    {
      line: 'calldrill custody results/lost-qr/unnoticed at:insider',
      does: 'what the insider got, from where',
    },
    { line: 'calldrill custody trace.ndjson 6ced7fef --svg > rsk.svg', does: 'one secret as a picture' },
  ],
  errorExit: EXIT.usage,
  run: async ({ svg }, [place = '', secret], context): Promise<ExitCode> => {
    if (svg && context.json) throw cliError('CLI_OPTION_CONFLICT', '--svg and --json are both given');
    const file = place === '-' ? place : traceAt(place);
    const name = file === '-' ? 'input' : file;
    const trace = parseTrace(await context.readInput(file, TRACE_MAX), name);
    const all = lineagesOf(trace.events);
    const chosen = secret === undefined ? all : all.filter((lineage) => isNamed(lineage, secret));
    if (chosen.length === 0)
      throw cliError(
        'CLI_OPERANDS',
        secret === undefined
          ? `${name} tells of no secret`
          : `no secret of ${name} is, or was at, '${secret}'`,
        { fix: 'Leave the secret out to see the labels of all.' },
      );
    const [first, ...more] = chosen;
    if (svg && (secret === undefined || more.length > 0))
      throw cliError('CLI_OPERANDS', `a picture is of one secret, and ${chosen.length} are meant`);
    const begins = beganAt(trace);
    if (svg && first !== undefined) context.stdout.write(lineagePicture(first, begins));
    else print(chosen, { secret, begins, complete: trace.complete }, context);
    return chosen.some(({ broken }) => broken !== undefined) ? EXIT.fail : EXIT.pass;
  },
});

function print(
  chosen: readonly Lineage[],
  { secret, begins, complete }: { secret: string | undefined; begins: number; complete: boolean },
  context: Context,
): void {
  if (context.json) return writeJson(context, { complete, secrets: chosen });
  const { columns, colour, unicode } = context.stdout.terminal;
  const view: LineageView = { begins, columns, colour, unicode };
  const told =
    secret === undefined
      ? lineageTable(chosen, view)
      : chosen.map((lineage) => lineageTree(lineage, view)).join('\n');
  context.stdout.write(complete ? told : `${told}The trace is cut off: what is told is not all.\n`);
}

/** Whether a label has the text, or a place has exactly the name behind `at:`. */
function isNamed({ secret, aliases, roots }: Lineage, text: string): boolean {
  if (!text.startsWith('at:')) return [secret, ...aliases].some((label) => label.includes(text));
  const holder = text.slice('at:'.length);
  const isThere = ({ holder: name, at, children }: Lineage['roots'][number]): boolean =>
    name === holder || at === holder || children.some(isThere);
  return roots.some(isThere);
}

/** The trace itself, or the one trace of a folder. Throws CLI_OPERANDS, VERIFY_NO_RESULTS. */
function traceAt(place: string): string {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) return place;
  const { paths } = folderEvidence(place);
  const traces = paths.filter((path) => path === TRACE_FILE || path.endsWith(`/${TRACE_FILE}`));
  const [only, ...others] = traces;
  if (only === undefined) throw cliError('CLI_OPERANDS', `${place} has no ${TRACE_FILE}`);
  if (others.length > 0) {
    const named = traces.slice(0, NAMED_MAX).map((path) => path.slice(0, -TRACE_FILE.length - 1));
    const rest = traces.length > NAMED_MAX ? `, and ${traces.length - NAMED_MAX} more` : '';
    throw cliError('CLI_OPERANDS', `${place} has ${traces.length} runs: ${named.join(', ')}${rest}`, {
      fix: 'Name the folder of one of them.',
    });
  }
  return join(place, only);
}

/** Unix milliseconds at which the run began; 0 where its first event does not say it. */
function beganAt({ events }: FiledTrace): number {
  const begins = Date.parse(String(events[0]?.data['begins']));
  return Number.isNaN(begins) ? 0 : begins;
}
