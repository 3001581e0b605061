/** `calldrill show --procedures`: the procedures there are, or one as a check list, on the screen, as Markdown or as a page to print. */
import { nearest } from '../../devices/console/index.ts';
import { printable } from '../../reports/printable.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { columnsOf } from '../../reports/terminal/table.ts';
import { ownScenario, type ScenarioFile } from '../../scenarios/host/index.ts';
import type { Procedure } from '../../scenarios/language/index.ts';
import type { Taken } from '../command-line.ts';
import { answer, type Context } from '../context.ts';
import { cliError } from '../errors.ts';
import type { ExitCode } from '../exit-code.ts';
import { filesOf, loadAll } from '../scenario-choice.ts';
import { checkSheetOf, type CheckSheet } from './check-sheet.ts';
import { sheetPage } from './sheet-page.ts';
import { sheetMarkdown, sheetText } from './sheet-text.ts';

const FORMATS = ['screen', 'markdown', 'html'] as const;
type SheetFormat = (typeof FORMATS)[number];

/** What a check list can be printed as, as an option takes it. */
export const sheetFormat: Taken<SheetFormat> = {
  placeholder: FORMATS.join('|'),
  expected: FORMATS.join(', '),
  read: (given) => FORMATS.find((each) => each === given),
};

/** A word that is a path rather than the name of a shipped procedure. */
const PATH = /[/\\]|\.ya?ml$/i;

/** Prints one procedure, all of them in a form that was asked for, or which there are. Throws CLI_UNKNOWN_PROCEDURE. */
export async function showProcedures(
  name: string | undefined,
  format: SheetFormat | undefined,
  context: Context,
): Promise<ExitCode> {
  const { library, stdout } = context;
  const files = name === undefined ? await library.procedures() : [await fileOf(name, context)];
  const procedures: Procedure[] = [];
  for (const file of files) {
    const read = await library.loadAny(file);
    if (!('procedure' in read))
      throw cliError('CLI_UNKNOWN_PROCEDURE', `${file.label} is no procedure`, {
        fix: 'A procedure file begins with the key procedure.',
      });
    procedures.push(read.procedure);
  }
  const scenarios = await loadAll(await filesOf([], library), library);
  const sheets = procedures.map((procedure) =>
    checkSheetOf(
      procedure,
      scenarios
        .filter((scenario) => scenario.procedures.some((used) => used.name === procedure.name))
        .map(({ id }) => id),
    ),
  );
  return answer(context, { procedures: sheets }, () => {
    if (format === 'html') return sheetPage(sheets);
    if (format === 'markdown') return sheets.map(sheetMarkdown).join('\n');
    const { colour, columns } = stdout.terminal;
    const { strong } = paletteOf(colour);
    if (name === undefined && format === undefined) return listText(sheets, columns);
    return sheets.map((sheet) => sheetText(sheet, { columns, strong })).join('\n');
  });
}

async function fileOf(name: string, { library }: Context): Promise<ScenarioFile> {
  if (PATH.test(name)) return ownScenario(name);
  const files = await library.procedures();
  const file = files.find((each) => each.name === name);
  if (file !== undefined) return file;
  const near = nearest(
    name,
    files.map((each) => each.name),
  );
  throw cliError(
    'CLI_UNKNOWN_PROCEDURE',
    `there is no procedure '${name}'`,
    near === undefined ? {} : { fix: `Did you mean '${near}'?` },
  );
}

function listText(sheets: readonly CheckSheet[], columns: number = Infinity): string {
  return columnsOf(
    sheets.map(({ name, title, usedBy }) => [
      name,
      `${printable(title)}${usedBy.length === 0 ? '' : `\n${usedBy.join(', ')}`}`,
    ]),
    columns,
  );
}
