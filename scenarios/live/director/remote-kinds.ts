/** The kinds of a directed run: where a CRS or a phone would be built, there is only the line to its process. */
import { crsKind } from '../../../devices/crs/kind.ts';
import { handsetKind } from '../../../devices/handset/kind.ts';
import type { DeviceKinds, Standing } from '../../../devices/kind.ts';
import type { ExchangeFolder } from './exchange-folder.ts';
import { RemoteCrs } from './remote-crs.ts';
import type { RemoteDevices } from './remote-devices.ts';
import { RemoteHandset } from './remote-handset.ts';

/** The same kinds, of which those that are processes of their own are reached as `devices`. */
export function remoteKinds(
  kinds: DeviceKinds,
  devices: RemoteDevices,
  exchange: ExchangeFolder,
): DeviceKinds {
  const crs: typeof crsKind = {
    ...crsKind,
    build({ ports }, { name }) {
      const remote = new RemoteCrs(name, devices, exchange, ports.trace);
      return { device: remote, console: remote.console, physical: remote, ...elsewhere(name) };
    },
  };
  const handset: typeof handsetKind = {
    ...handsetKind,
    build({ ports, network }, { name, settings: { owner } }) {
      const user = owner === '' ? name : owner;
      const remote = new RemoteHandset(name, user, devices, exchange, ports.trace);
      network.joinPhone(name);
      return { device: remote, console: remote.console, physical: remote, holder: user, ...elsewhere(name) };
    },
  };
  return kinds.map((kind) => [crs, handset].find(({ name }) => name === kind.name) ?? kind);
}

/** What is another process is not kept by this one. */
function elsewhere(name: string): Pick<Standing<unknown>, 'unrest'> & { readonly save: () => never } {
  const reason = `${name} is a process of its own`;
  const save = (): never => {
    throw new Error(reason);
  };
  return { unrest: () => reason, save };
}
