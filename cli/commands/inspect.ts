/** `calldrill inspect`: takes apart a key message, a SIP message or a trace, down to the octet. */
import { CalldrillError } from '../../sim/errors.ts';
import { text, value, type Taken } from '../command-line.ts';
import { command } from '../command.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { inspectMikey } from '../inspect/mikey.ts';
import { inspectSip } from '../inspect/sip.ts';
import { inspectTrace } from '../inspect/trace.ts';
import { fromHex } from '../../sim/octets.ts';

/** Identifiers are short and a KPAK has 65 octets. */
const HEX_OCTETS_MAX = 256;

const hex: Taken<Uint8Array> = {
  placeholder: 'hex',
  expected: 'octets in hexadecimal',
  read: (given) => {
    const octets = fromHex(given.replaceAll(/[\s:]/g, ''));
    return octets === undefined || octets.length === 0 || octets.length > HEX_OCTETS_MAX ? undefined : octets;
  },
};

/** What can be inspected, and how much of it is read. */
const KINDS: Readonly<Record<string, { readonly octetsMax: number }>> = {
  mikey: { octetsMax: 1 << 16 },
  sip: { octetsMax: 1 << 17 },
  trace: { octetsMax: 1 << 28 },
};

/** Reads a file or standard input, shows its parts as a table or as JSON, and writes nothing. */
export const inspect = command({
  name: 'inspect',
  summary: 'take a key message, a SIP message or a trace apart',
  about: [
    'mikey: an I_MESSAGE in Base64 (or its octets), field by field. With --kpak its signature is verified for the identity in --id, or else for the one that the message itself claims. One that a phone would refuse is shown as far as it can be read, with every reason.',
    'sip: a SIP message with its session description, line by line.',
    'trace: the events of a trace.ndjson, after a check that they are whole and in order.',
    'A dash instead of a file reads standard input. What cannot be read ends with exit code 2, a signature that does not verify with 1.',
  ],
  operands: { placeholder: 'mikey|sip|trace <file|->', min: 2, max: 2 },
  options: {
    kpak: value(hex, 'mikey: verify the signature under this public key of the KMS (65 octets)'),
    id: value(hex, 'mikey: the identifier octets of who signed (YYYY-MM, 0, tel:+number, 0)'),
    grep: value(text('text'), 'trace: show only events whose line has this text'),
  },
  examples: [
    { line: 'calldrill inspect mikey message.txt', does: 'every field of an I_MESSAGE' },
    { line: 'calldrill inspect mikey - --kpak 0450D4...', does: 'and whether its signature verifies' },
    { line: 'calldrill inspect sip invite.txt --json', does: 'a SIP message, for a program' },
    {
      line: 'calldrill inspect trace results/baseline-call/main/trace.ndjson --grep crs.',
      does: 'what happened on the CRS',
    },
  ],
  errorExit: EXIT.usage,
  async run({ kpak, id, grep }, [kind = '', file = ''], context): Promise<ExitCode> {
    const limits = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (limits === undefined)
      throw cliError('CLI_OPERANDS', `'${kind}' cannot be inspected`, {
        fix: 'Write: calldrill inspect mikey|sip|trace <file|->',
      });
    if (kind !== 'mikey' && (kpak ?? id) !== undefined)
      throw cliError('CLI_OPTION_CONFLICT', `--kpak and --id are for mikey, not for ${kind}`);
    if (kind !== 'trace' && grep !== undefined)
      throw cliError('CLI_OPTION_CONFLICT', `--grep is for trace, not for ${kind}`);
    if (id !== undefined && kpak === undefined)
      throw cliError(
        'CLI_OPTION_CONFLICT',
        '--id says for whom to verify, but there is no --kpak to verify with',
      );
    const input = {
      octets: await context.readInput(file, limits.octetsMax),
      file: file === '-' ? 'input' : file,
    };
    return located(input.file, () => {
      if (kind === 'mikey') return inspectMikey(input.octets, { kpak, id }, context);
      return kind === 'sip' ? inspectSip(input.octets, context) : inspectTrace(input, grep, context);
    });
  },
});

/** Names the file in errors that know an offset in it only. */
function located(file: string, work: () => ExitCode): ExitCode {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof CalldrillError) || thrown.where.file !== undefined) throw thrown;
    throw thrown.at({ file });
  }
}
