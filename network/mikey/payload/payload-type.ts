/** Which payload comes next: the numbers of RFC 3830 section 6.1, RFC 6043 and RFC 6509. */
import { Registry } from './registry.ts';

/** Payloads that a SAKKE message may have behind its header (RFC 6509 section 2.2.1, RFC 3830 section 6.15). */
export type PayloadType = 'SIGN' | 'T' | 'CERT' | 'SP' | 'RAND' | 'IDR' | 'EXT' | 'SAKKE';

/** The next payload value of the last payload. */
export const LAST = 0;

/** The payloads of a SAKKE message and the numbers that announce them (RFC 3830 section 6.1, RFC 6043, RFC 6509). */
export const PAYLOAD_TYPES = new Registry<PayloadType>([
  [4, 'SIGN'],
  [5, 'T'],
  [7, 'CERT'],
  [10, 'SP'],
  [11, 'RAND'],
  [14, 'IDR'],
  [21, 'EXT'],
  [26, 'SAKKE'],
]);

/** Payloads of other MIKEY messages, known by name so that a refusal can say what was met. */
const OTHER_PAYLOAD_TYPES = new Registry([
  [LAST, 'last payload'],
  [1, 'KEMAC'],
  [2, 'PKE'],
  [3, 'DH'],
  [6, 'ID'],
  [8, 'CHASH'],
  [9, 'V'],
  [12, 'ERR'],
  [13, 'TR'],
  [15, 'RANDR'],
  [16, 'TP'],
  [17, 'TICKET'],
  [20, 'Key data'],
]);

/** What a next payload value stands for. */
export function nextPayloadNote(number: number): string | undefined {
  return PAYLOAD_TYPES.nameOf(number) ?? OTHER_PAYLOAD_TYPES.nameOf(number);
}
