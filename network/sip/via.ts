/**
 * Via (RFC 3261 section 20.42): where a response goes, and the branch that names the transaction.
 *
 *     SIP/2.0/TLS alice-phone:5061;branch=z9hG4bK776asdhds
 *
 * The branch begins with seven characters that say it is unique (section 8.1.1.7). One that does not is of RFC 2543, whose
 * matching rules are not in use here.
 */
import { DIGITS, endOf, HOST, lowerCase, TOKEN } from './characters.ts';
import { isHost, isPort } from './host.ts';
import { formatParameters, readParameters, type AddressParameters } from './parameters.ts';
import { Scanner } from './scanner.ts';

/** What every branch of RFC 3261 begins with: it tells them from those of older peers (section 8.1.1.7). */
export const BRANCH_COOKIE = 'z9hG4bK';
/** What {@link readProtocol} reads, as most peers write it. */
const USUAL = /SIP\/2\.0\/[A-Z]+ /y;

/** One hop that a request took, and the way its response goes back (RFC 3261 section 20.42). */
export interface Via {
  /** `TLS`, `TCP`, ... in upper case. */
  readonly transport: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly parameters: AddressParameters;
}

/**
 * Reads one Via value.
 * @throws SIP_HEADER_VALUE
 */
export function parseVia(text: string, subject = 'Via', offset = 0): Via {
  const scanner = new Scanner(text, subject, offset);
  scanner.space();
  const transport = scanner.match(USUAL)?.slice('SIP/2.0/'.length, -1) ?? readProtocol(scanner);
  scanner.space();
  const host = lowerCase(scanner.need(HOST, 'host'));
  if (!isHost(host)) scanner.fail(`${host} is neither a name nor an IPv4 address`);
  let port: number | undefined;
  if (scanner.skipSpaced(':')) {
    port = Number(scanner.need(DIGITS, 'port'));
    if (!isPort(port)) scanner.fail(`${port} is not a port`);
  }
  const parameters = readParameters(scanner);
  scanner.end();
  return { transport, host, port, parameters };
}

/** Protocol, version and transport with the space behind them; returns the transport. */
function readProtocol(scanner: Scanner): string {
  if (scanner.need(TOKEN, 'SIP').toUpperCase() !== 'SIP') scanner.fail('SIP expected');
  if (!scanner.skipSpaced('/')) scanner.fail('/ expected');
  if (scanner.need(TOKEN, '2.0') !== '2.0') scanner.fail('2.0 expected');
  if (!scanner.skipSpaced('/')) scanner.fail('/ expected');
  const transport = scanner.need(TOKEN, 'transport').toUpperCase();
  if (!scanner.space()) scanner.fail('space expected');
  return transport;
}

/** The text of one hop, as it is written into a Via header. */
export function formatVia(via: Via): string {
  const port = via.port === undefined ? '' : `:${via.port}`;
  return `SIP/2.0/${via.transport} ${via.host}${port}${formatParameters(via.parameters)}`;
}

/** The branch of a Via when it is one of RFC 3261, a token with something behind the cookie (RFC 4475 section 3.2.1). */
export function branchOf(via: Via): string | undefined {
  const branch = via.parameters.get('branch');
  if (branch?.startsWith(BRANCH_COOKIE) !== true || branch.length === BRANCH_COOKIE.length) return undefined;
  return endOf(TOKEN, branch, BRANCH_COOKIE.length) === branch.length ? branch : undefined;
}
