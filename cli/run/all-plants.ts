/** `run --plant all`: plants every violation that the scenarios declare, and shows which check caught which. Writes no results, and a page when it is asked to. */
import { killPage, killTableText, seedsText } from '../../reports/index.ts';
import { printable } from '../../reports/printable.ts';
import { writeJson, type Context } from '../context.ts';
import { writeNewFile } from '../new-file.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { KillTable, plantRequests } from './kills.ts';
import { performOptions, replayFacts } from './outcome.ts';
import { keySeedOf, replayOf, type RunSettings } from './settings.ts';
import { performSuites } from './suites.ts';
import { trippedParts, trippedText } from './tripped-parts.ts';

/** Exits with `pass` only when every plant was caught as declared and the clean runs pass; `internal` when runs are missing. */
export async function runAllPlants(settings: RunSettings, context: Context): Promise<ExitCode> {
  const { seed } = settings;
  const keySeed = keySeedOf(settings, seed);
  const requests = plantRequests(settings.plans, { ...settings, keySeed });
  if (requests.size === 0)
    throw cliError('CLI_NOTHING_CHOSEN', 'none of the chosen scenarios declares a planted violation', {
      fix: 'Declare one under `plants`, or choose other scenarios.',
    });
  const table = new KillTable(requests);
  await context.interruptible(async (signal) => {
    const options = performOptions(settings, context, signal);
    for await (const performed of performSuites([...requests.keys()], options, context)) table.add(performed);
  });
  const { rows, cleanFailures, lost } = table;
  const exit = lost.length > 0 ? EXIT.internal : table.holds ? EXIT.pass : EXIT.fail;
  const replay = replayOf(settings, seed);
  const parts = trippedParts(
    settings.plans.map(({ screenplay }) => screenplay),
    rows,
  );
  if (settings.killPage !== undefined) {
    const { tripped, untripped } = parts;
    const page = killPage({
      ...{ rows, cleanFailures, lost, untripped, replay },
      ...{ tripped: tripped.length, seeds: seedsText({ seed, keySeed }) },
    });
    await writeNewFile(settings.killPage, Buffer.from(page, 'utf8'));
  }
  if (context.json)
    writeJson(context, { exitCode: exit, seed, keySeed, replay, kills: rows, parts, cleanFailures, lost });
  else
    context.stdout.write(
      `${settings.quiet ? '' : `${tableText(table, context)}${trippedText(parts, context.stdout.terminal.columns)}\n`}${replayFacts(exit, seedsText({ seed, keySeed }), replay)}`,
    );
  return exit;
}

function tableText({ rows, cleanFailures, lost }: KillTable, { stdout }: Context): string {
  const { columns, colour, unicode } = stdout.terminal;
  const table = killTableText(rows, { ...(columns === undefined ? {} : { columns }), colour, unicode });
  const clean = cleanFailures.map((place) => `  ${place} fails without any plant\n`).join('');
  const missing = lost.map((line) => `  ${printable(line)}\n`).join('');
  return `${table}${clean}${missing}\n`;
}
