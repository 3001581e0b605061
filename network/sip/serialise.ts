/**
 * Writes a message: long header names, one value to a line, Content-Length last. What was written is read once, so that no
 * device sends what a peer would refuse, and a value that would begin another line is an error and never a second header.
 */
import { sipError } from './errors.ts';
import { parseMessage, type SipMessage } from './message.ts';
import { isText } from './scanner.ts';
import { formatUri } from './uri.ts';
import { hold } from './written.ts';

/** @throws the codes of {@link parseMessage} for a message that no peer could read */
export function serialise(message: SipMessage): Uint8Array {
  const start =
    message.kind === 'request'
      ? `${message.method} ${formatUri(message.uri)} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  if (!isText(start)) throw sipError('SIP_START_LINE', 'the first line would hold a control character');
  let head = `${start}\r\n`;
  for (const { name, value } of message.headers.entries) head += `${name}: ${value}\r\n`;
  head += `Content-Length: ${message.body.length}\r\n\r\n`;
  const headOctets = Buffer.byteLength(head, 'utf8');
  const octets = new Uint8Array(headOctets + message.body.length);
  Buffer.from(octets.buffer).write(head, 'utf8');
  octets.set(message.body, headOctets);
  hold(octets, parseMessage(octets));
  return octets;
}
