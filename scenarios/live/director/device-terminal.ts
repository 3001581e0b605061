/**
 * The console of a device in the terminal of its process: help, completion and history, from a pipe as well. What the device shows and
 * what is told by itself stands above the line that is being typed.
 */
import { CalldrillError } from '../../../sim/errors.ts';
import { openTerminal, type PersonTerminalOptions } from '../../host/terminal.ts';
import type { StartedDevice } from './device-options.ts';
import { controlError } from './errors.ts';

/** A terminal that a device's console is typed at, and that may end it. */
export interface DeviceTerminal {
  /** Aborted when the person at the terminal ends the device. */
  readonly signal: AbortSignal;
  /** They said so, with `quit`. */
  readonly quit: boolean;
  /** The device is there: lines can be typed on it. */
  attach(device: StartedDevice): void;
  close(): void;
}

type Show = (answer: readonly string[] | CalldrillError) => string;
type Streams = Pick<PersonTerminalOptions, 'input' | 'screen' | 'messages'>;

/** Opens the terminal of the device `name`; `show` puts an answer into the words of this terminal. */
export function deviceTerminal(name: string, streams: Streams, show: Show): DeviceTerminal {
  return new TypedTerminal(name, streams, show);
}

class TypedTerminal implements DeviceTerminal {
  quit = false;
  readonly #name: string;
  readonly #show: Show;
  readonly #controller = new AbortController();
  readonly #terminal: ReturnType<typeof openTerminal>;
  /** What is typed before the device is there, or has answered, waits for it. */
  readonly #waiting: string[] = [];
  #device: StartedDevice | undefined;
  #over = false;
  #busy = true;

  constructor(name: string, streams: Streams, show: Show) {
    this.#name = name;
    this.#show = show;
    this.#terminal = openTerminal({
      ...streams,
      complete: (line) => ({
        offers: this.#device?.console.complete(line) ?? [],
        word: /\S*$/.exec(line)?.[0] ?? '',
      }),
      onLine: (line) => {
        this.#waiting.push(line);
        if (!this.#busy) void this.#goOn();
      },
      onInterrupt: () => {
        this.quit = true;
        this.#end('was interrupted');
      },
      // The end of a pipe is not the end of the device.
      onEnd: () => undefined,
    });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  attach(device: StartedDevice): void {
    this.#device = device;
    this.#terminal.show(this.#show([`${device.console.title} ${this.#name}. Type help, or quit.`]));
    this.#terminal.prompt(`${this.#name}> `);
    void this.#goOn();
  }

  close(): void {
    this.#over = true;
    this.#terminal.close();
  }

  async #goOn(): Promise<void> {
    this.#busy = true;
    for (let line = this.#waiting.shift(); line !== undefined; line = this.#waiting.shift())
      await this.#typed(line.trim());
    this.#busy = false;
  }

  async #typed(line: string): Promise<void> {
    const device = this.#device;
    if (device === undefined || this.#over) return;
    if (line === 'quit') {
      this.quit = this.#over = true;
      return this.#end('was ended at its own terminal');
    }
    const answer = line === '' ? undefined : await answerOf(device, line);
    // It may have ended meanwhile.
    if (this.#over) return;
    if (answer !== undefined) this.#terminal.show(this.#show(answer));
    if (line !== '' && line !== 'screen' && !line.startsWith('help'))
      this.#terminal.show(this.#show(device.console.screen()));
    this.#terminal.prompt(`${this.#name}> `);
  }

  #end(how: string): void {
    this.#controller.abort(controlError('CONTROL_DEVICE_LOST', `${this.#name} ${how}`));
  }
}

async function answerOf(device: StartedDevice, line: string): Promise<readonly string[] | CalldrillError> {
  try {
    const [word, ...rest] = line.split(/\s+/);
    if (word === 'help') return device.console.help(rest[0]);
    if (word === 'screen') return device.console.screen();
    return await device.type(line);
  } catch (error) {
    if (error instanceof CalldrillError) return error;
    throw error;
  }
}
