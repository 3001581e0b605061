/** The whole results folder of a run as paths and octets. Writing it to a disk is the edge's work. */
import { createHash } from 'node:crypto';
import { byCodeUnit } from '../sim/canonical-json.ts';
import type { EventsOf, SuiteResult } from '../scenarios/evidence/model.ts';
import { reportsError } from './errors.ts';
import type { DriftPart } from './html/drift.ts';
import { htmlReport } from './html/page.ts';
import { reportJson } from './json.ts';
import { junitXml } from './junit.ts';
import { MANIFEST_FILE, manifestJson, manifestOf } from './manifest.ts';
import { isResultPath, TRACE_FILE, variantFolder } from './paths.ts';

export interface ResultParts {
  readonly events: EventsOf;
  /** Recovered audio, what was heard, captures and what else a run made: `<scenario>/<variant>/audio/x.wav` to octets. */
  readonly artefacts: ReadonlyMap<string, Uint8Array>;
  /** NDJSON of each run: `<scenario>/<variant>` to text. */
  readonly traces: ReadonlyMap<string, string>;
  /** How a live run differs from a simulated one, if they were compared; its file is one of the artefacts. */
  readonly drift?: DriftPart;
}

/**
 * Every file of the results folder, in order of path: index.html, junit.xml, report.json, manifest.json, the trace of each
 * variant, and the artefacts. Throws REPORTS_PATH, REPORTS_PATH_TAKEN, REPORTS_FILE_MISSING, REPORTS_TRACE_DIGEST.
 */
export function resultFiles(suite: SuiteResult, parts: ResultParts): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const add = (path: string, octets: Uint8Array): void => {
    if (!isResultPath(path))
      throw reportsError('REPORTS_PATH', `the path ${JSON.stringify(path)} leaves the folder`);
    if (files.has(path)) throw reportsError('REPORTS_PATH_TAKEN', `two files would be ${path}`);
    files.set(path, octets);
  };
  for (const [path, text] of tracesOf(suite, parts)) add(path, utf8(text));
  for (const [path, octets] of parts.artefacts) add(path, octets);
  requireArtefacts(suite, files);
  const sizes = new Map([...files].map(([path, octets]) => [path, octets.length]));
  const { events, drift } = parts;
  add(
    'index.html',
    utf8(htmlReport(suite, { events, files: sizes, ...(drift === undefined ? {} : { drift }) })),
  );
  add('junit.xml', utf8(junitXml(suite)));
  add('report.json', utf8(reportJson(suite)));
  add(MANIFEST_FILE, utf8(manifestJson(manifestOf(files))));
  return new Map([...files].sort(([a], [b]) => byCodeUnit(a, b)));
}

function* tracesOf(suite: SuiteResult, { traces }: ResultParts): Generator<readonly [string, string]> {
  for (const scenario of suite.scenarios) {
    for (const variant of scenario.variants) {
      const folder = variantFolder(scenario.id, variant.name);
      const text = traces.get(folder);
      if (text === undefined) throw reportsError('REPORTS_FILE_MISSING', `the trace of ${folder} is missing`);
      if (createHash('sha256').update(text).digest('hex') !== variant.traceDigest) {
        throw reportsError(
          'REPORTS_TRACE_DIGEST',
          `the trace of ${folder} has another digest than its report`,
        );
      }
      yield [`${folder}/${TRACE_FILE}`, text];
    }
  }
}

function requireArtefacts(suite: SuiteResult, files: ReadonlyMap<string, Uint8Array>): void {
  for (const scenario of suite.scenarios) {
    for (const variant of scenario.variants) {
      const named = [
        ...variant.checks.flatMap(({ probe }) => probe?.artefact ?? []),
        ...variant.calls.flatMap(({ sound }) => sound?.file ?? []),
      ];
      for (const file of named) {
        const path = `${variantFolder(scenario.id, variant.name)}/${file}`;
        if (!files.has(path)) throw reportsError('REPORTS_FILE_MISSING', `the artefact ${path} is missing`);
      }
    }
  }
}

function utf8(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}
