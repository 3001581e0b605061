/**
 * Content-Length (RFC 3261 section 20.14): on a stream it alone says where a message ends. The framer and the parser read it
 * with this one function, so that they cannot disagree.
 */
import { sipError, type SipCode } from './errors.ts';
import { SIP_LIMITS } from './limits.ts';

/** Nine digits are far beyond the limit and exact as a number. */
const LENGTH = /^[ \t]*\d{1,9}[ \t]*$/;
const LENGTH_FIELD = /\r\n(?:content-length|l)(?:[ \t]|\r\n(?=[ \t]))*:/gi;
const LINE_END = /\r\n(?![ \t])/g;
const FOLD = /\r\n(?=[ \t])/g;

/** A Content-Length: what follows its colon, and where. */
interface LengthField {
  readonly text: string;
  readonly offset: number;
}

/** The Content-Lengths in a head that ends with its empty line, and may be wrong in every other way. */
export function lengthFieldsIn(head: string): LengthField[] {
  const fields: LengthField[] = [];
  LENGTH_FIELD.lastIndex = 0;
  while (LENGTH_FIELD.test(head)) {
    const offset = LENGTH_FIELD.lastIndex;
    LINE_END.lastIndex = offset;
    const end = LINE_END.exec(head)?.index ?? head.length;
    fields.push({ text: head.slice(offset, end).replace(FOLD, '  '), offset });
    LENGTH_FIELD.lastIndex = end;
  }
  return fields;
}

/**
 * The octets that the body is to have, and where that is said.
 * @param fields every Content-Length of the message.
 * @param end octet offset of the end of the headers.
 * @throws SIP_CONTENT_LENGTH, SIP_BODY_TOO_LONG
 */
export function announcedLength(
  fields: readonly LengthField[],
  end: number,
): { length: number; offset: number } {
  const [field, again] = fields;
  if (field === undefined) return fail('SIP_CONTENT_LENGTH', 'no Content-Length', end);
  if (again !== undefined) fail('SIP_CONTENT_LENGTH', 'a second Content-Length', again.offset);
  if (!LENGTH.test(field.text)) fail('SIP_CONTENT_LENGTH', 'a number of octets expected', field.offset);
  const length = Number(field.text);
  if (length > SIP_LIMITS.bodyOctets) fail('SIP_BODY_TOO_LONG', `a body of ${length} octets`, field.offset);
  return { length, offset: field.offset };
}

function fail(code: SipCode, problem: string, offset: number): never {
  throw sipError(code, problem, { where: { offset } });
}
