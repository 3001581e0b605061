/**
 * T, the timestamp (RFC 3830 section 6.6). RFC 6509 allows NTP-UTC and NTP only, because the month of the
 * identifiers is taken from it; both are 64-bit NTP.
 * ```
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Next payload  !   TS type     ! TS value                      ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 * NTP seconds begin with 1900-01-01 and wrap in 2036. As RFC 4330 section 3 says, a value without its top bit is counted
 * from 2036-02-07: that covers 1968-01-20 to 2104-02-26.
 */
import type { RandomSource } from '../../../sim/random.ts';
import { periodOf, periodStart } from '../period.ts';
import { mikeyError } from '../message-errors.ts';
import type { Reader } from './reader.ts';
import { Registry } from './registry.ts';
import type { Writer } from './writer.ts';

/** When a message was made, by the clock of who made it. */
export interface Timestamp {
  readonly kind: 'T';
  readonly type: TimestampType;
  /** NTP seconds, 32 bits. */
  readonly seconds: number;
  /** In 2^-32 s. */
  readonly fraction: number;
}

type TimestampType = 'NTP-UTC' | 'NTP';

const TIMESTAMP_TYPES = new Registry<TimestampType>([
  [0, 'NTP-UTC'],
  [1, 'NTP'],
]);

/** Types that other MIKEY messages may use. */
const OTHER_TIMESTAMP_TYPES = new Registry([
  [2, 'COUNTER'],
  [3, 'NTP-UTC-32'],
]);

const TWO_POW_32 = 4_294_967_296;
const NTP_OF_UNIX_EPOCH = 2_208_988_800;
const DAY_MS = 86_400_000;
/** Values of `fraction` that stand for the same millisecond, less those that rounding can take away. */
const FRACTIONS_PER_MS = 4_294_966;

/** Reads what follows the next-payload octet of T: type (1), NTP time (8). Errors: MIKEY_TIMESTAMP_TYPE. */
export function readTimestamp(reader: Reader): Timestamp {
  const typeOffset = reader.offset;
  const number = reader.uint8('type', noteOnType);
  const type = TIMESTAMP_TYPES.nameOf(number);
  if (type === undefined)
    throw mikeyError(
      'MIKEY_TIMESTAMP_TYPE',
      `timestamp type ${number} (${noteOnType(number) ?? 'unknown'}) is neither NTP-UTC nor NTP`,
      { where: { offset: typeOffset } },
    );
  const seconds = reader.uint32('seconds', (value) => isoTime(unixMsOfNtp(value, 0)));
  return { kind: 'T', type, seconds, fraction: reader.uint32('fraction') };
}

/** Writes what {@link readTimestamp} reads. */
export function writeTimestamp(writer: Writer, timestamp: Timestamp): void {
  writer.uint8(TIMESTAMP_TYPES.numberOf(timestamp.type)).uint32(timestamp.seconds).uint32(timestamp.fraction);
}

/**
 * The NTP-UTC timestamp of a moment, milliseconds since 1970. With `random` the digits below the millisecond are drawn:
 * an initiator's messages need timestamps that differ (RFC 3830 section 5.4).
 *
 * @throws MIKEY_TIMESTAMP_RANGE before 1968-01-20 or from 2104-02-26 on.
 */
export function timestampOf(unixMs: number, random?: Pick<RandomSource, 'below'>): Timestamp {
  const wholeMs = Math.floor(unixMs);
  const unixSeconds = Math.floor(wholeMs / 1000);
  const seconds = (unixSeconds + NTP_OF_UNIX_EPOCH) % TWO_POW_32;
  if (!(unixMsOfNtp(seconds, 0) === unixSeconds * 1000))
    throw mikeyError('MIKEY_TIMESTAMP_RANGE', `${unixMs} ms after 1970 has no NTP timestamp`);
  // Rounded up, so that rounding down gives the same millisecond back.
  const fraction = Math.ceil(((wholeMs - unixSeconds * 1000) * TWO_POW_32) / 1000);
  return { kind: 'T', type: 'NTP-UTC', seconds, fraction: fraction + (random?.below(FRACTIONS_PER_MS) ?? 0) };
}

/** Milliseconds since 1970, rounded down. */
export function unixMsOf(timestamp: Timestamp): number {
  return unixMsOfNtp(timestamp.seconds, timestamp.fraction);
}

/** `2015-10-14T08:00:00Z`. */
export function isoTime(unixMs: number): string {
  const period = periodOf(unixMs);
  const ms = unixMs - periodStart(period);
  const seconds = Math.floor((ms % DAY_MS) / 1000);
  const [day, hour, minute, second] = [
    Math.floor(ms / DAY_MS) + 1,
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ].map((part) => String(part).padStart(2, '0'));
  return `${period}-${day}T${hour}:${minute}:${second}Z`;
}

function unixMsOfNtp(seconds: number, fraction: number): number {
  const sinceEpoch = (seconds < TWO_POW_32 / 2 ? seconds + TWO_POW_32 : seconds) - NTP_OF_UNIX_EPOCH;
  return sinceEpoch * 1000 + Math.floor((fraction * 1000) / TWO_POW_32);
}

function noteOnType(number: number): string | undefined {
  return TIMESTAMP_TYPES.nameOf(number) ?? OTHER_TIMESTAMP_TYPES.nameOf(number);
}
