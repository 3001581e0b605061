/**
 * An order on its way through Redis, without its texts: thousands of orders are of the same scenario, whose text is sent once. Whoever has the texts has the
 * order again, octet for octet, or it is refused: its job is named by its SHA-256.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '../../../sim/canonical-json.ts';
import { isJsonRecord } from '../../../sim/json-fields.ts';
import { parseJson } from '../../../sim/json-text.ts';
import { parseRunOrder, writeRunOrder, type RunOrder } from '../../runs/index.ts';
import { queueError } from './errors.ts';

/** Fields of an order that are a file. */
const FILE_FIELDS = new Set(['scenario', 'deployment']);

/** Texts by their SHA-256. */
export type SourceTexts = ReadonlyMap<string, string>;

/** The order as it is written where its texts are elsewhere. */
export function withoutTexts(order: RunOrder): string {
  const bare = <File extends { readonly text: string }>(file: File): File => ({ ...file, text: '' });
  return writeRunOrder({
    ...order,
    scenario: bare(order.scenario),
    ...(order.procedures === undefined ? {} : { procedures: order.procedures.map(bare) }),
    ...(order.deployment === undefined ? {} : { deployment: bare(order.deployment) }),
  });
}

/** What {@link withoutTexts} left out. */
export function textsOf({ scenario, procedures = [], deployment }: RunOrder): SourceTexts {
  const files = [scenario, ...procedures, ...(deployment === undefined ? [] : [deployment])];
  return new Map(files.map(({ sha256, text }) => [sha256, text]));
}

/** An order of which the texts are still to come. */
export interface BareOrder {
  /** The SHA-256 of its texts. */
  readonly needs: readonly string[];
  /** The order named `key`. Precondition: the texts that it needs are there. Throws QUEUE_REPLY, and what reading an order throws. */
  readonly whole: (key: string, texts: SourceTexts) => RunOrder;
}

/** Reads what {@link withoutTexts} wrote. Throws QUEUE_REPLY. */
export function bareOrder(written: string): BareOrder {
  const content = parseJson(written, () => queueError('QUEUE_REPLY', 'an order of the queue is not JSON'));
  const order = isJsonRecord(content) ? content : {};
  const files = [order['scenario'], order['deployment'], ...listIn(order['procedures'])].filter(isJsonRecord);
  return {
    needs: files.map(({ sha256 }) => (typeof sha256 === 'string' ? sha256 : '')),
    whole: (key, texts) => {
      const filled = (file: unknown): unknown =>
        isJsonRecord(file) ? { ...file, text: texts.get(String(file['sha256'])) ?? '' } : file;
      const sources = Object.entries(order).map(([field, content]) => [
        field,
        field === 'procedures'
          ? listIn(content).map(filled)
          : FILE_FIELDS.has(field)
            ? filled(content)
            : content,
      ]);
      const whole = canonicalJson(Object.fromEntries(sources) as JsonValue);
      if (createHash('sha256').update(whole).digest('hex') !== key)
        throw queueError('QUEUE_REPLY', 'a job has another order than its name says');
      return parseRunOrder(whole, 'an order of the queue');
    },
  };
}

function listIn(content: unknown): readonly unknown[] {
  return Array.isArray(content) ? content : [];
}
