/** An I_MESSAGE, field by field, and whether its signature is that of the identity it claims. */
import {
  claimedSender,
  eccsiVerify,
  identifierOf,
  periodOf,
  signedPartOf,
  unixMsOf,
  viewMessage,
  type Message,
  type MessageField,
} from '../../network/mikey/index.ts';
import type { CalldrillError } from '../../sim/errors.ts';
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
 * Shows every field up to one that cannot be told from what follows, and then why a phone would refuse the message, if it would.
 *
 * @throws CLI_INPUT_BASE64, CLI_INPUT_HEX, CLI_INPUT_SENDER, MIKEY_KMS_KEY_INVALID; behind its fields, the first MIKEY_ code of a
 * message that is refused
 */
export function inspectMikey(input: Uint8Array, verification: Verification, context: Context): ExitCode {
  const octets = messageOctetsOf(input);
  const { fields, objections, message } = viewMessage(octets);
  if (message === undefined) return refused(octets, fields, objections, context);
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

function refused(
  octets: Uint8Array,
  fields: readonly MessageField[],
  objections: readonly CalldrillError[],
  context: Context,
): ExitCode {
  if (context.json) {
    const reasons = objections.map(({ code, message, where }) => ({
      code,
      message,
      offset: where.offset ?? null,
    }));
    writeJson(context, { octets: octets.length, fields, refused: reasons });
    return EXIT.usage;
  }
  const { bad } = paletteOf(context.stdout.terminal.colour);
  const lines = objections.map(
    ({ code, message, where }) =>
      `${bad('refused')}: ${code} at octet ${where.offset ?? 0}: ${printable(message)}\n`,
  );
  context.stdout.write(`${fieldTable(fields, context)}\n${lines.join('')}`);
  const [first] = objections;
  if (first !== undefined) throw first;
  return EXIT.usage;
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
