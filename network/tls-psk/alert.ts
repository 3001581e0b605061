/** TLS alerts: the two octets in which an end says why it stops, or that it has nothing more to say. */
import { tlsError } from './errors.ts';

/** What an end of a session says when it stops, or nearly does (RFC 5246 section 7.2). */
export interface Alert {
  readonly level: 'warning' | 'fatal';
  /** 0..255; numbers that {@link ALERT} does not name are read too. */
  readonly description: number;
}

/** The two octets of an alert: level, description. */
export function encodeAlert(alert: Alert): Uint8Array {
  return Uint8Array.of(alert.level === 'warning' ? 1 : 2, alert.description);
}

/**
 * Reads the fragment of an alert record: exactly one alert.
 *
 * ```
 *  0                   1
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 * +---------------+---------------+
 * | level (1, 2)  |  description  |      RFC 5246 section 7.2
 * +---------------+---------------+
 * ```
 *
 * Errors: TLS_MALFORMED, TLS_ILLEGAL_PARAMETER.
 */
export function parseAlert(fragment: Uint8Array): Alert {
  const [level, description] = fragment;
  if (fragment.length !== 2 || description === undefined)
    throw tlsError('TLS_MALFORMED', `an alert has 2 octets, not ${fragment.length}`, {
      where: { offset: 0 },
    });
  if (level !== 1 && level !== 2)
    throw tlsError('TLS_ILLEGAL_PARAMETER', `alert level ${level} is neither warning nor fatal`, {
      where: { offset: 0 },
    });
  return { level: level === 1 ? 'warning' : 'fatal', description };
}
