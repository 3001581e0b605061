/** `calldrill bundle`: a results folder as one signed file. */
import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageOf } from '../../scenarios/host/package-root.ts';
import { text, value } from '../command-line.ts';
import { command } from '../command.ts';
import { answer } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT } from '../exit-code.ts';
import { writeNewFile } from '../new-file.ts';
import { bundleOf } from '../verify/bundle.ts';
import { folderEvidence } from '../verify/evidence-files.ts';
import { fingerprintOf, readPrivateKey } from '../verify/key-file.ts';

/** Signs what the manifest of the folder lists, and packs it so that the same results and key are the same octets. */
export const bundle = command({
  name: 'bundle',
  summary: 'pack results into one signed file',
  about: [
    'The zip holds every file that the manifest lists: traces, captures, reports, and the sources that they were made from; the manifest; and an in-toto statement with the result of each check, bound to the manifest and signed with Ed25519 in a DSSE envelope. What is inconclusive or not tested is never called passed.',
    'The same results and the same key give the same octets, whatever the zone, the language or the machine. Files of the wall clock are left out.',
  ],
  operands: { placeholder: '<folder>', min: 1, max: 1 },
  options: {
    key: value(text('file'), 'the private key, which only its owner may read'),
    out: value(text('file'), 'where the bundle goes; it must not be there yet'),
  },
  examples: [
    { line: 'calldrill bundle results --key assurance.pem --out results.zip', does: 'to hand over' },
    { line: 'calldrill verify results.zip --key assurance.pem.pub', does: 'as whoever is handed it' },
  ],
  errorExit: EXIT.unverified,
  run: async ({ key, out }, [folder = ''], context) => {
    if (key === undefined || out === undefined)
      throw cliError('CLI_OPERANDS', "'bundle' needs --key <file> and --out <file>");
    const privateKey = readPrivateKey(key);
    const octets = bundleOf(folderEvidence(folder), folder, { privateKey, lockfile: await lockfileOf() });
    await writeNewFile(out, octets);
    const fingerprint = fingerprintOf(createPublicKey(privateKey));
    return answer(
      context,
      { exitCode: EXIT.pass, out, octets: octets.length, fingerprint },
      () => `Bundle       ${out}, ${octets.length} octets\nFingerprint  ${fingerprint}\n`,
    );
  },
});

/** Of an installed package there is none. */
async function lockfileOf(): Promise<Uint8Array | undefined> {
  try {
    return await readFile(join((await packageOf()).root, 'package-lock.json'));
  } catch {
    return undefined;
  }
}
