/**
 * The reports of a results folder as paths and octets. The traces and artefacts that they speak of are in the folder by then: here they
 * are held against the model, so that no report points at what is not there. Writing is the edge's work.
 */
import { byCodeUnit } from '../sim/canonical-json.ts';
import type { SuiteResult, VariantResult } from '../scenarios/evidence/model.ts';
import { reportsError } from './errors.ts';
import { factsOf } from './manifest.ts';
import { isResultPath, TRACE_FILE, variantFolder } from './paths.ts';
import type { FileFacts, Renderer, ResultParts } from './renderer.ts';
import { RENDERERS } from './renderers.ts';

/**
 * What the renderers make of a suite, in order of path. Throws REPORTS_PATH,
 * REPORTS_PATH_TAKEN, REPORTS_FILE_MISSING, REPORTS_TRACE_DIGEST.
 */
export function resultFiles(
  suite: SuiteResult,
  parts: ResultParts,
  renderers: readonly Renderer[] = RENDERERS,
): ReadonlyMap<string, Uint8Array> {
  for (const path of parts.files.keys()) requireInside(path);
  requireNamed(suite, parts.files);
  const files = new Map(parts.files);
  const made = new Map<string, Uint8Array>();
  for (const renderer of renderers)
    for (const [path, octets] of renderer.files(suite, { ...parts, files })) {
      requireInside(path);
      if (files.has(path)) throw reportsError('REPORTS_PATH_TAKEN', `two files would be ${path}`);
      files.set(path, factsOf(octets));
      made.set(path, octets);
    }
  return new Map([...made].sort(([a], [b]) => byCodeUnit(a, b)));
}

function requireInside(path: string): void {
  if (!isResultPath(path))
    throw reportsError('REPORTS_PATH', `the path ${JSON.stringify(path)} leaves the folder`);
}

/** Every run has its trace, which is the one that was judged, and every file that a check or a call names. */
function requireNamed(suite: SuiteResult, files: ReadonlyMap<string, FileFacts>): void {
  for (const scenario of suite.scenarios)
    for (const variant of scenario.variants) {
      const folder = variantFolder(scenario.id, variant.name);
      const trace = files.get(`${folder}/${TRACE_FILE}`);
      if (trace === undefined)
        throw reportsError('REPORTS_FILE_MISSING', `the trace of ${folder} is missing`);
      if (trace.sha256 !== variant.traceDigest)
        throw reportsError(
          'REPORTS_TRACE_DIGEST',
          `the trace of ${folder} has another digest than its report`,
        );
      for (const file of namedBy(variant)) {
        const path = `${folder}/${file}`;
        if (!files.has(path)) throw reportsError('REPORTS_FILE_MISSING', `the artefact ${path} is missing`);
      }
    }
}

function namedBy({ checks, calls }: VariantResult): readonly string[] {
  return [
    ...checks.flatMap(({ probe }) => probe?.artefact ?? []),
    ...calls.flatMap(({ sound }) => sound?.file ?? []),
  ];
}
