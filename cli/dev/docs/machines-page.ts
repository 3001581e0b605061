/** `docs/machines.md`: the statecharts of the devices, drawn from the configs that run. */
import { cmsMachine } from '../../../devices/cms/machine.ts';
import { routedCallMachine } from '../../../devices/crs/machine.ts';
import { firewallMachine } from '../../../devices/firewall/machine.ts';
import { handsetMachine } from '../../../devices/handset/machine.ts';
import { wipeOrderMachine } from '../../../devices/mdm/machine.ts';
import { diagramOf, type StateConfig } from './machine-diagram.ts';
import { page } from './markdown.ts';

const MACHINES: readonly { readonly title: string; readonly about: string; readonly config: StateConfig }[] =
  [
    {
      title: 'Handset',
      about: 'The app on a phone. Once enrolled, its service and its line go on side by side.',
      config: handsetMachine.config,
    },
    {
      title: 'Call through the CRS',
      about: 'One call as the server sees it: a dialog with each handset, and a relay between them.',
      config: routedCallMachine.config,
    },
    { title: 'CMS', about: 'Its screen and its disc drive.', config: cmsMachine.config },
    { title: 'Firewall', about: 'It fails closed.', config: firewallMachine.config },
    {
      title: 'Wipe order of the MDM',
      about: 'One order to wipe a phone: it is repeated until the phone acknowledges it.',
      config: wipeOrderMachine.config,
    },
  ];

export function machinesPage(): string {
  return page(
    'Statecharts',
    'Each diagram is made from the machine that runs. On an arrow: the event, `[guard]`, `/ actions`. An arrow without an ' +
      'event is taken at once, the first whose guard holds.',
    ...MACHINES.flatMap(({ title, about, config }) => [`## ${title}`, about, diagramOf(config)]),
  );
}
