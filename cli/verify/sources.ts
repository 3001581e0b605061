/**
 * What results were made from, read back from their own folder: each scenario with its procedures, and the deployment. They are loaded as any file
 * is, so what a scenario says is what its author wrote; the judge is given what comes of that as JSON.
 */
import { createHash } from 'node:crypto';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { loadDeployment, targetDurationsOf, type DeploymentFile } from '../../scenarios/deployment/index.ts';
import { textOf } from '../../scenarios/host/index.ts';
import {
  loadScreenplay,
  withTargets,
  type Screenplay,
  type Vocabulary,
} from '../../scenarios/language/index.ts';
import { choice, flag, listOf, objectOf, orNull, readJson, text } from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { asObjects } from '../context.ts';
import {
  DEPLOYMENT_SOURCE,
  procedureSourcePath,
  scenarioSource,
  SOURCES_INDEX,
  SOURCES_VERSION,
} from '../run/source-files.ts';
import { verifyError } from './errors.ts';
import type { EvidenceFiles } from './evidence-files.ts';
import { opened, type JsonObject } from './judge/json-text.ts';

/** All sources of a suite, with what of them is not as the report and their index say. */
export interface Sources {
  readonly screenplays: readonly Screenplay[];
  readonly deployment?: DeploymentFile | undefined;
  /** The build that made the results, and what was asked for beside traces. */
  readonly made: Pick<ReturnType<typeof INDEX>, 'build' | 'capture' | 'heard'>;
  readonly faults: readonly string[];
}

const digest = text({ pattern: /^[0-9a-f]{64}$/, what: 'a SHA-256 in hexadecimal' });
const INDEX = objectOf({
  version: choice(SOURCES_VERSION),
  build: digest,
  capture: orNull(objectOf({ secrets: flag, link: orNull(text()) })),
  heard: flag,
  scenarios: listOf(
    objectOf({
      ...{ id: text(), file: text(), sha256: digest },
      procedures: listOf(objectOf({ name: text(), file: text(), sha256: digest })),
    }),
  ),
  deployment: orNull(objectOf({ file: text(), sha256: digest })),
});

/** Whether the folder has its sources at all: older ones have not. */
export function hasSources({ paths }: EvidenceFiles): boolean {
  return paths.includes(SOURCES_INDEX);
}

/** Reads the index by itself. Throws VERIFY_SOURCES, and HOST_FILE_NOT_TEXT. */
export function parseSourcesIndex(octets: Uint8Array): ReturnType<typeof INDEX> {
  return readJson(
    parseJson(textOf(octets, SOURCES_INDEX), () => refusal('it is not JSON')),
    INDEX,
    { root: 'the index', refuse: ({ message }) => refusal(message) },
  );
}

/** A scenario whose source is wanted, as the report or the index has it. */
interface WantedSource {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
  readonly performs: readonly { readonly name: string; readonly sha256: string }[];
}

/** Reads those of a report. Throws what loading throws, and VERIFY_SOURCES. */
export function readSources(evidence: EvidenceFiles, suite: SuiteResult, vocabulary: Vocabulary): Sources {
  const index = parseSourcesIndex(evidence.read(SOURCES_INDEX));
  const ours = suite.deployment;
  const agreed = (ours === undefined) === (index.deployment === null);
  const { faults, ...sources } = loaded({ evidence, index, vocabulary }, suite.scenarios, ours);
  const disagreed = `the report and ${SOURCES_INDEX} do not agree whether there was a deployment`;
  return { ...sources, faults: [...faults, ...(agreed ? [] : [disagreed])] };
}

/** Reads all that there are, in the order of the index. Throws what loading throws, and VERIFY_SOURCES. */
export function readAllSources(evidence: EvidenceFiles, vocabulary: Vocabulary): Sources {
  if (!hasSources(evidence)) throw refusal('it is missing');
  const index = parseSourcesIndex(evidence.read(SOURCES_INDEX));
  const wanted = index.scenarios.map((each) => ({ ...each, performs: each.procedures }));
  return loaded({ evidence, index, vocabulary }, wanted, index.deployment ?? undefined);
}

function loaded(
  {
    evidence,
    index,
    vocabulary,
  }: {
    readonly evidence: EvidenceFiles;
    readonly index: ReturnType<typeof INDEX>;
    readonly vocabulary: Vocabulary;
  },
  wanted: readonly WantedSource[],
  ours: Pick<WantedSource, 'file' | 'sha256'> | undefined,
): Sources {
  const faults: string[] = [];
  const sourceAt = (path: string, expected: string): string => {
    if (!evidence.paths.includes(path)) throw refusal(`${path} is missing`);
    const source = textOf(evidence.read(path), path);
    const found = createHash('sha256').update(source).digest('hex');
    if (found !== expected) faults.push(`${path} has the digest ${found}, not ${expected}`);
    return source;
  };
  const screenplays = wanted.map(({ id, file, sha256, performs }) => {
    const entry = index.scenarios.find((each) => each.id === id);
    if (entry === undefined) throw refusal(`it has no scenario ${id}`);
    if (entry.file !== file) faults.push(`${id} was read from ${file}, by the index from ${entry.file}`);
    const listed = new Map(entry.procedures.map((each) => [each.name, each]));
    const procedures = new Map(
      performs.map(({ name, sha256: digested }) => {
        const procedure = listed.get(name);
        if (procedure === undefined) throw refusal(`it has no procedure ${name} of ${id}`);
        const path = procedureSourcePath(id, name);
        if (procedure.sha256 !== digested)
          faults.push(
            `${path} has the digest ${procedure.sha256} by the index, and ${digested} by the report`,
          );
        return [name, { name, file: procedure.file, text: sourceAt(path, digested) }];
      }),
    );
    const source = sourceAt(scenarioSource(id), sha256);
    const screenplay = loadScreenplay(source, file, vocabulary, procedures);
    if (screenplay.id !== id) faults.push(`${scenarioSource(id)} is the scenario ${screenplay.id}`);
    const performed = new Set(screenplay.procedures.map(({ name }) => name));
    for (const name of new Set([...listed.keys(), ...procedures.keys()]))
      if (!performed.has(name)) faults.push(`${id} does not perform ${name}, which is among its procedures`);
    return screenplay;
  });
  const deployment = ours && loadDeployment(sourceAt(DEPLOYMENT_SOURCE, ours.sha256), ours.file, vocabulary);
  return { screenplays, deployment, made: index, faults };
}

/** What a scenario declares, as `calldrill show --json` prints it. */
export function declaredJson(screenplay: Screenplay, deployment: DeploymentFile | undefined): JsonObject {
  const shown = withTargets({ ...screenplay, text: undefined }, targetDurationsOf(deployment));
  return jsonOf(shown, screenplay.id);
}

/** All that its file says, for a judge that knows no such type. */
export function deploymentJson(deployment: DeploymentFile): JsonObject {
  return jsonOf({ ...deployment, text: undefined }, deployment.name);
}

function jsonOf(content: object, place: string): JsonObject {
  const plain: unknown = JSON.parse(JSON.stringify(content, asObjects));
  return opened(plain, place);
}

function refusal(detail: string): Error {
  return verifyError('VERIFY_SOURCES', `${SOURCES_INDEX}: ${detail}`);
}
