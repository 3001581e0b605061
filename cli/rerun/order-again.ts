/**
 * What is to be run again, as the evidence says it: the replay line of the report, or the lines that somebody typed, with the sources in the place of
 * the files of that day. The line is held against the report: a report must not say one thing, and its replay line run another.
 */
import { isDeepStrictEqual } from 'node:util';
import { oscalVersionOf, OSCAL_FILES, type OscalVersion } from '../../reports/index.ts';
import { quoted } from '../../devices/console/index.ts';
import type { Screenplay, Vocabulary } from '../../scenarios/language/index.ts';
import type { SuiteResult } from '../../scenarios/runs/index.ts';
import { parseCommandLine } from '../command-line.ts';
import { parametersOf } from '../parameters.ts';
import { BASELINE_FILE, parseBaseline } from '../run/baseline.ts';
import { chosenOf, type Plan } from '../run/plan.ts';
import { readRecording } from '../run/replay-file.ts';
import { replayedWords } from '../run/replay-line.ts';
import { RUN_LINE } from '../run/run-options.ts';
import type { SuiteRequest } from '../run/suites.ts';
import { plannedSettings } from '../shards/plan-faults.ts';
import { parseWholePlan, PLAN_FILE, wholePlanOf, type WholePlan } from '../shards/whole-plan.ts';
import { verifyError } from '../verify/errors.ts';
import type { EvidenceFiles } from '../verify/evidence-files.ts';
import { REPORT } from '../verify/files.ts';
import { readAllSources, type Sources } from '../verify/sources.ts';

/** A suite to be performed again, and what goes into its folder beside. */
export interface SuiteAgain {
  readonly request: SuiteRequest;
  /** What it is a part of, made again, with the plans of the whole: they are what its sources are of. */
  readonly whole: { readonly plan: WholePlan; readonly plans: readonly Plan[] } | undefined;
  readonly typedFile: Uint8Array | undefined;
  readonly baseline: SuiteResult | undefined;
  readonly oscalVersion: OscalVersion | undefined;
}

type LineAgain = ReturnType<typeof parseCommandLine<typeof RUN_LINE.options>>;

/** Throws VERIFY_NOT_RERUN, and what reading the line or the typed lines throws. */
export async function orderAgain(
  evidence: EvidenceFiles,
  { suite, sources }: { suite: SuiteResult; sources: Sources },
  vocabulary: Vocabulary,
): Promise<SuiteAgain> {
  const written = suite.replay.split('\n').map((line) => ({ line, words: replayedWords(line) }));
  for (const { line, words } of written)
    if (['calldrill', 'run', ...words].map(quoted).join(' ') !== line)
      throw refusal(`the replay line ${JSON.stringify(line)} is not as calldrill writes it`);
  const played = written.some(({ words: [first] }) => first === '--replay');
  const recording = played
    ? await readRecording(REPORT, (file) => Promise.resolve(fileOf(evidence, file)))
    : undefined;
  const lines = (recording === undefined ? written.map(({ words }) => words) : [recording.words]).map(
    (words) => parseCommandLine(words, RUN_LINE),
  );
  const [first] = lines;
  if (first === undefined) throw refusal('there is no replay line');
  requireOneSuite(lines, suite);
  const plans = plansOf(suite, sources);
  requireChosen(lines, plans);
  const { options } = first;
  const { capture, heard } = sources.made;
  const results = OSCAL_FILES.results;
  return {
    request: {
      ...{ seed: suite.seed, keySeed: suite.keySeed, plans, heard },
      parameters: parametersOf(options.param, vocabulary.parameters),
      deployment: sources.deployment,
      probes: !options['no-probes'],
      ...(options['as-of'] === undefined ? {} : { asOf: options['as-of'] }),
      ...(suite.plant === undefined ? {} : { plant: suite.plant }),
      ...(recording?.typed === undefined ? {} : { typed: recording.typed }),
      ...(capture === null ? {} : { capture: captureOf(capture) }),
    },
    whole: wholeAgain(evidence, vocabulary),
    typedFile: recording?.typedFile,
    baseline: evidence.paths.includes(BASELINE_FILE)
      ? parseBaseline(evidence.read(BASELINE_FILE))
      : undefined,
    oscalVersion: evidence.paths.includes(results)
      ? oscalVersionOf(Buffer.from(evidence.read(results)).toString('utf8'))
      : undefined,
  };
}

/** Of results that are a part: the plan as its line and the sources come to. */
function wholeAgain(evidence: EvidenceFiles, vocabulary: Vocabulary): SuiteAgain['whole'] {
  if (!evidence.paths.includes(PLAN_FILE)) return undefined;
  const plan = parseWholePlan(evidence.read(PLAN_FILE), PLAN_FILE);
  const sources = readAllSources(evidence, vocabulary);
  const settings = plannedSettings(plan, sources, vocabulary);
  return { plan: wholePlanOf(settings, sources.made.build, plan), plans: settings.plans };
}

function captureOf({ secrets, link }: NonNullable<Sources['made']['capture']>) {
  return { secrets, live: false, ...(link === null ? {} : { link }) };
}

/** All lines are of this suite: they say the same of all that decides a run, and what the report says of it. */
function requireOneSuite(
  lines: readonly LineAgain[],
  { seed, keySeed, plant, deployment }: SuiteResult,
): void {
  const [first] = lines;
  for (const { options } of lines) {
    for (const [name, said, reported] of [
      ['--seed', options.seed, seed],
      ['--key-seed', options['key-seed'], keySeed],
      ['--plant', options.plant, plant],
      ['--deployment', options.deployment, deployment?.file],
    ] as const)
      if (said !== reported)
        throw refusal(
          `the replay line has ${name} ${said ?? 'not'}, and the report ${reported ?? 'has none'}`,
        );
    for (const name of ['param', 'no-probes', 'as-of'] as const)
      if (!isDeepStrictEqual(options[name], first?.options[name]))
        throw refusal(`its replay lines do not agree about --${name}`);
  }
}

/** The runs that are in the report, of the screenplays as they are among the sources. */
function plansOf({ scenarios }: SuiteResult, { screenplays }: Sources): readonly Plan[] {
  return scenarios.map(({ id, variants }, at) => {
    const screenplay = screenplays[at];
    if (screenplay?.id !== id) throw refusal(`its sources have no scenario ${id}`);
    const there = new Set(variants.map(({ name }) => name));
    const names = chosenOf(screenplay, { variants: [], grep: undefined });
    const unknown = [...there].find((name) => !names.includes(name));
    if (unknown !== undefined) throw refusal(`the scenario ${id} has no variant ${unknown}`);
    return { screenplay, variants: names.filter((name) => there.has(name)) };
  });
}

/** Every run is asked for by a line; whether all that is asked for is there, the reports of missing runs say. */
function requireChosen(lines: readonly LineAgain[], plans: readonly Plan[]): void {
  for (const { screenplay, variants } of plans) {
    const chosen = new Set(lines.flatMap((line) => chosenBy(line, screenplay)));
    const other = variants.find((name) => !chosen.has(name));
    if (other !== undefined) throw refusal(`its replay line does not run ${screenplay.id}/${other}`);
  }
}

function chosenBy({ options, operands }: LineAgain, screenplay: Screenplay): readonly string[] {
  const { id, file } = screenplay;
  if (operands.length > 0 && !operands.includes(id) && !operands.includes(file)) return [];
  return chosenOf(screenplay, { variants: options.variant, grep: options.grep });
}

function fileOf({ paths, read }: EvidenceFiles, path: string): Uint8Array {
  if (!paths.includes(path)) throw refusal(`${path} is missing`);
  return read(path);
}

function refusal(detail: string): Error {
  return verifyError('VERIFY_NOT_RERUN', detail);
}
