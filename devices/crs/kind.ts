/** The rendezvous server as a kind of device: the links of its users' phones end at it. */
import { DISK_KINDS } from '../hardware/index.ts';
import { deviceKind, type Standing } from '../kind.ts';
import { crsConsole } from './console.ts';
import { Crs } from './crs.ts';
import type { RunningCrsState } from './running-state.ts';
import type { ReachedCrs } from './reached-crs.ts';
import { CRS_RULES } from './rules.ts';
import { CRS_ARROWS, CRS_EVENTS } from './told.ts';
import { routedCallMachine } from './machine.ts';

/** What a world, the loader and the documentation know of a CRS. */
export const crsKind = deviceKind({
  name: 'crs',
  standing: 'crs',
  several: true,
  office: (name) => `${name}-admin`,
  attacks: false,
  linked: false,
  settings: {
    drift: {
      kind: 'integer',
      default: 0,
      min: -100_000,
      max: 100_000,
      summary: 'Parts per million by which its clock runs fast; negative when slow',
      source: 'calldrill',
    },
    disk: {
      kind: 'choice',
      default: 'ssd',
      choices: DISK_KINDS,
      summary: 'What its disk is made of: flash, or magnetic platters',
      source: 'calldrill',
    },
  },
  rules: CRS_RULES,
  told: { events: [CRS_EVENTS], arrows: CRS_ARROWS },
  manual: {
    title: 'Rendezvous server (CRS)',
    about: 'Typed by its administrator.',
    machines: [
      {
        title: 'Call through the CRS',
        about: 'One call as the server sees it: a dialog with each handset, and a relay between them.',
        machine: routedCallMachine,
      },
    ],
  },
  build(
    { ports, network, contacts },
    { name, settings },
    kept?: RunningCrsState,
  ): Standing<ReachedCrs, RunningCrsState> {
    const crs = new Crs(ports, {
      name,
      attachment: network.attach(name),
      nameOf: (number) => contacts.nameOf(number),
      countryOf: (host) => network.countryOf(host),
      clockDriftPpm: settings.drift,
      disk: settings.disk,
      kept,
    });
    return {
      device: crs,
      console: crsConsole(crs, ports.trace, ports.rules),
      physical: crs,
      save: () => crs.save(),
      unrest: () => crs.unrest,
    };
  },
});
