/**
 * The console of a device in the terminal of its process: help, completion and history, from a pipe as well. What the device shows and
 * what is told by itself stands above the line that is being typed.
 */
import { CalldrillError } from '../../../sim/errors.ts';
import type { Console } from '../../../devices/console/index.ts';
import { openTerminal, type TerminalOptions } from '../terminal.ts';
import { controlError } from './errors.ts';

export interface DeviceTerminal {
  /** Aborted when the person at the terminal ends the device. */
  readonly signal: AbortSignal;
  /** They said so, with `quit`. */
  readonly quit: boolean;
  /** The device is there: lines can be typed on it. */
  attach(device: { readonly console: Console; type(line: string): readonly string[] }): void;
  close(): void;
}

type Show = (answer: readonly string[] | CalldrillError) => string;

export function deviceTerminal(
  name: string,
  streams: Pick<TerminalOptions, 'input' | 'screen' | 'messages'>,
  show: Show,
): DeviceTerminal {
  const controller = new AbortController();
  const state: { quit: boolean; device?: Parameters<DeviceTerminal['attach']>[0]; waiting: string[] } = {
    quit: false,
    waiting: [],
  };
  const typed = (line: string): void => {
    const { device } = state;
    // What a pipe brings before the device is there waits for it.
    if (device === undefined) return void state.waiting.push(line);
    const words = line.trim();
    if (words === 'quit') {
      state.quit = true;
      return controller.abort(controlError('CONTROL_DEVICE_LOST', `${name} was ended at its own terminal`));
    }
    if (words !== '') terminal.show(show(answerOf(device, words)));
    if (words !== '' && words !== 'screen' && !words.startsWith('help'))
      terminal.show(show(device.console.screen()));
    terminal.prompt(`${name}> `);
  };
  const terminal = openTerminal({
    ...streams,
    complete: (line) => ({
      offers: state.device?.console.complete(line) ?? [],
      word: /\S*$/.exec(line)?.[0] ?? '',
    }),
    onLine: typed,
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
      for (const line of state.waiting.splice(0)) typed(line);
    },
    close: () => terminal.close(),
  };
}

function answerOf(
  device: Parameters<DeviceTerminal['attach']>[0],
  line: string,
): readonly string[] | CalldrillError {
  try {
    const [word, ...rest] = line.split(/\s+/);
    if (word === 'help') return device.console.help(rest[0]);
    if (word === 'screen') return device.console.screen();
    return device.type(line);
  } catch (error) {
    if (error instanceof CalldrillError) return error;
    throw error;
  }
}
