/** What lineages read of an event, whether it comes from a run or was read back from a file, by anybody. */
import type { Micros } from '../../../sim/clock.ts';
import { Secret } from '../../../sim/secret.ts';
import type { SecretName } from './draft.ts';

/** An event as it is told or as it was filed; its data are what they are. */
export interface LineageEvent {
  readonly n: number;
  readonly t: Micros;
  readonly type: string;
  readonly on: string;
  readonly cause: number;
  readonly data: object;
}

/** `RSK(+447700900001 2015-10)#6ced7fef` */
const LABEL = /^(?<kind>[^()]+)\((?<owner>.*)\)#(?<fingerprint>[0-9a-f]{8})$/;

/** A field of an event, whatever it is. */
export function fieldOf(data: object, name: string): unknown {
  return Object.entries(data).find(([each]) => each === name)?.[1];
}

/** A field that is a text; undefined of any other. */
export function textIn(data: object, name: string): string | undefined {
  const field = fieldOf(data, name);
  return typeof field === 'string' ? field : undefined;
}

/** The secrets of a hand-over, each once. */
export function secretsIn(data: object): readonly SecretName[] {
  const field = fieldOf(data, 'secrets');
  const names = Array.isArray(field) ? field.flatMap((each) => nameFrom(each) ?? []) : [];
  return [...new Map(names.map((name) => [name.label, name])).values()];
}

/** A secret by itself, or by the label that it leaves in a file. */
export function nameFrom(secret: unknown): SecretName | undefined {
  if (secret instanceof Secret) {
    const { label, kind, owner, fingerprint } = secret;
    return { label, kind, owner, fingerprint };
  }
  const found = typeof secret === 'string' ? LABEL.exec(secret)?.groups : undefined;
  if (typeof secret !== 'string' || found === undefined) return undefined;
  const { kind = '', owner = '', fingerprint = '' } = found;
  return { label: secret, kind, owner, fingerprint };
}
