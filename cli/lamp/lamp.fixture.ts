/**
 * A toy device: a lamp with a switch. It stands in this folder and nowhere else, and shows what a kind of device has to say of itself so
 * that a scenario can declare it, people can type at it, and what it does is traced, noticed, drawn and documented.
 */
import { choice, command, Console, positional } from '../../devices/console/index.ts';
import { deviceKind } from '../../devices/kind.ts';
import type { Physical } from '../../devices/physical.ts';
import type { Ports } from '../../devices/ports.ts';
import type { RuleTable } from '../../devices/rules.ts';
import { arrows, type NoticeTable } from '../../devices/told.ts';
import { createMachine } from 'xstate';
import { eventGroup } from '../../sim/event-group.ts';
import type { Kept } from '../../sim/kept.ts';

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    'test.lamp.lit': { by: string; colour: string };
    'test.lamp.dark': { by: string };
  }
}

const LAMP_RULES = { 'lamp.burns': 'burns when it is switched on' } as const satisfies RuleTable;

declare module '../../devices/rules.ts' {
  interface RuleNames {
    readonly lamp: keyof typeof LAMP_RULES;
  }
}

const COLOURS = ['white', 'red'] as const;

/** A lamp as a plain value. */
export type LampState = { readonly isLit: boolean };

class Lamp implements Physical, Kept<LampState> {
  readonly name: string;
  readonly #ports: Ports;
  readonly #colour: string;
  isLit: boolean;

  constructor(name: string, ports: Ports, colour: string, kept?: LampState) {
    this.name = name;
    this.isLit = kept?.isLit ?? false;
    this.#ports = ports;
    this.#colour = colour;
  }

  save(): LampState {
    return { isLit: this.isLit };
  }

  switchOn(by: string): string {
    if (!this.#ports.rules.holds('lamp.burns')) return 'Nothing happens.';
    this.isLit = true;
    this.#ports.trace.append('test.lamp.lit', this.name, { by, colour: this.#colour });
    return `It burns ${this.#colour}.`;
  }

  switchOff(by: string): string {
    this.isLit = false;
    this.#ports.trace.append('test.lamp.dark', this.name, { by });
    return 'It is dark.';
  }
}

const LAMP_EVENTS = eventGroup('test.lamp', {
  title: 'Lamps',
  where: 'On the lamp.',
  events: {
    'test.lamp.lit': { fields: ['by', 'colour'], meaning: 'it was switched on and burns' },
    'test.lamp.dark': { fields: ['by'], meaning: 'it was switched off' },
  },
});

const LAMP_NOTICES: NoticeTable = {
  'test.lamp.lit': { by: 'office', text: ({ colour }) => `it burns ${colour}` },
};

const LAMP_ARROWS = arrows({
  'test.lamp.lit': { from: '{by}', to: '{on}', label: 'lights it {colour}', kind: 'people' },
});

/** All that the rooms above know of a lamp. */
export const lampKind = deviceKind({
  name: 'lamp',
  office: (name) => `${name}-keeper`,
  attacks: false,
  linked: false,
  settings: {
    colour: {
      kind: 'choice',
      default: 'white',
      choices: COLOURS,
      summary: 'How it burns',
      source: 'a test',
    },
  },
  rules: LAMP_RULES,
  told: { events: [LAMP_EVENTS], notices: LAMP_NOTICES, arrows: LAMP_ARROWS },
  manual: {
    title: 'Lamp',
    about: 'Typed by its keeper.',
    machines: [
      {
        title: 'Lamp',
        about: 'It burns or it does not.',
        machine: createMachine({
          id: 'lamp',
          initial: 'dark',
          states: { dark: { on: { SWITCH: 'lit' } }, lit: { on: { SWITCH: 'dark' } } },
        }),
      },
    ],
  },
  build({ ports }, { name, settings: { colour } }, kept?: LampState) {
    const lamp = new Lamp(name, ports, colour, kept);
    const console = new Console({
      owner: name,
      title: 'Lamp',
      trace: ports.trace,
      screen: () => [lamp.isLit ? 'lit' : 'dark'],
      commands: [
        command({
          name: 'switch',
          summary: 'Switch it on or off',
          parameters: { to: positional(choice('on', 'off'), 'on or off') },
          examples: ['switch on'],
          run: ({ to }, by) => (to === 'on' ? lamp.switchOn(by) : lamp.switchOff(by)),
        }),
      ],
    });
    return { device: lamp, console, physical: lamp, save: () => lamp.save(), unrest: () => undefined };
  },
});
