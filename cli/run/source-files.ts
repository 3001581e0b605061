/**
 * What results were made from, in the folder of the results: every scenario with the procedures that it performs, and the deployment, as they were
 * read. So the folder can be judged again, and run again, by itself: nobody need have the files from that day.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../sim/canonical-json.ts';
import type { DeploymentFile } from '../../scenarios/deployment/index.ts';
import type { Screenplay } from '../../scenarios/language/index.ts';
import type { CaptureOrder } from '../../scenarios/runs/index.ts';

/** Their folder. */
const SOURCES_FOLDER = 'sources';
/** Says which file is what, and what each was called where it was read. */
export const SOURCES_INDEX = `${SOURCES_FOLDER}/index.json`;
/** The deployment file among the sources. */
export const DEPLOYMENT_SOURCE = `${SOURCES_FOLDER}/deployment.yaml`;
/** Of the form of the index. */
export const SOURCES_VERSION = 1;

/** Where a scenario is among the sources. */
export function scenarioSource(id: string): string {
  return `${SOURCES_FOLDER}/${id}/scenario.yaml`;
}

/** Where a procedure is that a scenario performs: two scenarios may each have their own of one name. */
export function procedureSourcePath(id: string, name: string): string {
  return `${SOURCES_FOLDER}/${id}/procedures/${name}.yaml`;
}

/** What results were made from and with. */
export interface Makings {
  readonly screenplays: readonly Screenplay[];
  readonly deployment: DeploymentFile | undefined;
  /** The build that made them: SHA-256, hexadecimal. */
  readonly build: string;
  /** What runs left in the folder beside their traces, if that was asked for. */
  readonly capture: CaptureOrder | undefined;
  readonly heard: boolean;
}

/** The sources of one suite by their paths in the results folder, with their index, which also says what else runs were asked for. */
export function sourceFiles({
  screenplays,
  deployment,
  build,
  capture,
  heard,
}: Makings): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const listed = screenplays.map(({ id, file, text, procedures }) => {
    files.set(scenarioSource(id), text);
    for (const each of procedures) files.set(procedureSourcePath(id, each.name), each.text);
    return {
      ...{ id, file, sha256: digestOf(text) },
      procedures: procedures.map((each) => ({
        name: each.name,
        file: each.file,
        sha256: digestOf(each.text),
      })),
    };
  });
  if (deployment !== undefined) files.set(DEPLOYMENT_SOURCE, deployment.text);
  const index = {
    version: SOURCES_VERSION,
    build,
    // What goes into a pipe is not in the folder.
    capture:
      capture === undefined || capture.live ? null : { secrets: capture.secrets, link: capture.link ?? null },
    heard,
    scenarios: listed,
    deployment:
      deployment === undefined ? null : { file: deployment.file, sha256: digestOf(deployment.text) },
  };
  return new Map([...files, [SOURCES_INDEX, canonicalJson(index)]]);
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
