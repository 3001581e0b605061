/**
 * How a handset asks its CRS for a key package: a SIP MESSAGE (RFC 3428) whose body names the month, answered by 200 with the
 * package as body, or by 404. The source document says only that phones get their updates from the CRS.
 */

/** Body of the request: the month, `2015-11`. */
export const MONTH_TYPE = 'application/x-calldrill-month';

/** Body of the answer: a key package as `media/key-package.ts` documents it. */
export const PACKAGE_TYPE = 'application/x-calldrill-package';

/** TCP port of the CRS for SIP over TLS (RFC 3261 19.1.2). */
export const SIPS_PORT = 5061;
