/**
 * Hosts, as RFC 3261 section 25.1 and RFC 8866 section 9 have them in common: a name of labels, or an IPv4 address. In a
 * simulation a host is a device's name, which is a name of one label. IPv6 has no place in the call flow and is refused.
 */
import { charactersOf, endOf } from './characters.ts';

const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
/** What a name of one label is made of, as most are, when it neither begins with a digit nor has a hyphen at an end. */
const LETTERS = charactersOf('A-Za-z');
const INNER = charactersOf('A-Za-z0-9-');
const LONGEST_LABEL = 63;
const HYPHEN = 0x2d;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const LONGEST_NAME = 253;

/** True for an IPv4 address or a name whose last label begins with a letter. */
export function isHost(text: string): boolean {
  if (isName(text)) return true;
  if (IPV4.test(text)) return true;
  const labels = text.split('.');
  return (
    text.length <= LONGEST_NAME &&
    labels.every((label) => LABEL.test(label)) &&
    /^[A-Za-z]/.test(labels.at(-1) ?? '')
  );
}

function isName(text: string): boolean {
  const isLabel = text.length <= LONGEST_LABEL && endOf(INNER, text, 0) === text.length;
  return isLabel && endOf(LETTERS, text, 0) > 0 && text.charCodeAt(text.length - 1) !== HYPHEN;
}

/** True for a port that something can listen on. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
