/** The mobile device management server as a kind of device: it manages every phone that stands when it is built. */
import { handsetKind } from '../handset/kind.ts';
import { deviceKind } from '../kind.ts';
import { mdmConsole } from './console.ts';
import { Mdm, type MdmState } from './mdm.ts';
import { MDM_ARROWS, MDM_EVENTS, MDM_NOTICES } from './told.ts';
import { wipeOrderMachine } from './machine.ts';

/** What a world, the loader and the documentation know of an MDM. */
export const mdmKind = deviceKind({
  name: 'mdm',
  standing: 'mdm',
  office: (name) => `${name}-admin`,
  attacks: false,
  linked: true,
  settings: {},
  rules: {},
  told: { events: [MDM_EVENTS], notices: MDM_NOTICES, arrows: MDM_ARROWS },
  manual: {
    title: 'Mobile device management (MDM)',
    about: 'Typed by its administrator.',
    machines: [
      {
        title: 'Wipe order of the MDM',
        about: 'One order to wipe a phone: it is repeated until the phone acknowledges it.',
        machine: wipeOrderMachine,
      },
    ],
  },
  build(premises, { name }, kept?: MdmState) {
    const { ports, network } = premises;
    const phones = [...premises.ofKind(handsetKind).keys()];
    const mdm = new Mdm(name, ports, network.attach(name), phones, kept);
    return {
      device: mdm,
      console: mdmConsole(mdm, ports.trace),
      physical: mdm,
      // An order that waits for its phone is at rest: its timer is kept too.
      save: () => mdm.save(),
      unrest: () => undefined,
    };
  },
});
