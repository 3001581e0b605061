/** The rendezvous server as a kind of device: the links of all phones end at it. */
import { deviceKind, type Standing } from '../kind.ts';
import { crsConsole } from './console.ts';
import { Crs } from './crs.ts';
import type { ReachedCrs } from './reached-crs.ts';

/** What a world, the loader and the documentation know of a CRS. */
export const crsKind = deviceKind({
  name: 'crs',
  standing: 'crs',
  office: 'crs-admin',
  attacks: false,
  linked: false,
  settings: {},
  build({ ports, network, contacts }, { name }): Standing<ReachedCrs> {
    const crs = new Crs(ports, {
      name,
      attachment: network.attach(name),
      nameOf: (number) => contacts.nameOf(number),
    });
    return { device: crs, console: crsConsole(crs, ports.trace), physical: crs };
  },
});
