/** A file that a command makes and that must not be there yet: what somebody keeps is never written over. */
import { writeFile } from 'node:fs/promises';
import { cliError } from './errors.ts';

/** Writes it. Throws CLI_OUT_WRITE, also when it is there. */
export async function writeNewFile(out: string, octets: Uint8Array): Promise<void> {
  try {
    await writeFile(out, octets, { flag: 'wx' });
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('syscall' in thrown)) throw thrown;
    throw cliError('CLI_OUT_WRITE', `${out} cannot be written: ${thrown.message}`, { cause: thrown });
  }
}
