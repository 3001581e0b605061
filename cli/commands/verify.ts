/** `calldrill verify`: holds evidence against itself, offline. */
import { statSync } from 'node:fs';
import { MINUTE } from '../../sim/clock.ts';
import { formatDuration } from '../../sim/duration.ts';
import { printable, shortened } from '../../reports/printable.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { flag, integer, text, value, type Options, type OptionTable } from '../command-line.ts';
import { command } from '../command.ts';
import { writeJson, type Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { bound } from '../run/live-options.ts';
import { rerunEvidence, settledBy } from '../rerun/rerun.ts';
import { openBundle, verifySignature } from '../verify/bundle.ts';
import { folderEvidence, type EvidenceFiles } from '../verify/evidence-files.ts';
import { verifyEvidence } from '../verify/verify.ts';
import { readPublicKey } from '../verify/key-file.ts';
import { BUNDLE_LIMITS } from '../verify/zip.ts';
import type { VerifyResult } from '../verify/verify-result.ts';

/** Faults that are printed of one result; all of them are in the JSON. */
const SHOWN_MAX = 5;
/** Characters of a fault on the terminal. */
const CHARACTERS_MAX = 500;

/** Of the wall clock, for a rerun: half an hour, in microseconds. */
const RERUN_TIME = 30 * MINUTE;
/** Mebibytes of heap that a run of a rerun may take when nothing is said */
const RERUN_MEMORY_MIB = 2_048;
const MEMORY_MIB = [16, 65_536] as const;
const THREADS_MAX = 256;

const OPTIONS = {
  key: value(text('file'), 'the public key that a bundle must be signed with'),
  rerun: flag('run everything again, from the sources that are there, and compare it octet for octet'),
  'time-limit': value(
    bound,
    `how long a rerun may take as a whole; ${formatDuration(RERUN_TIME)} when left out`,
  ),
  'memory-limit': value(
    integer(...MEMORY_MIB),
    `mebibytes of heap that each run of a rerun may take; ${RERUN_MEMORY_MIB} when left out`,
  ),
  jobs: value(
    integer(1, THREADS_MAX),
    'threads to use for a rerun; as many as the machine has when left out',
  ),
  strict: flag('say of every fault all of it, however many there are'),
} as const satisfies OptionTable;

/** Verifies a results folder of one suite, or one of several seeds. */
export const verify = command({
  name: 'verify',
  summary: 'verify evidence: digests, and every verdict once more from the traces',
  about: [
    'Everything is looked at offline, and each result is printed by itself. Files are held against the manifest; traces, sources and the catalogue against the report; every verdict and exposure is decided again from the traces by a judge that shares no code with the one that made them; pages are rendered again.',
    'Of a bundle it is also verified that it is packed as calldrill packs it, and that it was signed as it is. Without --key the signer is unknown, and a signature says only that nobody changed the bundle afterwards who had not the key that is in it.',
    'What could not be verified is told with the reason, and is never called verified. Not decided again are sentences, ladders, calls, measures, scores and the tables of procedures: with --rerun all that was simulated is made again, by the build that made it, and compared octet for octet. Results of strangers are run within --time-limit and --memory-limit.',
    'The exit code is 7 where one result fails, 4 where none fails and something could not be verified, and else 0.',
  ],
  operands: { placeholder: '<folder|bundle>', min: 1, max: 1 },
  options: OPTIONS,
  examples: [
    { line: 'calldrill verify results', does: 'results of one run, or of many seeds' },
    {
      line: 'calldrill verify results.zip --key assurance.pem.pub',
      does: 'a bundle, by a key that you know',
    },
    {
      line: 'calldrill verify results --rerun --time-limit 10m',
      does: 'run it all again, too, within ten minutes',
    },
    { line: 'calldrill verify results --json', does: 'every fault, for a program' },
  ],
  errorExit: EXIT.unverified,
  run: async (given, [name = ''], context) => {
    refuseLimits(given);
    const { evidence, before } = await openEvidence(name, given, context);
    const results = [...before, ...verifyEvidence(evidence, name, context.library.vocabulary)];
    if (!given.rerun) return tell(results, context, given.strict);
    const again = await rerunEvidence(
      evidence,
      {
        time: given['time-limit'] ?? RERUN_TIME,
        memoryMib: given['memory-limit'] ?? RERUN_MEMORY_MIB,
        threads: given.jobs ?? context.threads,
      },
      context,
    );
    return tell([...settledBy(again, results), ...again], context, given.strict);
  },
});

type Given = Options<typeof OPTIONS>;

function refuseLimits(given: Given): void {
  const limits = (['time-limit', 'memory-limit', 'jobs'] as const).filter(
    (name) => given[name] !== undefined,
  );
  if (!given.rerun && limits.length > 0)
    throw cliError('CLI_OPTION_CONFLICT', `--${limits.join(' and --')} is for --rerun, which is not given`);
}

/** What is verified, and for a bundle what was found out in opening it. */
async function openEvidence(
  name: string,
  given: Given,
  context: Context,
): Promise<{ readonly evidence: EvidenceFiles; readonly before: readonly VerifyResult[] }> {
  const key = given.key === undefined ? undefined : readPublicKey(given.key);
  if (isFolder(name)) {
    if (key !== undefined)
      throw cliError('CLI_OPTION_CONFLICT', `${name} is a folder, which is not signed: --key is for bundles`);
    return { evidence: folderEvidence(name), before: [] };
  }
  const bundle = await openBundle(await context.readInput(name, BUNDLE_LIMITS.octets));
  return { evidence: bundle.evidence, before: [bundle.container, verifySignature(bundle, key)] };
}

function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}

function tell(results: readonly VerifyResult[], context: Context, whole: boolean): ExitCode {
  const exitCode = exitOf(results);
  if (context.json) {
    writeJson(context, { exitCode, results });
    return exitCode;
  }
  const { good, bad, warn } = paletteOf(context.stdout.terminal.colour);
  const paint = { verified: good, failed: bad, 'not-verified': warn, consistent: warn };
  const wide = Math.max(...results.map(({ of }) => of.length));
  const lines = results.flatMap(({ of, came, why, faults }) => {
    const shown = whole ? faults : faults.slice(0, SHOWN_MAX);
    const more = faults.length - shown.length;
    return [
      `${of.padEnd(wide)}  ${paint[came](came === 'not-verified' ? 'not verified' : came)}: ${printable(why)}`,
      ...shown.map((fault) => `${' '.repeat(wide)}    ${shortened(printable(fault), CHARACTERS_MAX)}`),
      ...(more > 0
        ? [`${' '.repeat(wide)}    and ${more} more; --strict prints all, and so does --json`]
        : []),
    ];
  });
  context.stdout.write(`${lines.join('\n')}\n`);
  return exitCode;
}

function exitOf(results: readonly VerifyResult[]): ExitCode {
  if (results.some(({ came }) => came === 'failed')) return EXIT.unverified;
  return results.some(({ came }) => came === 'not-verified') ? EXIT.inconclusive : EXIT.pass;
}
