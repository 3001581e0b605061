/** `docs/machines.md`: the statecharts of the devices, drawn from the machines that run. */
import type { DeviceKinds } from '../../../devices/kind.ts';
import { diagramOf } from './machine-diagram.ts';
import { page } from './markdown.ts';

/** The page of devices of these kinds. */
export function machinesPage(kinds: DeviceKinds): string {
  const machines = kinds.flatMap(({ manual }) => manual.machines);
  return page(
    'Statecharts',
    'Each diagram is made from the machine that runs. On an arrow: the event, `[guard]`, `/ actions`. An arrow without an ' +
      'event is taken at once, the first whose guard holds.',
    ...machines.flatMap(({ title, about, machine }) => [`## ${title}`, about, diagramOf(machine.config)]),
  );
}
