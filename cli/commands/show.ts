/** `calldrill show`: one scenario as it was understood, with every variant, step and check. */
import { formatDuration } from '../../sim/duration.ts';
import { resolveVariant, variantsOf, type Screenplay, type When } from '../../scenarios/language/index.ts';
import { tcOf, type LinkParameters } from '../../network/simulated/index.ts';
import { linksOf } from '../../scenarios/world/index.ts';
import { printable } from '../../reports/printable.ts';
import { text, value } from '../command-line.ts';
import { command } from '../command.ts';
import { answer, type Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { settingText } from '../parameters.ts';
import { filesOf, loadAll, unknownVariant } from '../scenario-choice.ts';
import { columnsOf } from '../../reports/terminal/table.ts';

/** Prints the scenario as it was read, so that a default or a patch of a variant can be seen in place. */
export const show = command({
  name: 'show',
  summary: 'show a scenario: its world, steps, variants and checks',
  about: ['With --variant, the steps and checks are those of that variant.'],
  operands: { placeholder: '<scenario|file.yaml>', min: 1, max: 1 },
  options: { variant: value(text('name'), 'show the scenario as this variant plays it') },
  examples: [
    { line: 'calldrill show baseline-call', does: 'a shipped scenario' },
    { line: 'calldrill show mine.yaml --variant late-block', does: 'one variant of your own' },
    { line: 'calldrill show baseline-call --json', does: 'everything, for a program' },
  ],
  errorExit: EXIT.scenario,
  async run({ variant }, words, context) {
    const [screenplay] = await loadAll(await filesOf(words, context.library), context.library);
    if (screenplay === undefined) return EXIT.pass;
    const names = variantsOf(screenplay).map(({ name }) => name);
    if (variant !== undefined && !names.includes(variant)) throw unknownVariant(variant, names);
    const shown =
      variant === undefined
        ? screenplay
        : { ...resolveVariant(screenplay, variant), variants: screenplay.variants };
    // Whoever asks has the file.
    return answer(context, { ...shown, text: undefined }, () => textOf(shown, context));
  },
});

function textOf(screenplay: Screenplay, { stdout, library }: Context): string {
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
    section(
      'Steps',
      screenplay.steps.map(({ when, by, on, type, clauses }) => [
        whenText(when, screenplay.begins),
        `${by}${on === undefined ? '' : ` on ${on}`}: ${type}${clausesText(clauses)}`,
      ]),
    ),
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
  { expect, across, probes, begins }: Screenplay,
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
    section(
      'Probes',
      probes.map(({ id, when, by, type, predict, parts }) => [
        id,
        `${whenText(when, begins)}, ${by}: ${type}; predicted: ${predict}${partsText(parts)}`,
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

/** `2015-10-14 08:05:00` or `reported + 10m`. */
function whenText(when: When, begins: number): string {
  if (when.kind === 'at')
    return new Date(begins + Math.floor(when.t / 1000)).toISOString().slice(0, 19).replace('T', ' ');
  return when.delay === 0 ? when.moment : `${when.moment} + ${formatDuration(when.delay)}`;
}

function partsText(parts: readonly { readonly id: string }[]): string {
  return clausesText(parts.map(({ id }) => id));
}

function clausesText(clauses: readonly string[]): string {
  return clauses.length === 0 ? '' : ` [${clauses.join(', ')}]`;
}
