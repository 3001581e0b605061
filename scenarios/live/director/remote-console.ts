/** The console of a device of another process. What is typed here is typed there; the device's own trace has it. */
import { CalldrillError } from '../../../sim/errors.ts';
import type { Trace } from '../../../sim/trace.ts';
import { Console, type Reply } from '../../../devices/console/index.ts';
import type { RemoteDevices } from './remote-devices.ts';

/** Blocks until the device has answered, so whoever types here sees a reply or an error as from a local console. */
export class RemoteConsole extends Console {
  readonly #devices: RemoteDevices;
  readonly #trace: Trace;

  constructor(owner: string, devices: RemoteDevices, trace: Trace) {
    super({ owner, title: 'A device', trace, commands: [], screen: () => devices.ask(owner, 'screen') });
    this.#devices = devices;
    this.#trace = trace;
  }

  override type(line: string, by: string): Reply {
    const before = this.#trace.events.length;
    try {
      return this.#devices.ask(this.owner, 'type', by, line);
    } catch (error) {
      // A device that is there has written it down itself; one that dies may have got as far as the line.
      if (error instanceof CalldrillError && error.code.startsWith('CONTROL_DEVICE_')) {
        const told = this.#trace.events
          .slice(before)
          .findLast((event) => event.type === 'console.typed' && event.on === this.owner);
        const typed = told?.n ?? this.#trace.append('console.typed', this.owner, { by, line });
        const { code, message } = error;
        this.#trace.append('console.refused', this.owner, { code, message }, typed);
      }
      throw error;
    }
  }

  override help(name = ''): Reply {
    return this.#devices.ask(this.owner, 'help', name);
  }

  override complete(line: string): readonly string[] {
    return this.#devices.ask(this.owner, 'complete', line);
  }
}
