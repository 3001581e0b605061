/** `calldrill show`: one scenario as it was understood, with every variant, step and check. */
import { targetDurationsOf } from '../../scenarios/deployment/index.ts';
import {
  resolveVariant,
  variantsOf,
  withTargets,
  type ResolvedScreenplay,
  type Screenplay,
} from '../../scenarios/language/index.ts';
import { tcOf, type LinkParameters } from '../../network/simulated/index.ts';
import { linksOf } from '../../scenarios/world/index.ts';
import { printable } from '../../reports/printable.ts';
import { flag, optional, text, value } from '../command-line.ts';
import { command } from '../command.ts';
import { answer, type Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT } from '../exit-code.ts';
import { glyphsOf } from '../../reports/terminal/glyphs.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { settingText } from '../parameters.ts';
import { filesOf, loadAll, unknownVariant } from '../scenario-choice.ts';
import { columnsOf } from '../../reports/terminal/table.ts';
import { effectsOf } from '../show/line-effects.ts';
import { planLinesOf } from '../show/plan-line.ts';
import { planTable } from '../show/plan-table.ts';
import { timelineOf } from '../show/plan-timeline.ts';
import { sheetFormat, showProcedures } from '../show/procedures.ts';

/** Prints the scenario as it was read, so that a default or a patch of a variant can be seen in place. */
export const show = command({
  name: 'show',
  summary: 'show a scenario: its world, steps, variants and checks; or procedures as check lists',
  about: [
    'The plan is a table of all lines: when each is typed, by whom, what is expected of it, and which checks look at that. Lines that wait for something stand where they are to be expected.',
    'With --variant, the steps and checks are those of that variant.',
    'With --procedures, a procedure is shown as a check list: who types what where, what must be seen before it counts as done, which clause it carries out, and what the text of the document does not say.',
    'Lines of a procedure are there too, each with what it comes after. One that is optional, not applicable, left out, or cut off by `until` says so.',
    'With --timeline, the plan is a picture: time runs down, everybody who acts has a lane, and idle time is cut. A time with ~ is where a line is to be expected that waits for something. Lines that this variant does not type are only counted.',
  ],
  operands: { placeholder: '[<scenario|file.yaml>]', min: 0, max: 1 },
  options: {
    variant: value(text('name'), 'show the scenario as this variant plays it'),
    deployment: value(text('file'), 'show it with the parameters and targets of this deployment'),
    timeline: flag('show the plan as a picture, and nothing else'),
    procedures: optional(text('name'), '', 'show the procedures there are, or one of them as a check list'),
    format: value(sheetFormat, 'with --procedures: how check lists are printed'),
  },
  examples: [
    { line: 'calldrill show baseline-call', does: 'a shipped scenario' },
    { line: 'calldrill show mine.yaml --variant late-block', does: 'one variant of your own' },
    { line: 'calldrill show client-compromise --timeline', does: 'who does what when, as a picture' },
    { line: 'calldrill show --procedures', does: 'the procedures, and the scenarios that perform them' },
    { line: 'calldrill show --procedures client-recovery', does: 'one as a check list for people' },
    {
      line: 'calldrill show --procedures client-recovery --format html > recovery.html',
      does: 'as a page to print',
    },
    { line: 'calldrill show baseline-call --json', does: 'everything, for a program' },
  ],
  errorExit: EXIT.scenario,
  async run({ variant, timeline, procedures, format, deployment: file }, words, context) {
    if (procedures !== undefined) {
      if (words.length > 0 || variant !== undefined || timeline || file !== undefined)
        throw cliError('CLI_OPTION_CONFLICT', '--procedures shows procedures, and no scenario');
      return showProcedures(procedures === '' ? undefined : procedures, format, context);
    }
    if (format !== undefined) throw cliError('CLI_OPTION_CONFLICT', '--format is for --procedures');
    if (words.length === 0) throw cliError('CLI_OPERANDS', "'show' needs <scenario|file.yaml>");
    const deployment = file === undefined ? undefined : await context.library.deployment(file);
    const [screenplay] = await loadAll(await filesOf(words, context.library), context.library);
    if (screenplay === undefined) return EXIT.pass;
    const names = variantsOf(screenplay).map(({ name }) => name);
    if (variant !== undefined && !names.includes(variant)) throw unknownVariant(variant, names);
    const [first = ''] = names;
    const played = resolveVariant(screenplay, variant ?? first);
    const told =
      variant === undefined
        ? screenplay
        : { ...played, variants: screenplay.variants, performed: screenplay.performed };
    const parameters = { ...deployment?.parameters, ...told.parameters };
    const shown = withTargets({ ...told, parameters }, targetDurationsOf(deployment));
    // Whoever asks has the file.
    return answer(context, { ...shown, text: undefined }, () => {
      const whole = { ...shown, performs: played.performs };
      return timeline ? timelineText(whole, context) : textOf(whole, context);
    });
  },
});

/** A scenario as it is, or as a variant has it, with the procedures that are performed. */
type ShownScenario = Screenplay & Pick<ResolvedScreenplay, 'performs'>;

function timelineText(screenplay: ShownScenario, { stdout, library }: Context): string {
  const { colour, columns, unicode } = stdout.terminal;
  const { strong, quiet, harm } = paletteOf(colour);
  const lines = planLinesOf(screenplay, effectsOf(library.vocabulary));
  const style = { columns, glyphs: glyphsOf(unicode), strong, quiet, harm };
  return `${strong(screenplay.id)}  ${printable(screenplay.title)}\n\n${timelineOf(lines, screenplay.begins, style)}`;
}

function planText(screenplay: ShownScenario, { stdout, library }: Context): string {
  const { strong } = paletteOf(stdout.terminal.colour);
  const lines = planLinesOf(screenplay, effectsOf(library.vocabulary));
  if (lines.length === 0) return '';
  return `\n${strong('Plan')}\n${planTable(lines, { columns: stdout.terminal.columns, heading: strong })}`;
}

function textOf(screenplay: ShownScenario, context: Context): string {
  const { stdout, library } = context;
  const { strong } = paletteOf(stdout.terminal.colour);
  const width = stdout.terminal.columns ?? Infinity;
  const section = (title: string, rows: readonly (readonly [string, string])[]): string =>
    rows.length === 0
      ? ''
      : `\n${strong(title)}\n${columnsOf(
          rows.map(([term, meaning]) => [printable(term), printable(meaning)]),
          width,
        )}`;
  const begins = new Date(screenplay.begins).toISOString();
  return [
    `${strong(screenplay.id)}  ${printable(screenplay.title)}\n`,
    `${printable(screenplay.file)}; begins ${begins}\n`,
    section('World', worldRows(screenplay)),
    section('Network', networkRows(screenplay)),
    section(
      'Parameters',
      Object.entries(screenplay.parameters).map(([name, given]) => [
        name,
        settingText(given, library.vocabulary.parameters[name]),
      ]),
    ),
    section(
      'Variants',
      variantsOf(screenplay).map(({ name, title, reference }) => [
        name,
        reference ? title : `${title} (shows what an error costs)`,
      ]),
    ),
    planText(screenplay, context),
    ...checkSections(screenplay, section),
    section(
      'Not tested',
      screenplay.notTested.map(({ row, reason }) => [row, reason]),
    ),
    section(
      'Plants',
      screenplay.plants.map(({ name, fails }) => [name, `must fail ${fails.join(', ')}`]),
    ),
  ].join('');
}

/** What is looked for and what is tried. */
function checkSections(
  { expect, across }: Screenplay,
  section: (title: string, rows: readonly (readonly [string, string])[]) => string,
): readonly string[] {
  return [
    section(
      'Expectations',
      expect.map(({ id, title, parts }) => [id, `${title}${partsText(parts)}`]),
    ),
    section(
      'Across variants',
      across.map(({ id, title, variants, parts }) => [
        id,
        `${title} (${variants.join(', ')})${partsText(parts)}`,
      ]),
    ),
  ];
}

/** Users and accounts, people, devices. Who is with which account is said where there are several. */
function worldRows({ world }: Screenplay): readonly (readonly [string, string])[] {
  return [
    ...world.users.map(({ name, number, account, handset }): readonly [string, string] => [
      name,
      [
        number,
        ...(world.accounts.length > 1 ? [account] : []),
        ...(handset === undefined ? [] : [`${handset.platform} ${handset.version}`]),
      ].join(', '),
    ]),
    ...(world.accounts.length > 1 ? world.accounts : []).map(
      ({ name, cms, crs }): readonly [string, string] => [name, `account of ${cms} on ${crs}`],
    ),
    ...world.people.map((name): readonly [string, string] => [name, 'person']),
    ...world.devices.map(({ name, kind, taps }): readonly [string, string] => [
      name,
      taps.length === 0 ? kind : `${kind}, taps ${taps.join(', ')}`,
    ]),
  ];
}

/** The lines for tc that make Linux machines do what the links do, each with the links that it holds for. */
function networkRows(screenplay: Screenplay): readonly (readonly [string, string])[] {
  const [first] = variantsOf(screenplay);
  if (first === undefined) return [];
  const links = new Map<string, string[]>();
  for (const { name, up, down } of linksOf(resolveVariant(screenplay, first.name))) {
    const [there, back] = [lineOf(up), lineOf(down)];
    const labelled =
      there === back
        ? [[there, name]]
        : [
            [there, `${name} up`],
            [back, `${name} down`],
          ];
    for (const [line = '', label = ''] of labelled) links.set(line, [...(links.get(line) ?? []), label]);
  }
  return [...links].map(([line, labels]) => [line, labels.join(', ')]);
}

function lineOf(parameters: LinkParameters): string {
  const { command: line, notes } = tcOf(parameters);
  return `${line}${notes.map((note) => ` (${note})`).join('')}`;
}

function partsText(parts: readonly { readonly id: string }[]): string {
  return clausesText(parts.map(({ id }) => id));
}

function clausesText(clauses: readonly string[]): string {
  return clauses.length === 0 ? '' : ` [${clauses.join(', ')}]`;
}
