/**
 * A user's phone number: the identity that keys are bound to (para-3), so exactly one spelling is accepted. It is always
 * quoted in a scenario file: YAML reads a bare +447700900001 as an integer and drops the plus.
 */
import { scenarioError } from './errors.ts';

/** E.164: a plus, then 7 to 15 digits, the first not 0. */
export const NUMBER_PATTERN = '^\\+[1-9]\\d{6,14}$';

const NUMBER = new RegExp(NUMBER_PATTERN);

/** The number itself. Throws SCENARIO_NUMBER for any other spelling. */
export function parseNumber(text: string): string {
  if (!NUMBER.test(text)) throw scenarioError('SCENARIO_NUMBER', `'${text}' is not an international number`);
  return text;
}
