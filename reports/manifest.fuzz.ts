/** Fuzz target of the one format that reports read back: manifest.json. */
import type { FuzzTarget } from '../sim/fuzz.ts';
import { manifestJson, manifestOf, parseManifest } from './manifest.ts';

const SAMPLE = manifestJson(
  manifestOf(
    new Map([
      ['index.html', Buffer.from('<!doctype html>')],
      ['a/b/trace.ndjson', Buffer.from('{}\n')],
    ]),
  ),
);

/** Manifests as they are written, mutated, for the reader that must refuse what is damaged. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'manifest.json',
    samples: [Buffer.from(SAMPLE), Buffer.from(manifestJson({ version: 1, files: [] }))],
    parse: (input) => parseManifest(Buffer.from(input).toString('utf8')),
  },
];
