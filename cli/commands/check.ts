/** `calldrill check`: the mistakes of scenarios, procedures and deployment files, all of them, without running anything. */
import {
  isShippedProcedure,
  ownScenario,
  type AnyFile,
  type ScenarioFile,
} from '../../scenarios/host/index.ts';
import { ScreenplayError, variantsOf, type Screenplay } from '../../scenarios/language/index.ts';
import { command } from '../command.ts';
import { writeJson, type Context } from '../context.ts';
import { errorJson, errorText } from '../error-message.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';

/** Exits with `scenario` when any of the files has a problem, and goes through all of them first. */
export const check = command({
  name: 'check',
  summary: 'look for mistakes in scenarios, procedures and deployment files',
  about: [
    'Every problem is printed with its line and column, what is wrong, and what to write instead. Nothing is run.',
    'A file whose first key is `procedure` or `deployment` is read as one; any other is a scenario. Without a file all shipped scenarios and procedures are looked through.',
  ],
  operands: { placeholder: '[<file.yaml> ...]', min: 0, max: Infinity },
  options: {},
  examples: [
    { line: 'calldrill check mine.yaml', does: 'look through one file' },
    { line: 'calldrill check ours.yaml', does: 'a deployment file' },
    { line: 'calldrill check procedures/*.yaml', does: 'procedures of your own' },
    { line: 'calldrill check drills/*.yaml --json', does: 'several files, for an editor or a pipeline' },
  ],
  errorExit: EXIT.scenario,
  async run(_given, paths, context) {
    const { library } = context;
    const files: object[] = [];
    let exit: ExitCode = EXIT.pass;
    const shipped = async (): Promise<readonly ScenarioFile[]> =>
      [await library.shipped(), await library.procedures()].flat();
    for (const file of paths.length > 0 ? paths.map(ownScenario) : await shipped()) {
      const { valid, report } = await checkFile(file, context);
      files.push(report);
      if (!valid) exit = EXIT.scenario;
    }
    if (context.json) writeJson(context, { files, exitCode: exit });
    return exit;
  },
});

/** What is said of a file that is right. */
interface Counted {
  /** What it is, and how it is called. */
  readonly kind: 'scenario' | 'procedure' | 'deployment';
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
}

async function checkFile(
  file: ScenarioFile,
  context: Context,
): Promise<{ readonly valid: boolean; readonly report: object }> {
  const { stdout, stderr, json, library } = context;
  const { label } = file;
  try {
    const read = await library.loadAny(file);
    const { kind, name, counts } = countedIn(read);
    const own = 'screenplay' in read ? await ownIn(read.screenplay, context) : [];
    const listed = Object.entries(counts).map(([what, count]) => `${what}: ${count}`);
    if (!json) stdout.write(`${label}: ${name} is a valid ${kind} (${listed.join(', ')})\n`);
    for (const each of json ? [] : own)
      stdout.write(`${label}: performs ${each.name} from ${each.file}, in place of the shipped one\n`);
    const facts = { [kind]: name, ...counts, ...(own.length === 0 ? {} : { ownProcedures: own }) };
    return { valid: true, report: { file: label, valid: true, ...facts } };
  } catch (thrown) {
    if (!(thrown instanceof ScreenplayError)) throw thrown;
    // The problems are the data of this command.
    if (!json) stdout.write(errorText(thrown, paletteOf(stdout.terminal.colour), false));
    stderr.write(
      `${label}: ${thrown.problems.length === 1 ? '1 problem' : `${thrown.problems.length} problems`}\n`,
    );
    return { valid: false, report: { file: label, valid: false, problems: thrown.problems.map(errorJson) } };
  }
}

function countedIn(read: AnyFile): Counted {
  if ('deployment' in read) {
    const { name, parameters, targets, waivers } = read.deployment;
    const counts = {
      parameters: Object.keys(parameters).length,
      targets: targets.length,
      waivers: waivers.length,
    };
    return { kind: 'deployment', name, counts };
  }
  if ('procedure' in read) {
    const { name, parameters, steps } = read.procedure;
    return {
      ...{ kind: 'procedure', name },
      counts: { parameters: parameters.length, steps: steps.length },
    };
  }
  const { id, probes, expect } = read.screenplay;
  const counts = { variants: variantsOf(read.screenplay).length, checks: probes.length + expect.length };
  return { kind: 'scenario', name: id, counts };
}

/** Procedures that stand in the way of shipped ones of the same name. */
async function ownIn(
  { procedures }: Screenplay,
  { library }: Context,
): Promise<readonly { readonly name: string; readonly file: string }[]> {
  const own = procedures.filter(({ file }) => !isShippedProcedure(file));
  const shipped = own.length === 0 ? [] : (await library.procedures()).map(({ name }) => name);
  return own.flatMap(({ name, file }) => (shipped.includes(name) ? { name, file } : []));
}
