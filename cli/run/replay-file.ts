/**
 * What `--replay` reads: the report.json of a result, or the typed lines of an exercise. Both say with which command line they
 * were made; a report also has the digest of every trace. The report of an exercise leaves the lines to the file beside it.
 */
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isTypedLines, parseTypedLines, playedLines, textOf } from '../../scenarios/host/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { quoted } from '../../devices/console/index.ts';
import { DEPLOYMENT_PARAMETERS } from '../../devices/deployment.ts';
import type { SettingTable } from '../../scenarios/language/index.ts';
import { parseSuite, type PlayedLines, type SuiteResult } from '../../scenarios/runs/index.ts';
import { cliError } from '../errors.ts';
import { settingText } from '../parameters.ts';
import { replayedWords } from './replay-line.ts';

/** What a recording says of one run, or of several together: these have no trace. A file of typed lines has the digest of its trace only. */
interface RecordedOutcome {
  readonly trace?: string;
  readonly verdicts?: unknown;
  readonly exposures?: unknown;
}

/** What was read of a recording: enough to run it again, and to compare traces, verdicts and exposures. */
export interface RecordedRun {
  /** Words behind `calldrill run`. */
  readonly words: readonly string[];
  readonly tool: string;
  readonly typed: PlayedLines | undefined;
  /** The file of typed lines as it was read. */
  readonly typedFile: Uint8Array | undefined;
  /** SHA-256 of the deployment file that it was made with, if it was with one. */
  readonly deployment?: string | undefined;
  /** What is known of each run, by `scenario/variant`; empty when the file has none. */
  readonly runs: ReadonlyMap<string, RecordedOutcome>;
}

/** Octets of a report of every shipped scenario, many times over. */
const REPLAY_OCTETS_MAX = 1 << 28;

/** The name of the typed lines in a results folder. */
export const TYPED_FILE = 'typed.json';

/** The line that plays an exercise again whose results are in `out`. */
export function exerciseLine(out: string): string {
  return `calldrill run --replay ${quoted(join(out, TYPED_FILE))}`;
}

type ReadOctets = (file: string, octetsMax: number) => Promise<Uint8Array>;

/** Throws CLI_REPLAY, the SUITE_ codes, HOST_FILE_NOT_TEXT, the HOST_TYPED_ codes, and what `read` throws for the file itself. */
export async function readRecording(file: string, read: ReadOctets): Promise<RecordedRun> {
  const octets = await read(file, REPLAY_OCTETS_MAX);
  const content = jsonOf(octets, file);
  if (isTypedLines(content)) return exerciseOf(octets, file);
  const { replay, tool, scenarios, version, deployment } = recordOf(content);
  const { sha256 } = recordOf(deployment);
  // A report of another version is refused before anything of it is believed.
  if (version !== undefined) parseSuite(textOf(octets, file), file);
  if (typeof replay !== 'string') throw refusal(file, 'it has no replay line');
  const words = replayedWords(replay);
  const plain: RecordedRun = {
    words,
    tool: 'an unknown version',
    typed: undefined,
    typedFile: undefined,
    runs: new Map(),
  };
  return {
    ...(words[0] === '--replay' ? await exerciseBeside(file, read) : plain),
    ...(typeof tool === 'string' ? { tool } : {}),
    ...(typeof sha256 === 'string' ? { deployment: sha256 } : {}),
    runs: new Map(listOf(scenarios).flatMap((scenario) => outcomesOf(recordOf(scenario)))),
  };
}

/** The exercise whose report this is. */
async function exerciseBeside(report: string, read: ReadOctets): Promise<RecordedRun> {
  const file = join(dirname(report), TYPED_FILE);
  let octets: Uint8Array;
  try {
    octets = await read(file, REPLAY_OCTETS_MAX);
  } catch (cause) {
    if (!(cause instanceof CalldrillError)) throw cause;
    throw cliError(
      'CLI_REPLAY',
      `${report} is of an exercise, and the lines that were typed in it are not beside it`,
      {
        fix: `Keep ${TYPED_FILE} in the folder of the report, or replay the file of typed lines itself.`,
        where: { file: report },
        cause,
      },
    );
  }
  return exerciseOf(octets, file);
}

function jsonOf(octets: Uint8Array, file: string): unknown {
  try {
    const content: unknown = JSON.parse(textOf(octets, file));
    return content;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw cliError('CLI_REPLAY', `${file} is not JSON`, { where: { file }, cause });
  }
}

/** What an exercise was played with, and the lines that were typed in it. */
function exerciseOf(octets: Uint8Array, file: string): RecordedRun {
  const typed = parseTypedLines(octets, file);
  const { scenario, source, variant, seed, keySeed, parameters, traceDigest, deployment, asOf } = typed;
  const table: SettingTable = DEPLOYMENT_PARAMETERS;
  const given = Object.entries(parameters).flatMap(([name, value]) => [
    '--param',
    `${name}=${settingText(value, table[name]).replaceAll(' ', '')}`,
  ]);
  return {
    words: [
      ...['--variant', variant, '--seed', seed, '--key-seed', keySeed],
      ...(deployment === undefined ? [] : [`--deployment=${deployment.file}`]),
      ...(asOf === undefined ? [] : ['--as-of', asOf]),
      ...[...given, '--', source],
    ],
    deployment: deployment?.sha256,
    tool: 'the exercise',
    typed: playedLines(typed),
    typedFile: octets,
    runs: new Map([[`${scenario}/${variant}`, { trace: traceDigest }]]),
  };
}

function outcomesOf({
  id,
  variants,
  across,
}: Readonly<Record<string, unknown>>): [string, RecordedOutcome][] {
  const compared = verdictsOf(across);
  const together: [string, RecordedOutcome][] =
    compared.length === 0 ? [] : [[`${String(id)}, compared`, { verdicts: compared }]];
  const runs = listOf(variants).flatMap((variant): [string, RecordedOutcome][] => {
    const { name, traceDigest: trace, checks, exposure: exposures } = recordOf(variant);
    if (typeof trace !== 'string') return [];
    // A report without exposures is compared too: that it has none is what it says.
    return [
      [
        `${String(id)}/${String(name)}`,
        { trace, verdicts: verdictsOf(checks), exposures: exposures ?? null },
      ],
    ];
  });
  return [...runs, ...together];
}

/** What each check came to, and each part that it shows. */
function verdictsOf(checks: unknown): readonly unknown[] {
  return listOf(checks).map((check) => {
    const { id, verdict, parts } = recordOf(check);
    return [id, verdict, listOf(parts).map((each) => [recordOf(each)['part'], recordOf(each)['verdict']])];
  });
}

/** Of the recorded runs, those that are others now: `the trace of theft/main`, `verdicts of theft/main`. */
export function differencesFrom(
  { runs, deployment }: Pick<RecordedRun, 'runs' | 'deployment'>,
  suite: SuiteResult,
): readonly string[] {
  const written = JSON.parse(JSON.stringify(suite.scenarios)) as unknown;
  const now = new Map(listOf(written).flatMap((scenario) => outcomesOf(recordOf(scenario))));
  const deployed = deployment === suite.deployment?.sha256 ? [] : ['the deployment file'];
  const others = [...runs].flatMap(([place, { trace, verdicts, exposures }]) => {
    const again = now.get(place);
    const isSame = (one: unknown, other: unknown): boolean =>
      one === undefined || isDeepStrictEqual(one, other);
    return [
      ...(again?.trace === trace ? [] : [`the trace of ${place}`]),
      ...(isSame(verdicts, again?.verdicts) ? [] : [`verdicts of ${place}`]),
      ...(isSame(exposures, again?.exposures) ? [] : [`exposures of ${place}`]),
    ];
  });
  return [...deployed, ...others];
}

function recordOf(content: unknown): Readonly<Record<string, unknown>> {
  return typeof content === 'object' && content !== null ? { ...content } : {};
}

function listOf(content: unknown): readonly unknown[] {
  return Array.isArray(content) ? content : [];
}

function refusal(file: string, detail: string) {
  return cliError('CLI_REPLAY', `${file} cannot be replayed: ${detail}`, { where: { file } });
}
