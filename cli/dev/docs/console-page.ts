/** `docs/console.md`: what can be typed on each device and by each person, from the forms of the commands themselves. */
import { usageOf, type Command, type Parameter } from '../../../devices/console/command.ts';
import type { Console } from '../../../devices/console/index.ts';
import type { DeviceKind, DeviceKinds } from '../../../devices/kind.ts';
import { loadScreenplay, ONLY_VARIANT, resolveVariant } from '../../../scenarios/language/index.ts';
import { vocabulary, World } from '../../../scenarios/world/index.ts';
import { anchor, page, sentence, table } from './markdown.ts';

/** A world with one of everything: what does not stand there anyway is declared, a phone by its user, a firewall by the topology. */
function oneOfEach(kinds: DeviceKinds): string {
  const declared = kinds.filter(
    ({ name, standing, declarable }) => standing === undefined && declarable !== false && name !== 'handset',
  );
  return `scenario: console-page
title: One of everything
begins: 2015-10-14T08:00:00Z
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
  devices:
${declared.map(({ name }) => `    the-${name}: { kind: ${name} }\n`).join('')}  topology: { firewall: standard }
`;
}

/** The page of worlds with devices of these kinds. */
export function consolePage(kinds: DeviceKinds): string {
  const screenplay = loadScreenplay(oneOfEach(kinds), 'console-page.yaml', vocabulary(kinds));
  const world = new World({
    screenplay: resolveVariant(screenplay, ONLY_VARIANT),
    seed: 'docs',
    keySeed: 'docs',
    assets: { readQr: () => [], speech: [], kinds },
    tool: 'docs',
    broken: [],
    played: [],
  });
  const person = world.console('cms-operator');
  const hands = new Set(person.commands.map(({ name }) => name));
  const sections: readonly (readonly [title: string, about: string, commands: readonly Command[]])[] = [
    ...kinds.flatMap((kind) => {
      const console = consoleOf(world, kind);
      return console === undefined
        ? []
        : [[kind.manual.title, kind.manual.about, withoutHands(console, hands)] as const];
    }),
    ['Person', 'The physical world: what people do with their hands and say aloud.', person.commands],
  ];
  return page(
    'Console commands',
    'A step of a scenario is a line typed on a console, and so is everything a trainee does: `type: "call bob --for 40s"`. ' +
      '`help` lists the commands of any console, `help <command>` shows one in full. Words with blanks are put in quotes.',
    sections.map(([title]) => `- [${title}](#${anchor(title)})`),
    ...sections.flatMap(([title, about, commands]) => [
      `## ${title}`,
      about,
      ...commands.map(commandSection),
    ]),
  );
}

function consoleOf(world: World, kind: DeviceKind): Console | undefined {
  const [name] = world.ofKind(kind).keys();
  return name === undefined ? undefined : world.console(name);
}

/** What is a device's own: one that acts by itself has the commands of hands as well. */
function withoutHands(device: Console, hands: ReadonlySet<string>): readonly Command[] {
  return device.commands.filter(({ name }) => !hands.has(name));
}

function commandSection(command: Command): string {
  const parameters = Object.entries(command.parameters);
  return [
    `### \`${command.name}\``,
    sentence(command.summary),
    [
      '```text',
      usageOf(command),
      ...command.examples.filter((each) => each !== usageOf(command)).map((each) => `e.g. ${each}`),
      '```',
    ].join('\n'),
    ...(parameters.length === 0
      ? []
      : [
          table(
            ['Parameter', 'What it is', 'Wants'],
            parameters.map(([name, parameter]) => rowOf(name, parameter)),
          ),
        ]),
    ...(command.disturbs ? [] : ['Changes nothing in the world.']),
  ].join('\n\n');
}

function rowOf(name: string, parameter: Parameter): readonly string[] {
  const shown = parameter.place === 'option' || parameter.place === 'flag' ? `--${name}` : name;
  const optional = parameter.place === 'optional' ? ' (may be left out)' : '';
  return [
    `\`${shown}\``,
    `${parameter.about}${optional}`,
    parameter.place === 'flag' ? 'nothing' : parameter.kind.wants,
  ];
}
