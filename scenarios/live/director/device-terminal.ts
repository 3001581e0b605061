/**
 * The console of a device in the terminal of its process: help, completion and history, from a pipe as well. What the device shows and
 * what is told by itself stands above the line that is being typed.
 */
import { CalldrillError } from '../../../sim/errors.ts';
import { openTerminal, type PersonTerminalOptions } from '../../host/terminal.ts';
import type { StartedDevice } from './device-process.ts';
import { controlError } from './errors.ts';

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

export function deviceTerminal(
  name: string,
  streams: Pick<PersonTerminalOptions, 'input' | 'screen' | 'messages'>,
  show: Show,
): DeviceTerminal {
  const controller = new AbortController();
  const state: { quit: boolean; over: boolean; busy: boolean; device?: StartedDevice } = {
    quit: false,
    over: false,
    busy: true,
  };
  /** What is typed before the device is there, or has answered, waits for it. */
  const waiting: string[] = [];
  const goOn = async (): Promise<void> => {
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) await typed(line.trim());
    state.busy = false;
  };
  const typed = async (line: string): Promise<void> => {
    const { device } = state;
    if (device === undefined || state.over) return;
    if (line === 'quit') {
      state.quit = state.over = true;
      return controller.abort(controlError('CONTROL_DEVICE_LOST', `${name} was ended at its own terminal`));
    }
    const answer = line === '' ? undefined : await answerOf(device, line);
    // It may have ended meanwhile.
    if (state.over) return;
    if (answer !== undefined) terminal.show(show(answer));
    if (line !== '' && line !== 'screen' && !line.startsWith('help'))
      terminal.show(show(device.console.screen()));
    terminal.prompt(`${name}> `);
  };
  const terminal = openTerminal({
    ...streams,
    complete: (line) => ({
      offers: state.device?.console.complete(line) ?? [],
      word: /\S*$/.exec(line)?.[0] ?? '',
    }),
    onLine: (line) => {
      waiting.push(line);
      if (state.busy) return;
      state.busy = true;
      void goOn();
    },
    onInterrupt: () => {
      state.quit = true;
      controller.abort(controlError('CONTROL_DEVICE_LOST', `${name} was interrupted`));
    },
    // The end of a pipe is not the end of the device.
    onEnd: () => undefined,
  });
  return {
    signal: controller.signal,
    get quit() {
      return state.quit;
    },
    attach(device) {
      state.device = device;
      terminal.show(show([`${device.console.title} ${name}. Type help, or quit.`]));
      terminal.prompt(`${name}> `);
      void goOn();
    },
    close() {
      state.over = true;
      terminal.close();
    },
  };
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
