/** A SIP message, line by line. */
import { describeSip } from '../../network/sip/index.ts';
import { answer, type Context } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { fieldTable } from './fields.ts';

/** Throws the SIP_ and SDP_ codes of a message that cannot be read. */
export function inspectSip(input: Uint8Array, context: Context): ExitCode {
  const fields = describeSip(withLineEnds(input));
  return answer(context, { octets: withLineEnds(input).length, fields }, () => fieldTable(fields, context));
}

/** A message that went through an editor has lines ended by LF alone; SIP has CR LF. One CR LF, and it is left as it is. */
function withLineEnds(input: Uint8Array): Uint8Array {
  const text = Buffer.from(input).toString('latin1');
  if (text.includes('\r\n')) return input;
  return new Uint8Array(Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1'));
}
