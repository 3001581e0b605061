/** `calldrill merge`: shards of a run, joined to the results of the whole. */
import { realpathSync } from 'node:fs';
import { flag, text, value } from '../command-line.ts';
import { command } from '../command.ts';
import { writeJson } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, exitOfSuite } from '../exit-code.ts';
import { tellSuite } from '../run/one-seed.ts';
import { DEFAULT_OUT } from '../run/options.ts';
import { tellMissing } from '../run/outcome.ts';
import { mergeParts } from '../shards/merge-parts.ts';
import { readPart } from '../shards/part.ts';

/** Joins what `run --shard` wrote, or what an earlier merge did with `--partial`. */
export const merge = command({
  name: 'merge',
  summary: 'join the results of run --shard to those of the whole',
  about: [
    'The results are octet for octet what one run of the whole would have written, but for timing.json: traces, captures and every report. Clauses are judged again over all runs. Nothing but the folders is needed: the plan and what it was made from are in each of them.',
    'In which order folders are named makes no difference. Folders are read as verify reads them. Refused are folders whose manifest does not hold, other builds, seeds, command lines or files, a shard that is there twice and is not the same, and shards that are missing.',
    'With --partial shards may be missing: their runs are then in every report as missing, with the reason, and the exit code is 5. Such results can be merged again, or gone on with by run --resume.',
    'Verdicts are taken as the shards report them; verify decides them again.',
  ],
  operands: { placeholder: '<folder> [folder ...]', min: 1, max: 1_000 },
  options: {
    out: value(text('folder'), `where results go; ${DEFAULT_OUT} when left out`),
    partial: flag('join what is there, and call the runs of other shards missing'),
    strict: flag('exit with 1 when something was not tested'),
    details: flag('print every check and every exposure of every variant'),
    quiet: flag('print the verdict, the seeds and the replay line only'),
  },
  examples: [
    { line: 'calldrill merge shard-1 shard-2 shard-3', does: 'into results/' },
    { line: 'calldrill merge shard-*/ --out results --strict', does: 'as the last job of a pipeline' },
    { line: 'calldrill merge shard-1 shard-3 --partial', does: 'what there is, when a job was lost' },
  ],
  errorExit: EXIT.unverified,
  run: async ({ out = DEFAULT_OUT, partial, strict, details, quiet }, folders, context) => {
    refuseOwnInput(out, folders);
    const [first = '', ...others] = folders;
    const { suite, settings } = await mergeParts(
      [readPart(first), ...others.map(readPart)],
      { out, partial, strict, details, quiet },
      context,
    );
    tellMissing(suite, context);
    const exitCode = exitOfSuite(suite, strict);
    if (context.json)
      writeJson(context, {
        exitCode,
        out,
        seed: suite.seed,
        keySeed: suite.keySeed,
        replay: suite.replay,
        suite,
      });
    else tellSuite(settings, suite, exitCode, context);
    return exitCode;
  },
});

/** What is joined must still be there when it turns out that a shard is missing. */
function refuseOwnInput(out: string, folders: readonly string[]): void {
  const real = (folder: string): string | undefined => {
    try {
      return realpathSync(folder);
    } catch {
      return undefined;
    }
  };
  const target = real(out);
  const own = folders.find((folder) => target !== undefined && real(folder) === target);
  if (own !== undefined)
    throw cliError('CLI_OPTION_CONFLICT', `${own} is joined, so results cannot go there`, {
      fix: 'Choose another folder with --out.',
    });
}
