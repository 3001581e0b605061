/**
 * A description as lines (RFC 8866 section 5): `x=value`, nothing else between or behind them. A line is ended by CR LF; a bare LF is
 * taken too, as the RFC asks of a parser.
 */
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
  /** Octets of its end: CR LF, or a bare LF. */
  readonly endOctets: 1 | 2;
}

const LINE = /^([a-z])=([^\0\r\n]+)$/;
const CHARSET = /^a=charset:/m;

/**
 * Splits a description into lines.
 * @throws SDP_TOO_LONG, SDP_LINE, SDP_VALUE for text that is not UTF-8, SDP_NOT_SERVED where `a=charset` says so
 */
export function readLines(octets: Uint8Array): readonly SdpLine[] {
  if (octets.length > SDP_LIMITS.octets) throw tooLong(`a description has ${octets.length} octets`, 0);
  const text = toAscii(octets);
  const lines: SdpLine[] = [];
  for (let from = 0; from < text.length || lines.length === 0;) {
    const end = text.indexOf('\n', from);
    if (end < 0) {
      throw sdpError('SDP_LINE', 'the last line has no end', { where: { offset: octets.length } });
    }
    if (lines.length === SDP_LIMITS.lines) throw tooLong(`more than ${SDP_LIMITS.lines} lines`, from);
    const endOctets = end > from && text[end - 1] === '\r' ? 2 : 1;
    lines.push(readLine(text.slice(from, end + 1 - endOctets), from, endOctets));
    from = end + 1;
  }
  if (!isUtf8(octets)) throw otherText(lines, octets, text);
  return lines;
}

function readLine(text: string, offset: number, endOctets: 1 | 2): SdpLine {
  if (text.length > SDP_LIMITS.lineOctets) throw tooLong(`a line has ${text.length} octets`, offset);
  const [, type, value] = LINE.exec(text) ?? [];
  if (type === undefined || value === undefined) {
    throw sdpError('SDP_LINE', '`x=value` expected', { where: { offset } });
  }
  return { type, value, offset: offset + 2, endOctets };
}

/** Text is UTF-8 unless the description says otherwise (RFC 8866 section 6.10), which is not served. */
function otherText(lines: readonly SdpLine[], octets: Uint8Array, text: string): Error {
  const isOther = ({ offset, value }: SdpLine): boolean =>
    !isUtf8(octets.subarray(offset, offset + value.length));
  const where = { offset: (lines.find(isOther)?.offset ?? 2) - 2 };
  return CHARSET.test(text)
    ? sdpError('SDP_NOT_SERVED', 'text of another charset than UTF-8', { where })
    : sdpError('SDP_VALUE', 'a line is not UTF-8', { where });
}

/** The value of a line, decoded from UTF-8, which was checked when the line was cut. */
export function lineText(octets: Uint8Array, { offset, value }: SdpLine): string {
  return Buffer.from(octets.buffer, octets.byteOffset + offset, value.length).toString('utf8');
}

function tooLong(problem: string, offset: number): Error {
  return sdpError('SDP_TOO_LONG', problem, { where: { offset } });
}
