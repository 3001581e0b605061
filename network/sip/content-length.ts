/**
 * Content-Length (RFC 3261 section 20.14): on a stream it alone says where a message ends. The framer and the parser read it
 * with this one function, so that they cannot disagree.
 */
import { sipError, type SipCode } from './errors.ts';
import { ruleOf } from './header-rule.ts';
import { SIP_LIMITS } from './limits.ts';

/** Nine digits are far beyond the limit and exact as a number. */
const LENGTH = /^[ \t]*(\d{1,9})[ \t]*$/;

interface LengthField {
  readonly name: string;
  readonly text: string;
  readonly offset: number;
}

/**
 * The octets that the body is to have, and where that is said.
 * @param end octet offset of the end of the headers.
 * @throws SIP_CONTENT_LENGTH, SIP_BODY_TOO_LONG
 */
export function announcedLength(
  fields: readonly LengthField[],
  end: number,
): { length: number; offset: number } {
  const [field, again] = fields.filter(({ name }) => ruleOf(name).name === 'Content-Length');
  if (field === undefined) return fail('SIP_CONTENT_LENGTH', 'no Content-Length', end);
  if (again !== undefined) fail('SIP_CONTENT_LENGTH', 'a second Content-Length', again.offset);
  const digits = LENGTH.exec(field.text)?.[1];
  if (digits === undefined) fail('SIP_CONTENT_LENGTH', 'a number of octets expected', field.offset);
  const length = Number(digits);
  if (length > SIP_LIMITS.bodyOctets) fail('SIP_BODY_TOO_LONG', `a body of ${length} octets`, field.offset);
  return { length, offset: field.offset };
}

function fail(code: SipCode, problem: string, offset: number): never {
  throw sipError(code, problem, { where: { offset } });
}
