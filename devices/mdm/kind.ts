/** The mobile device management server as a kind of device: it manages every phone that stands when it is built. */
import { handsetKind } from '../handset/kind.ts';
import { deviceKind } from '../kind.ts';
import { mdmConsole } from './console.ts';
import { Mdm, type MdmState } from './mdm.ts';
import { MDM_ARROWS, MDM_EVENTS, MDM_NOTICES } from './told.ts';
import { orderMachine } from './machine.ts';
import { MDM_RULES } from './rules.ts';

/** What a world, the loader and the documentation know of an MDM. */
export const mdmKind = deviceKind({
  name: 'mdm',
  standing: 'mdm',
  office: (name) => `${name}-admin`,
  attacks: false,
  linked: true,
  settings: {},
  rules: MDM_RULES,
  told: { events: [MDM_EVENTS], notices: MDM_NOTICES, arrows: MDM_ARROWS },
  manual: {
    title: 'Mobile device management (MDM)',
    about: 'Typed by its administrator.',
    machines: [
      {
        title: 'Order of the MDM',
        about:
          'One order to a phone, to wipe itself, to say what it runs or to keep to a policy: it is repeated until the phone answers.',
        machine: orderMachine,
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
