/**
 * What `--replay` reads: the report.json of a result, or the recording of a rehearsal. Both say with which command line they
 * were made; a report also has the digest of every trace, a recording the lines that people typed.
 */
import { textOf, type RunJob } from '../../scenarios/host/index.ts';
import type { SuiteResult } from '../../scenarios/run/index.ts';
import { cliError } from '../errors.ts';
import { replayedWords } from './replay-line.ts';

export interface Recording {
  /** Words behind `calldrill run`. */
  readonly words: readonly string[];
  readonly tool: string;
  readonly typed: RunJob['typed'];
  /** Trace digests by `scenario/variant`; empty when the file has none. */
  readonly digests: ReadonlyMap<string, string>;
}

/** Octets of a report of every shipped scenario, many times over. */
export const REPLAY_OCTETS_MAX = 1 << 28;

/** Throws CLI_REPLAY, HOST_FILE_NOT_TEXT. */
export function readRecording(octets: Uint8Array, file: string): Recording {
  let content: unknown;
  try {
    content = JSON.parse(textOf(octets, file));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw cliError('CLI_REPLAY', `${file} is not JSON`, { where: { file }, cause });
  }
  const { replay, tool, typed, scenarios } = recordOf(content);
  if (typeof replay !== 'string') throw refusal(file, 'it has no replay line');
  return {
    words: replayedWords(replay),
    tool: typeof tool === 'string' ? tool : 'an unknown version',
    typed: typed === undefined ? undefined : typedOf(typed, file),
    digests: new Map(listOf(scenarios).flatMap((scenario) => digestsOf(recordOf(scenario)))),
  };
}

function digestsOf({ id, variants }: Readonly<Record<string, unknown>>): [string, string][] {
  return listOf(variants).flatMap((variant): [string, string][] => {
    const { name, traceDigest } = recordOf(variant);
    return typeof traceDigest === 'string' ? [[`${String(id)}/${String(name)}`, traceDigest]] : [];
  });
}

function typedOf(content: unknown, file: string): RunJob['typed'] {
  const { roles, lines } = recordOf(content);
  return {
    roles: listOf(roles).map((role) => {
      if (typeof role !== 'string') throw refusal(file, 'typed.roles are names');
      return role;
    }),
    lines: listOf(lines).map((entry, index) => {
      const { time, by, on, line } = recordOf(entry);
      if (
        typeof time !== 'number' ||
        !Number.isSafeInteger(time) ||
        time < 0 ||
        typeof by !== 'string' ||
        typeof on !== 'string' ||
        typeof line !== 'string'
      )
        throw refusal(file, `typed.lines[${index}] has no time in microseconds, by, on and line`);
      return { time, by, on, line };
    }),
  };
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
