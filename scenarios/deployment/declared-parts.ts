/** The parts of the catalogue that a deployment file shows by itself: each with the entry that says it, without which it is not tested. */
import { REFERENCES } from '../catalogue/references.ts';
import { STATEMENTS } from './words.ts';

/** The part that asks for the record of the certificate. */
export const CERTIFICATE_PART = 'para-5.c1/certificate';

/** By part: the entry as a path in the file, `references.a`. */
export const DECLARED_PARTS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(REFERENCES).flatMap(([letter, { part, revision }]) => [
    [part, `references.${letter}`] as const,
    ...(revision === undefined ? [] : [[revision, `references.${letter}.issue`] as const]),
  ]),
  [CERTIFICATE_PART, 'certificate'] as const,
  ...Object.entries(STATEMENTS).map(([name, part]) => [part, `declared.${name}`] as const),
]);
