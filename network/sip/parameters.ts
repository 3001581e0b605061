/**
 * Parameters, `;name=value`, behind an address or a Via (RFC 3261 section 25.1, generic-param). Names are kept in lower case,
 * as they compare without case; each may be there once (section 7.3.1).
 */
import { lowerCase, TOKEN } from './characters.ts';
import { isToken, QUOTED, quote, unquote, type Scanner } from './scanner.ts';

/** Name in lower case to value (quotes removed), or to undefined for a flag such as `lr`. Order is kept. */
export type AddressParameters = ReadonlyMap<string, string | undefined>;

/** Of an address that has none, as most URIs have none. */
export const NO_PARAMETERS: AddressParameters = new Map();

/** Reads `;name=value` as often as it is there. */
export function readParameters(scanner: Scanner): AddressParameters {
  if (!scanner.skipSpaced(';')) return NO_PARAMETERS;
  const parameters = new Map<string, string | undefined>();
  do {
    const name = lowerCase(scanner.need(TOKEN, 'parameter name'));
    if (parameters.has(name)) scanner.fail(`parameter ${name} is there twice`);
    parameters.set(name, scanner.skipSpaced('=') ? readValue(scanner) : undefined);
  } while (scanner.skipSpaced(';'));
  return parameters;
}

function readValue(scanner: Scanner): string {
  const quoted = scanner.isAt('"') ? scanner.match(QUOTED) : undefined;
  return quoted === undefined ? scanner.need(TOKEN, 'parameter value') : unquote(quoted);
}

/** Parameters as text, each with its semicolon in front; a value that is no token is put in quotes. */
export function formatParameters(parameters: AddressParameters): string {
  let text = '';
  for (const [name, value] of parameters) {
    text += value === undefined ? `;${name}` : `;${name}=${isToken(value) ? value : quote(value)}`;
  }
  return text;
}
