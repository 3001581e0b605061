/**
 * `npm run orders`: performs shipped procedures in every order that what is required allows, without each of their steps, with each of them late, and
 * half-way, in scenes in which something hangs on them. Exit status 0 when each loss is noticed and nothing harmless is, 1 when not.
 *
 *     npm run orders -- [--procedure <name>]
 */
import { readFile } from 'node:fs/promises';
import { loadAssets, shippedProcedures } from '../../scenarios/host/index.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { procedureOf, tried, wrongWith } from './orders/court.ts';
import { SCENES } from './orders/scenes.ts';
import { trialsOf } from './orders/trials.ts';
import { scriptProgress } from './script-progress.ts';
import { givenTo, readOptions } from './script-options.ts';

const SCRIPT = {
  name: 'orders',
  summary: 'Performs shipped procedures in every wrong way, and looks whether each loss is noticed.',
  options: { procedure: { type: 'string' } },
  usage: '[--procedure <name>]',
} as const;

async function main(): Promise<ExitCode> {
  const order = givenTo(process, readOptions(SCRIPT, process.argv.slice(2)));
  if (order === undefined) return process.exitCode === EXIT.pass ? EXIT.pass : EXIT.usage;
  const scenes = SCENES.filter(({ procedure }) => procedure === (order.procedure ?? procedure));
  const assets = await loadAssets();
  const files = await Promise.all(
    (await shippedProcedures()).map(
      async ({ name, label, path }) =>
        [name, { name, file: label, text: await readFile(path, 'utf8') }] as const,
    ),
  );
  const sources = new Map(files);
  let isWrong = false;
  for (const scene of scenes) {
    const options = { scene, sources, assets };
    const trials = trialsOf(procedureOf(options), scene);
    const progress = scriptProgress({
      isTty: process.stderr.isTTY,
      total: trials.length,
      things: `ways to perform ${scene.procedure}`,
      now: () => performance.now(),
    });
    const wrong = tried(trials, options, () => void process.stderr.write(progress())).flatMap(
      (each) => wrongWith(each) ?? [],
    );
    const losing = trials.filter(({ loses }) => loses).length;
    process.stdout.write(
      `${scene.procedure}: ${trials.length} ways, ${losing} that lose something, ${wrong.length} wrong\n`,
    );
    for (const each of wrong) process.stdout.write(`  ${each}\n`);
    isWrong ||= wrong.length > 0;
  }
  return isWrong ? EXIT.fail : EXIT.pass;
}

process.exitCode = await main();
