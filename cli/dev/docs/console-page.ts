/** `docs/console.md`: what can be typed on each device and by each person, from the forms of the commands themselves. */
import { usageOf, type Command, type Parameter } from '../../../devices/console/command.ts';
import type { Console } from '../../../devices/console/index.ts';
import {
  CMS,
  CRS,
  MDM,
  NET,
  OPERATOR,
  vocabulary,
  World,
  SHIPPED_KINDS,
} from '../../../scenarios/world/index.ts';
import { FIREWALL, loadScreenplay, ONLY_VARIANT, resolveVariant } from '../../../scenarios/language/index.ts';
import { anchor, page, sentence, table } from './markdown.ts';

const THIEF = 'thief';
const PHONE = 'alice-phone';

/** A world with one of everything. */
const ONE_OF_EACH = `scenario: console-page
title: One of everything
begins: 2015-10-14T08:00:00Z
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
  devices:
    ${THIEF}: { kind: attacker, taps: [alice-crs] }
  topology: { firewall: standard }
`;

export function consolePage(): string {
  const screenplay = loadScreenplay(ONE_OF_EACH, 'console-page.yaml', vocabulary(SHIPPED_KINDS));
  const world = new World({
    screenplay: resolveVariant(screenplay, ONLY_VARIANT),
    seed: 'docs',
    assets: { readQr: () => [], speech: [], kinds: SHIPPED_KINDS },
    tool: 'docs',
    broken: [],
    played: [],
  });
  const person = world.console(OPERATOR);
  const hands = new Set(person.commands.map(({ name }) => name));
  const sections: readonly (readonly [title: string, about: string, commands: readonly Command[]])[] = [
    ['Handset', 'Typed by whoever has the phone in hand.', world.console(PHONE).commands],
    ['Key management system (CMS)', 'Typed by its operator.', world.console(CMS).commands],
    ['Rendezvous server (CRS)', 'Typed by its administrator.', world.console(CRS).commands],
    ['Mobile device management (MDM)', 'Typed by its administrator.', world.console(MDM).commands],
    [
      'Network',
      'The console `net` of the simulated network: what links do, cuts, holds, partitions. Typed by `net-admin`, or by anybody.',
      world.console(NET).commands,
    ],
    ['Firewall', 'Typed by its administrator, in worlds that have one.', world.console(FIREWALL).commands],
    ['Person', 'The physical world: what people do with their hands and say aloud.', person.commands],
    [
      'Attacker',
      'Beside these, an attacker can type everything that a person can: it has hands too.',
      withoutHands(world.console(THIEF), hands),
    ],
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

/** An attacker's own commands: those of its hands are of the very same name. */
function withoutHands(attacker: Console, hands: ReadonlySet<string>): readonly Command[] {
  return attacker.commands.filter(({ name }) => !hands.has(name));
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
