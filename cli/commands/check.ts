/** `calldrill check`: the mistakes of scenario files and deployment files, all of them, without running anything. */
import type { DeploymentFile } from '../../scenarios/deployment/index.ts';
import { ownScenario } from '../../scenarios/host/index.ts';
import { ScreenplayError, variantsOf } from '../../scenarios/language/index.ts';
import { command } from '../command.ts';
import { writeJson, type Context } from '../context.ts';
import { errorJson, errorText } from '../error-message.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';

/** Exits with `scenario` when any of the files has a problem, and goes through all of them first. */
export const check = command({
  name: 'check',
  summary: 'look for mistakes in scenario files and deployment files',
  about: [
    'Every problem is printed with its line and column, what is wrong, and what to write instead. Nothing is run.',
    'A file whose first key is `deployment` is read as one; any other is a scenario.',
  ],
  operands: { placeholder: '<file.yaml> ...', min: 1, max: Infinity },
  options: {},
  examples: [
    { line: 'calldrill check mine.yaml', does: 'look through one file' },
    { line: 'calldrill check ours.yaml', does: 'a deployment file' },
    { line: 'calldrill check drills/*.yaml --json', does: 'several files, for an editor or a pipeline' },
  ],
  errorExit: EXIT.scenario,
  async run(_given, paths, context) {
    const files: object[] = [];
    let exit: ExitCode = EXIT.pass;
    for (const path of paths) {
      const { valid, report } = await checkFile(path, context);
      files.push(report);
      if (!valid) exit = EXIT.scenario;
    }
    if (context.json) writeJson(context, { files, exitCode: exit });
    return exit;
  },
});

async function checkFile(path: string, context: Context): Promise<{ valid: boolean; report: object }> {
  const { stdout, stderr, json, library } = context;
  try {
    const read = await library.loadEither(ownScenario(path));
    if ('deployment' in read) return deploymentChecked(path, read.deployment, context);
    const { screenplay } = read;
    const variants = variantsOf(screenplay).length;
    const checks = screenplay.probes.length + screenplay.expect.length;
    const { id } = screenplay;
    if (!json)
      stdout.write(`${path}: ${id} is a valid scenario (variants: ${variants}, checks: ${checks})\n`);
    return { valid: true, report: { file: path, valid: true, scenario: id, variants, checks } };
  } catch (thrown) {
    if (!(thrown instanceof ScreenplayError)) throw thrown;
    // The problems are the data of this command.
    if (!json) stdout.write(errorText(thrown, paletteOf(stdout.terminal.colour), false));
    stderr.write(
      `${path}: ${thrown.problems.length === 1 ? '1 problem' : `${thrown.problems.length} problems`}\n`,
    );
    return { valid: false, report: { file: path, valid: false, problems: thrown.problems.map(errorJson) } };
  }
}

function deploymentChecked(
  path: string,
  { name, parameters, targets, waivers }: DeploymentFile,
  { stdout, json }: Context,
): { valid: boolean; report: object } {
  const counts = {
    parameters: Object.keys(parameters).length,
    targets: targets.length,
    waivers: waivers.length,
  };
  if (!json)
    stdout.write(
      `${path}: ${name} is a valid deployment (parameters: ${counts.parameters}, targets: ${counts.targets}, waivers: ${counts.waivers})\n`,
    );
  return { valid: true, report: { file: path, valid: true, deployment: name, ...counts } };
}
