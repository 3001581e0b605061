/** An I_MESSAGE, field by field, and whether its signature is that of the identity it claims. */
import {
  claimedSender,
  describeMessage,
  eccsiVerify,
  identifierOf,
  parseMessage,
  periodOf,
  signedPartOf,
  unixMsOf,
  type Message,
} from '../../network/mikey/index.ts';
import { toAscii } from '../../sim/octets.ts';
import { printable } from '../../reports/printable.ts';
import { messageOctetsOf } from '../base64.ts';
import { writeJson, type Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { fieldTable } from './fields.ts';

/** What a signature is verified with. */
interface Verification {
  /** Public authentication key of the KMS: an uncompressed point of P-256. */
  readonly kpak: Uint8Array | undefined;
  /** Identifier octets; absent: those of the sender that the message claims, in the month of its timestamp. */
  readonly id: Uint8Array | undefined;
}

interface SignatureVerdict {
  readonly verified: boolean;
  /** The identifier, its zeros shown as blanks. */
  readonly signer: string;
}

const KPAK_OCTETS = 65;

/**
 * @throws CLI_INPUT_BASE64, CLI_INPUT_HEX, CLI_INPUT_SENDER, the MIKEY_ codes of a message that cannot be read,
 * MIKEY_KMS_KEY_INVALID
 */
export function inspectMikey(input: Uint8Array, verification: Verification, context: Context): ExitCode {
  const message = parseMessage(messageOctetsOf(input));
  const fields = describeMessage(message);
  const signature = verify(message, verification);
  if (context.json)
    writeJson(context, {
      octets: message.octets.length,
      fields,
      ...(signature === undefined ? {} : { signature }),
    });
  else context.stdout.write(`${fieldTable(fields, context)}${signatureLine(message, signature, context)}`);
  return signature?.verified === false ? EXIT.fail : EXIT.pass;
}

function verify(message: Message, { kpak, id }: Verification): SignatureVerdict | undefined {
  if (kpak === undefined) return undefined;
  if (kpak.length !== KPAK_OCTETS)
    throw cliError('CLI_INPUT_HEX', `a KPAK has ${KPAK_OCTETS} octets, not ${kpak.length}`);
  const signer = id ?? claimedIdentifier(message);
  return {
    verified: eccsiVerify(signedPartOf(message), message.sign.signature, signer, kpak),
    signer: printable(toAscii(signer).replaceAll('\0', ' ').trim()),
  };
}

function claimedIdentifier(message: Message): Uint8Array {
  const sender = claimedSender(message);
  if (sender === undefined) throw cliError('CLI_INPUT_SENDER', 'the message has no IDRi');
  return identifierOf(sender, periodOf(unixMsOf(message.timestamp)));
}

function signatureLine(
  message: Message,
  signature: SignatureVerdict | undefined,
  { stdout }: Context,
): string {
  const { good, bad, quiet } = paletteOf(stdout.terminal.colour);
  const covered = `${message.signedLength} of ${message.octets.length} octets are signed`;
  if (signature === undefined) return quiet(`\n${covered}; --kpak verifies the signature\n`);
  const { verified, signer } = signature;
  return `\n${verified ? good('verified') : bad('NOT verified')}: the signature of ${signer}; ${covered}\n`;
}
