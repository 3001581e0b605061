/**
 * What every OSCAL document of ours has: a UUID that is made from its content, so that an identical rerun is the same document and another
 * result never is; metadata without a wall clock; and properties in a namespace of our own.
 */
import { createHash } from 'node:crypto';
import type { JsonValue } from '../../sim/canonical-json.ts';
import { harmlessJson } from '../machines/harmless-json.ts';
import { uuidOf } from '../machines/uuid.ts';
import { printable } from '../printable.ts';

/** The versions of OSCAL that can be written; the first one is what no released tool refuses. */
export const OSCAL_VERSIONS = ['1.1.3', '1.2.1'] as const;
/** What `oscal-version` in the metadata of a document may say. */
export type OscalVersion = (typeof OSCAL_VERSIONS)[number];

/** A table of names and values, as JSON. */
export type JsonTable = Readonly<Record<string, JsonValue | undefined>>;

/** The files, at the top of the results folder; they name each other by these. */
export const OSCAL_FILES = {
  catalog: 'oscal-catalog.json',
  component: 'oscal-component-definition.json',
  plan: 'oscal-assessment-plan.json',
  results: 'oscal-assessment-results.json',
} as const;

/** Where nothing happened that has a time: no document reads a clock. */
export const NO_TIME = '1970-01-01T00:00:00.000Z';

/** Stands for the UUID of a document while that is made from the rest. */
const NO_UUID = '00000000-0000-5000-8000-000000000000';

const NAMESPACE = 'urn:calldrill:oscal';

/** Makes the UUIDs of the parts of one document from what it is about. */
export type Naming = (...key: readonly string[]) => string;

/** UUIDs that no document about something else has. */
export function namingOf(about: JsonValue): Naming {
  const base = uuidOf({ of: 'oscal', about });
  return (...key) => uuidOf({ base, key });
}

/** Title, time and version of a document; they all stand at the beginning. */
export interface OscalHead {
  /** `catalog`, ... */
  readonly root: string;
  readonly title: string;
  readonly version: OscalVersion;
  readonly tool: string;
  /** ISO 8601: by the clock of the scenarios, or {@link NO_TIME}. */
  readonly modified: string;
  readonly remarks: string;
}

/** The document, in JSON; its UUID is that of its content. */
export function oscalDocument(head: OscalHead, content: JsonTable): string {
  const metadata = {
    title: word(head.title),
    'last-modified': head.modified,
    version: word(head.tool),
    'oscal-version': head.version,
    remarks: `${head.remarks} Times are by the clock of the scenarios, never by that of a machine.`,
  };
  const text = harmlessJson({ [head.root]: { ...content, metadata, uuid: NO_UUID } });
  // Keys are sorted, and none at the root stands behind `uuid`: it is the last one, whatever a text says.
  const at = text.lastIndexOf(NO_UUID);
  return `${text.slice(0, at)}${uuidOf(text)}${text.slice(at + NO_UUID.length)}`;
}

/** A property of ours; undefined values make none. */
export function propsOf(
  pairs: readonly (readonly [name: string, value: string | undefined])[],
): readonly JsonValue[] {
  return pairs.flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, ns: NAMESPACE, value: word(value) }],
  );
}

/** A text that OSCAL takes where it allows neither nothing nor a space at either end. */
export function word(text: string): string {
  const own = printable(text).trim();
  return own === '' ? '-' : own;
}

/** An id as a token: as it is where it is one, and otherwise with a digest, so that no two become one. */
export function tokenOf(id: string): string {
  if (/^[\p{L}_][\p{L}\p{N}._-]*$/u.test(id)) return id;
  const digest = createHash('sha256').update(id, 'utf8').digest('hex').slice(0, 12);
  const start = id.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 60);
  return `${/^[A-Za-z_]/.test(start) ? '' : '_'}${start}-${digest}`;
}

/** The list, or nothing: OSCAL has no empty ones. */
export function someOf<Item extends JsonValue>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
