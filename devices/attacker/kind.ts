/** The attacker as a kind of device: what it taps, whom it controls, and who gives it their keys is what a scenario says of it. */
import { deviceKind } from '../kind.ts';
import { Attacker, type AttackerState } from './attacker.ts';
import { attackerConsole } from './console.ts';
import { stageIn } from './stage-in.ts';
import { ATTACKER_RULES } from './rules.ts';
import { ATTACKER_EVENTS, ATTACKER_NOTICES } from './told.ts';

const SOURCE = 'calldrill';
const NOTHING_CONTROLLED = 'nothing';

/** What a world, the loader and the documentation know of an attacker. */
export const attackerKind = deviceKind({
  name: 'attacker',
  attacks: true,
  linked: true,
  settings: {
    controls: {
      kind: 'text',
      names: 'crs',
      default: NOTHING_CONTROLLED,
      summary: 'The CRS that it controls, or nothing',
      source: SOURCE,
    },
    colludes: {
      kind: 'text',
      names: 'user',
      default: '',
      summary: 'The enrolled user who gives it their keys',
      source: SOURCE,
    },
    records: {
      kind: 'choice',
      default: 'everything',
      choices: ['everything', 'signalling'],
      summary: 'What it keeps of what its taps show: everything, or connections only and no media',
      source: SOURCE,
    },
  },
  rules: ATTACKER_RULES,
  told: { events: [ATTACKER_EVENTS], notices: ATTACKER_NOTICES },
  manual: {
    title: 'Attacker',
    about: 'Beside these, an attacker can type everything that a person can: it has hands too.',
    machines: [],
  },
  build(premises, { name, taps, settings: { controls, colludes, records } }, kept?: AttackerState) {
    const { ports, network } = premises;
    const attacker = new Attacker(ports, {
      name,
      taps: taps.flatMap((each) => network.linkNamed(each) ?? []),
      controls: controls === NOTHING_CONTROLLED ? undefined : controls,
      colludes: colludes === '' ? undefined : colludes,
      records,
      stage: stageIn(premises),
      kept,
    });
    return {
      device: attacker,
      console: attackerConsole(attacker, ports.trace),
      save: () => attacker.save(),
      unrest: () => attacker.unrest,
    };
  },
});
