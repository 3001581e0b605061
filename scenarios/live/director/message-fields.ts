/** The fields that control messages are made of: forms with the bounds of this channel. A message's table puts them together. */
import {
  listOf as anyListOf,
  tableOf as anyTableOf,
  text as anyText,
  valueThat,
  type JsonForm,
} from '../../../sim/json-fields.ts';

const MESSAGE_LIMITS = {
  /** Characters of a text in a control message */
  text: 262_144,
  /** Entries of a list or table in a control message */
  entries: 4_096,
};
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const HOST = /^[A-Za-z0-9.:_-]+$/;
const HEX = /^(?:[0-9a-f]{2})*$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const FILE_NAME = /^[a-z0-9][a-z0-9-]{0,63}\.(?:pgm|img)$/;

/** A text of at most `MESSAGE_LIMITS.text` characters, the bound of every free text on the channel. */
export const text = anyText({ max: MESSAGE_LIMITS.text });
/** Of a device, person or link. */
export const name = anyText({ pattern: NAME, max: 64, what: 'a name' });
/** Name or address of a host. */
export const host = anyText({ pattern: HOST, max: 96, what: 'a host' });
/** 32 octets. */
export const hex32 = anyText({ pattern: HEX, min: 64, max: 64, what: '32 octets in hexadecimal' });
/** At most 2,048 hexadecimal digits, for octets of no fixed number. */
export const hex = anyText({ pattern: HEX, max: 2_048, what: 'octets in hexadecimal' });
/** A datagram or segment. */
export const base64 = anyText({ pattern: BASE64, max: 100_000, what: 'octets in Base64' });

/** Whether it names a file in the exchange folder: it is never a path. */
export function isFileName(word: string): boolean {
  return word.length <= 80 && FILE_NAME.test(word);
}

/** What a parameter of the deployment may be set to. */
export const scalar: JsonForm<string | number | boolean> = valueThat(
  'true, false, a whole number or a text',
  (content): content is string | number | boolean =>
    typeof content === 'boolean' ||
    Number.isSafeInteger(content) ||
    (typeof content === 'string' && content.length <= MESSAGE_LIMITS.text),
);

/** An array of one form with at most `MESSAGE_LIMITS.entries` entries. */
export function listOf<Value>(form: JsonForm<Value>): JsonForm<readonly Value[]> {
  return anyListOf(form, { max: MESSAGE_LIMITS.entries });
}

/** An object as a map from free texts to values of one form, with at most `MESSAGE_LIMITS.entries` entries. */
export function tableOf<Value>(form: JsonForm<Value>): JsonForm<ReadonlyMap<string, Value>> {
  return anyTableOf(form, { key: text, max: MESSAGE_LIMITS.entries });
}
