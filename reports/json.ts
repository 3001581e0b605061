/**
 * report.json: the model itself. Keys are sorted by code unit at every level and the rest is JSON.stringify's form with two
 * spaces, so equal models give equal octets, whoever built them, and a difference between two runs is a readable diff.
 * Its schema is `schema/report.schema.json`.
 */
import type { SuiteResult } from '../scenarios/evidence/model.ts';
import { byPath } from './paths.ts';

type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

/** The model as canonical JSON, ended by a newline. */
export function reportJson(suite: SuiteResult): string {
  return canonicalJson(suite as unknown as JsonValue);
}

/** JSON with sorted keys, two spaces, and a newline at the end. Absent and undefined keys are the same. */
export function canonicalJson(value: JsonValue): string {
  return `${write(value, '\n')}\n`;
}

function write(value: JsonValue, newline: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${newline}  `;
  if (isList(value)) {
    return value.length === 0
      ? '[]'
      : `[${inner}${value.map((item) => write(item, inner)).join(`,${inner}`)}${newline}]`;
  }
  const entries = Object.entries(value)
    .filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)
    .sort(([a], [b]) => byPath(a, b))
    .map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner)}`);
  return entries.length === 0 ? '{}' : `{${inner}${entries.join(`,${inner}`)}${newline}}`;
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
