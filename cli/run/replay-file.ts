/**
 * What `--replay` reads: the report.json of a result, or the recording of a rehearsal. Both say with which command line they
 * were made; a report also has the digest of every trace, a recording the lines that people typed.
 */
import {
  isTypedLines,
  parseTypedLines,
  playedLines,
  textOf,
  type RunJob,
  type TypedLinesFile,
} from '../../scenarios/host/index.ts';
import { DEPLOYMENT_PARAMETERS } from '../../devices/deployment.ts';
import type { SettingTable } from '../../scenarios/screenplay/index.ts';
import type { SuiteResult } from '../../scenarios/run/index.ts';
import { cliError } from '../errors.ts';
import { settingText } from '../parameters.ts';
import { quoted, replayedWords } from './replay-line.ts';

export interface Recording {
  /** Words behind `calldrill run`. */
  readonly words: readonly string[];
  readonly tool: string;
  readonly typed: RunJob['typed'];
  /** The line that runs the same again, when it needs the file itself. */
  readonly replay: string | undefined;
  /** Trace digests by `scenario/variant`; empty when the file has none. */
  readonly digests: ReadonlyMap<string, string>;
}

/** Octets of a report of every shipped scenario, many times over. */
export const REPLAY_OCTETS_MAX = 1 << 28;

/** Throws CLI_REPLAY, HOST_FILE_NOT_TEXT, the HOST_TYPED_ codes. */
export function readRecording(octets: Uint8Array, file: string): Recording {
  let content: unknown;
  try {
    content = JSON.parse(textOf(octets, file));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw cliError('CLI_REPLAY', `${file} is not JSON`, { where: { file }, cause });
  }
  if (isTypedLines(content)) return exerciseOf(parseTypedLines(octets, file), file);
  const { replay, tool, scenarios } = recordOf(content);
  if (typeof replay !== 'string') throw refusal(file, 'it has no replay line');
  return {
    words: replayedWords(replay),
    tool: typeof tool === 'string' ? tool : 'an unknown version',
    typed: undefined,
    replay: undefined,
    digests: new Map(listOf(scenarios).flatMap((scenario) => digestsOf(recordOf(scenario)))),
  };
}

/** What an exercise was played with, and the lines that were typed in it. */
function exerciseOf(typed: TypedLinesFile, file: string): Recording {
  const { scenario, source, variant, seed, parameters, traceDigest } = typed;
  const table: SettingTable = DEPLOYMENT_PARAMETERS;
  const given = Object.entries(parameters).flatMap(([name, value]) => [
    '--param',
    `${name}=${settingText(value, table[name]).replaceAll(' ', '')}`,
  ]);
  return {
    words: ['--variant', variant, '--seed', seed, ...given, '--', source],
    tool: 'the exercise',
    typed: playedLines(typed),
    replay: `calldrill run --replay ${quoted(file)}`,
    digests: new Map([[`${scenario}/${variant}`, traceDigest]]),
  };
}

function digestsOf({ id, variants }: Readonly<Record<string, unknown>>): [string, string][] {
  return listOf(variants).flatMap((variant): [string, string][] => {
    const { name, traceDigest } = recordOf(variant);
    return typeof traceDigest === 'string' ? [[`${String(id)}/${String(name)}`, traceDigest]] : [];
  });
}

/** Of the recorded runs, those whose trace is another one now, as `scenario/variant`. */
export function differencesFrom({ digests }: Recording, suite: SuiteResult): readonly string[] {
  const now = new Map<string, string>(
    suite.scenarios.flatMap(({ id, variants }) =>
      variants.map(({ name, traceDigest }) => [`${id}/${name}`, traceDigest]),
    ),
  );
  return [...digests].filter(([place, digest]) => now.get(place) !== digest).map(([place]) => place);
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
