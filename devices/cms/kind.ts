/** The key management system as a kind of device: offline, and its sheets come out into its operator's hands. */
import { deviceKind } from '../kind.ts';
import { SIPS_PORT } from '../signalling/packages.ts';
import { Cms } from './cms.ts';
import { cmsConsole } from './console.ts';

const OPERATOR = 'cms-operator';

/** What a world, the loader and the documentation know of a CMS. */
export const cmsKind = deviceKind({
  name: 'cms',
  standing: 'cms',
  office: OPERATOR,
  attacks: false,
  linked: false,
  offline: true,
  settings: {},
  build(premises, { name }) {
    const { ports } = premises;
    const cms = new Cms(ports, {
      name,
      account: 'hq',
      crs: { host: 'crs', port: SIPS_PORT },
      printed: (paper) => premises.takePaper(paper, OPERATOR),
    });
    return { device: cms, console: cmsConsole(cms, ports.trace), physical: cms };
  },
});
