/** The mobile device management server as a kind of device: it manages every phone that stands when it is built. */
import { handsetKind } from '../handset/kind.ts';
import { deviceKind } from '../kind.ts';
import { mdmConsole } from './console.ts';
import { Mdm } from './mdm.ts';

/** What a world, the loader and the documentation know of an MDM. */
export const mdmKind = deviceKind({
  name: 'mdm',
  standing: 'mdm',
  office: 'mdm-admin',
  attacks: false,
  linked: true,
  settings: {},
  build(premises, { name }) {
    const { ports, network } = premises;
    const mdm = new Mdm(name, ports, network.attach(name), [...premises.ofKind(handsetKind).keys()]);
    return { device: mdm, console: mdmConsole(mdm, ports.trace), physical: mdm };
  },
});
