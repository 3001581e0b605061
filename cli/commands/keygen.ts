/** `calldrill keygen`: a key to sign evidence with. */
import { text, value } from '../command-line.ts';
import { command } from '../command.ts';
import { answer } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT } from '../exit-code.ts';
import { makeKey } from '../verify/key-file.ts';

/** Makes an Ed25519 pair, and overwrites nothing. */
export const keygen = command({
  name: 'keygen',
  summary: 'make a key to sign evidence with',
  about: [
    'The private key goes into the named file, which only its owner may read, and the public one beside it, with .pub behind its name. Neither replaces a file that is there.',
    'Give the fingerprint to whoever is to verify, by another way than the evidence takes.',
  ],
  operands: { placeholder: '', min: 0, max: 0 },
  options: { out: value(text('file'), 'where the private key goes; it must not be there yet') },
  examples: [{ line: 'calldrill keygen --out assurance.pem', does: 'assurance.pem and assurance.pem.pub' }],
  errorExit: EXIT.usage,
  run: async ({ out }, _operands, context) => {
    if (out === undefined) throw cliError('CLI_OPERANDS', "'keygen' needs --out <file>");
    const { publicFile, fingerprint } = makeKey(out);
    return answer(
      context,
      { exitCode: EXIT.pass, privateKey: out, publicKey: publicFile, fingerprint },
      () => `Private key  ${out}\nPublic key   ${publicFile}\nFingerprint  ${fingerprint}\n`,
    );
  },
});
