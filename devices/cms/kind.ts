/** The key management system as a kind of device: offline, and its sheets come out into its operator's hands. */
import { deviceKind } from '../kind.ts';
import { DISK_KINDS } from '../hardware/index.ts';
import { SIPS_PORT } from '../signalling/packages.ts';
import { Cms } from './cms.ts';
import { cmsConsole } from './console.ts';
import { CMS_RULES } from './rules.ts';
import { CMS_EVENTS } from './told.ts';
import { cmsMachine } from './machine.ts';
import type { CmsState } from './state.ts';

/** Who sits at a CMS, and takes the sheets out of its printer. */
const operatorOf = (name: string): string => `${name}-operator`;

/** What a world, the loader and the documentation know of a CMS. */
export const cmsKind = deviceKind({
  name: 'cms',
  standing: 'cms',
  several: true,
  office: operatorOf,
  attacks: false,
  linked: false,
  offline: true,
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
      source: 'para-51',
    },
  },
  rules: CMS_RULES,
  told: { events: [CMS_EVENTS] },
  manual: {
    title: 'Key management system (CMS)',
    about: 'Typed by its operator.',
    machines: [{ title: 'CMS', about: 'Its screen and its disc drive.', machine: cmsMachine }],
  },
  build(premises, { name, settings }, kept?: CmsState) {
    const { ports } = premises;
    const { name: account, crs } = premises.accountOfCms(name);
    const cms = new Cms(ports, {
      name,
      account,
      crs: { host: crs, port: SIPS_PORT },
      printed: (paper) => premises.takePaper(paper, operatorOf(name)),
      clockDriftPpm: settings.drift,
      disk: settings.disk,
      kept,
    });
    return {
      device: cms,
      console: cmsConsole(cms, ports.trace),
      physical: cms,
      save: () => cms.save(),
      // It does at once whatever is typed.
      unrest: () => undefined,
    };
  },
});
