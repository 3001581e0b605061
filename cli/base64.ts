/**
 * Octets of a message as people have them at hand: Base64 with whatever white space a mail or a terminal put into it, with or
 * without the SDP attribute around it, or the octets themselves.
 */
import { toAscii } from '../sim/octets.ts';
import { cliError } from './errors.ts';

/** What stands before the Base64 in SDP (RFC 4567 section 3.1). */
const ATTRIBUTE = /^\s*(?:a=)?key-mgmt:\s*mikey\s+|^\s*mikey\s+/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const NOT_BASE64 = /[^A-Za-z0-9+/=\s]/;

/** MIKEY version 1: the first octet of a message, and no letter of Base64. */
const MIKEY_VERSION = 0x01;

/** The octets of the message in `input`. Throws CLI_INPUT_BASE64 with the offset of what is not Base64. */
export function messageOctetsOf(input: Uint8Array): Uint8Array {
  if (input[0] === MIKEY_VERSION) return input;
  const text = toAscii(input);
  const start = ATTRIBUTE.exec(text)?.[0].length ?? 0;
  const body = text.slice(start);
  const digits = body.replaceAll(/\s/g, '');
  if (digits === '') throw cliError('CLI_INPUT_BASE64', 'the input is empty');
  const bad = NOT_BASE64.exec(body);
  if (bad !== null)
    throw cliError('CLI_INPUT_BASE64', `${JSON.stringify(bad[0])} is no character of Base64`, {
      where: { offset: start + bad.index },
    });
  const octets = Buffer.from(digits, 'base64');
  // Padding may be left out; nothing else may be missing, and no bits may be left over.
  if (!BASE64.test(digits) || octets.toString('base64').replace(/=+$/, '') !== digits.replace(/=+$/, ''))
    throw cliError('CLI_INPUT_BASE64', `${digits.length} characters are no whole Base64`);
  if (digits.endsWith('=') && digits.length % 4 !== 0)
    throw cliError('CLI_INPUT_BASE64', 'the Base64 has the wrong padding');
  return new Uint8Array(octets);
}
