/** `calldrill list`: what there is to run, and every name that a scenario or an option may use. */
import { REASONS } from '../../devices/reason.ts';
import { PROFILE_NAMES, PROFILES, tcOf } from '../../network/simulated/index.ts';
import { variantsOf } from '../../scenarios/language/index.ts';
import { flag, NO_OPERANDS } from '../command-line.ts';
import { command } from '../command.ts';
import { answer, type Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { expectationOf, settingText } from '../parameters.ts';
import { loadAll } from '../scenario-choice.ts';
import { columnsOf, linesOf } from '../../reports/terminal/table.ts';

const TOPICS = {
  plants: flag('list the violations that can be planted, and the rule that each breaks'),
  parameters: flag('list the parameters of a deployment, with their defaults'),
  profiles: flag('list the network profiles'),
  kinds: flag('list the kinds of devices'),
  clauses: flag('list the clauses of the source document'),
  parts: flag('list the parts of their checks, which probes and expectations bind to'),
  reasons: flag('list the reasons for which an attack is refused, in their order'),
  rows: flag('list the rows of the probe matrix'),
  events: flag('list the types of trace events'),
};

/** Lists the scenarios, or with one option the names of one kind; two options at once are CLI_OPTION_CONFLICT. */
export const list = command({
  name: 'list',
  summary: 'list the shipped scenarios and the names that may be used',
  about: [],
  operands: NO_OPERANDS,
  options: TOPICS,
  examples: [
    { line: 'calldrill list', does: 'the shipped scenarios with their variants' },
    { line: 'calldrill list --plants', does: 'violations for run --plant' },
    { line: 'calldrill list --parameters --json', does: 'parameters, for a program' },
  ],
  errorExit: EXIT.scenario,
  run: (given, _operands, context) => {
    const chosen = Object.entries(given).flatMap(([name, wanted]) =>
      wanted && Object.hasOwn(TOPICS, name) ? [name] : [],
    );
    if (chosen.length > 1)
      throw cliError('CLI_OPTION_CONFLICT', `list shows one thing at a time, not ${chosen.join(' and ')}`);
    const [topic] = chosen;
    return topic === undefined ? listScenarios(context) : Promise.resolve(listTopic(topic, context));
  },
});

async function listScenarios(context: Context): Promise<ExitCode> {
  const { library } = context;
  const screenplays = await loadAll(await library.shipped(), library);
  const scenarios = screenplays.map((screenplay) => ({
    id: screenplay.id,
    title: screenplay.title,
    file: screenplay.file,
    variants: variantsOf(screenplay).map(({ name, title, reference }) => ({ name, title, reference })),
    plants: screenplay.plants.map(({ name }) => name),
  }));
  const rows = scenarios.map(
    ({ id, title, variants }) => [id, `${title} (${variants.map(({ name }) => name).join(', ')})`] as const,
  );
  return answer(context, { scenarios }, () => twoColumns(context, rows));
}

/** What a topic lists: names and what they mean. */
function listTopic(topic: string, context: Context): ExitCode {
  if (topic === 'profiles') return listProfiles(context);
  const rows = rowsOf(topic, context);
  const entries = rows.map(([name, summary]) => ({ name, summary }));
  return answer(context, { [topic]: entries }, () => twoColumns(context, rows));
}

function rowsOf(topic: string, { library }: Context): readonly (readonly [string, string])[] {
  const words = library.vocabulary;
  switch (topic) {
    case 'plants':
      return words.plants.map((name) => [name, library.rules[name] ?? '']);
    case 'parameters':
      return Object.entries(words.parameters).map(([name, setting]) => [
        name,
        `${setting.summary}. Default: ${settingText(setting.default, setting)}; takes ${expectationOf(setting)}. (${setting.source})`,
      ]);
    case 'kinds':
      return Object.entries(words.kinds).map(([name, { settings, standing }]) => [
        name,
        [
          standing === undefined ? '' : `in every world as '${standing}'`,
          Object.keys(settings).length === 0 ? '' : `settings: ${Object.keys(settings).join(', ')}`,
        ]
          .filter((part) => part !== '')
          .join('; '),
      ]);
    case 'clauses':
      return library.clauses.map(({ id, paraphrase }) => [id, paraphrase]);
    case 'parts':
      return library.clauses.flatMap(({ checks }) =>
        checks.flatMap(({ parts }) =>
          parts.map(({ id, what, by, rows }) => [id, `${what} (${[by, ...rows].join(', ')})`] as const),
        ),
      );
    case 'reasons':
      return REASONS.map(({ code, meaning }) => [code, meaning]);
    case 'rows':
      return words.rows.map((name) => [name, '']);
    default:
      return words.knownEvents.map((name) => [name, words.eventFields?.[name]?.join(', ') ?? '']);
  }
}

/** Each network profile: its numbers, on what they rest, and the line that makes a Linux machine do the same. */
function listProfiles(context: Context): ExitCode {
  const profiles = PROFILE_NAMES.map((name) => {
    const { parameters, ...about } = PROFILES[name];
    const { command: tc, notes } = tcOf(parameters);
    return { name, ...about, tc, notes };
  });
  const { columns } = context.stdout.terminal;
  return answer(context, { profiles }, () =>
    profiles
      .flatMap(({ name, roundTripMs, lossPercent, rationale, source, tc, notes }) => [
        `  ${name}`,
        ...linesOf(`    ${rationale}`, columns),
        ...linesOf(
          `    Round trip ${roundTripMs} ms, loss ${lossPercent} % each way. Source: ${source}`,
          columns,
        ),
        // A command that is folded cannot be copied.
        `    ${tc}`,
        ...notes.map((note) => `      ${note}`),
      ])
      .map((line) => `${line}\n`)
      .join(''),
  );
}

function twoColumns(context: Context, rows: readonly (readonly [string, string])[]): string {
  return rows.length === 0 ? '' : columnsOf(rows, context.stdout.terminal.columns ?? Infinity);
}
