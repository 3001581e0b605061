/**
 * Hosts, as RFC 3261 section 25.1 and RFC 8866 section 9 have them in common: a name of labels, or an IPv4 address. In a
 * simulation a host is a device's name, which is a name of one label. IPv6 has no place in the call flow and is refused.
 */
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
/** A name of one label, as most are. */
const NAME = /^[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const LONGEST_NAME = 253;

/** Characters that a host may have; what they form is for {@link isHost} to say. */
export const HOST = /[A-Za-z0-9.-]+/y;

/** True for an IPv4 address or a name whose last label begins with a letter. */
export function isHost(text: string): boolean {
  if (NAME.test(text)) return true;
  if (IPV4.test(text)) return true;
  const labels = text.split('.');
  return (
    text.length <= LONGEST_NAME &&
    labels.every((label) => LABEL.test(label)) &&
    /^[A-Za-z]/.test(labels.at(-1) ?? '')
  );
}

/** True for a port that something can listen on. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
