/** A description as lines (RFC 8866 section 5): `x=value` ended by CR LF, nothing else between or behind them. */
import { isUtf8 } from 'node:buffer';
import { toAscii } from '../../sim/octets.ts';
import { sdpError } from './errors.ts';
import { SDP_LIMITS } from './limits.ts';

/** A line of a description, its value not yet read. */
export interface SdpLine {
  /** The letter before `=`. */
  readonly type: string;
  /** One character to an octet, so that a position in it is an octet offset. */
  readonly value: string;
  /** Octet offset of the value; the line begins two octets before. */
  readonly offset: number;
}

const LINE = /^([a-z])=([^\0\r\n]+)$/;

/**
 * Splits a description into lines.
 * @throws SDP_TOO_LONG, SDP_LINE, SDP_VALUE for text that is not UTF-8
 */
export function readLines(octets: Uint8Array): readonly SdpLine[] {
  if (octets.length > SDP_LIMITS.octets) throw tooLong(`a description has ${octets.length} octets`, 0);
  const texts = toAscii(octets).split('\r\n');
  if (texts.pop() !== '') {
    throw sdpError('SDP_LINE', 'the last line is not ended by CR LF', { where: { offset: octets.length } });
  }
  if (texts.length > SDP_LIMITS.lines) throw tooLong(`a description has ${texts.length} lines`, 0);
  let offset = 0;
  return texts.map((text) => {
    const at = offset;
    offset += text.length + 2;
    return readLine(text, at, octets);
  });
}

function readLine(text: string, offset: number, octets: Uint8Array): SdpLine {
  if (text.length > SDP_LIMITS.lineOctets) throw tooLong(`a line has ${text.length} octets`, offset);
  const [, type, value] = LINE.exec(text) ?? [];
  if (type === undefined || value === undefined) {
    throw sdpError('SDP_LINE', '`x=value` expected', { where: { offset } });
  }
  if (!isUtf8(octets.subarray(offset, offset + text.length))) {
    throw sdpError('SDP_VALUE', 'a line is not UTF-8', { where: { offset } });
  }
  return { type, value, offset: offset + 2 };
}

/** The value of a line, decoded from UTF-8, which was checked when the line was cut. */
export function lineText(octets: Uint8Array, { offset, value }: SdpLine): string {
  return Buffer.from(octets.buffer, octets.byteOffset + offset, value.length).toString('utf8');
}

function tooLong(problem: string, offset: number): Error {
  return sdpError('SDP_TOO_LONG', problem, { where: { offset } });
}
