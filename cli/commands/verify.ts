/** `calldrill verify`: holds evidence against itself, offline. */
import { statSync } from 'node:fs';
import { printable, shortened } from '../../reports/printable.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { flag, text, value } from '../command-line.ts';
import { command } from '../command.ts';
import { writeJson, type Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { openBundle, verifySignature } from '../verify/bundle.ts';
import { folderEvidence } from '../verify/evidence-files.ts';
import { verifyEvidence } from '../verify/verify.ts';
import { readPublicKey } from '../verify/key-file.ts';
import { BUNDLE_LIMITS } from '../verify/zip.ts';
import type { VerifyResult } from '../verify/verify-result.ts';

/** Faults that are printed of one result; all of them are in the JSON. */
const SHOWN_MAX = 5;
/** Characters of a fault on the terminal. */
const CHARACTERS_MAX = 500;

/** Verifies a results folder of one suite, or one of several seeds. */
export const verify = command({
  name: 'verify',
  summary: 'verify evidence: digests, and every verdict once more from the traces',
  about: [
    'Everything is looked at offline, and each result is printed by itself. Files are held against the manifest; traces, sources and the catalogue against the report; every verdict and exposure is decided again from the traces by a judge that shares no code with the one that made them; pages are rendered again.',
    'Of a bundle it is also verified that it is packed as calldrill packs it, and that it was signed as it is. Without --key the signer is unknown, and a signature says only that nobody changed the bundle afterwards who had not the key that is in it.',
    'What could not be verified is told with the reason, and is never called verified. Not decided again are sentences, ladders, calls, measures, scores and the tables of procedures.',
    'The exit code is 7 where one result fails, 4 where none fails and something could not be verified, and else 0.',
  ],
  operands: { placeholder: '<folder|bundle>', min: 1, max: 1 },
  options: {
    key: value(text('file'), 'the public key that a bundle must be signed with'),
    strict: flag('say of every fault all of it, however many there are'),
  },
  examples: [
    { line: 'calldrill verify results', does: 'results of one run, or of many seeds' },
    {
      line: 'calldrill verify results.zip --key assurance.pem.pub',
      does: 'a bundle, by a key that you know',
    },
    { line: 'calldrill verify results --json', does: 'every fault, for a program' },
  ],
  errorExit: EXIT.unverified,
  run: async (given, [name = ''], context) => {
    const { vocabulary } = context.library;
    const key = given.key === undefined ? undefined : readPublicKey(given.key);
    if (isFolder(name)) {
      if (key !== undefined)
        throw cliError(
          'CLI_OPTION_CONFLICT',
          `${name} is a folder, which is not signed: --key is for bundles`,
        );
      return tell(verifyEvidence(folderEvidence(name), name, vocabulary), context, given.strict);
    }
    const bundle = await openBundle(await context.readInput(name, BUNDLE_LIMITS.octets));
    const signature = verifySignature(bundle, key);
    const results = verifyEvidence(bundle.evidence, name, vocabulary);
    return tell([bundle.container, signature, ...results], context, given.strict);
  },
});

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
