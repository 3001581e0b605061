/** The director's own console: who is there, and the hand that cuts a device's power and gives it back. */
import { CalldrillError } from '../../../sim/errors.ts';
import { openTerminal, type PersonTerminalOptions } from '../../host/terminal.ts';
import type { DirectorHand } from './director-options.ts';
import { controlError } from './errors.ts';

const HELP: readonly string[] = [
  'devices           who is there, where, and how far their clocks are apart',
  'screen <device>   what it shows',
  'kill <device>     end its process at once, as a power cut would',
  'restart <device>  start its process again, with its state',
  'quit              end the run; nothing is written',
];

/** The prompt of a director; its commands are refused with CONTROL_COMMAND until a hand is attached. */
export interface DirectorTerminal {
  tell(text: string): void;
  attach(hand: DirectorHand): void;
  close(): void;
}

/** Opens the prompt at once. `quit` and an interrupt call `onQuit`; when the input ends, the attached hand leaves. */
export function directorTerminal(
  streams: Pick<PersonTerminalOptions, 'input' | 'screen' | 'messages'>,
  onQuit: () => void,
): DirectorTerminal {
  let hand: DirectorHand | undefined;
  let ended = false;
  const prompt = (): void => {
    if (!ended) terminal.prompt('director> ');
  };
  const terminal = openTerminal({
    ...streams,
    complete: (line) => completed(line, hand),
    onLine: (line) => {
      if (line.trim() === 'quit') return onQuit();
      for (const shown of answerOf(line, hand)) terminal.show(`${shown}\n`);
      prompt();
    },
    onInterrupt: onQuit,
    onEnd: () => {
      ended = true;
      hand?.leave();
    },
  });
  return {
    tell(text) {
      terminal.show(`${text}\n`);
    },
    attach(given) {
      hand = given;
      if (ended) hand.leave();
      prompt();
    },
    close: () => terminal.close(),
  };
}

function answerOf(line: string, hand: DirectorHand | undefined): readonly string[] {
  const [word = '', device = ''] = line.trim().split(/\s+/);
  try {
    if (word === '') return [];
    if (word === 'help') return HELP;
    if (hand === undefined) throw controlError('CONTROL_COMMAND', 'the devices are not there yet');
    if (word === 'devices') return hand.devices();
    if (word === 'screen') return hand.screen(device);
    if (word === 'kill') return [hand.kill(device)];
    if (word === 'restart') return [hand.restart(device)];
    throw controlError('CONTROL_COMMAND', `there is no command '${word}'`);
  } catch (error) {
    if (!(error instanceof CalldrillError)) throw error;
    return [`refused ${error.code}: ${error.message}`, `  fix: ${error.fix}`];
  }
}

function completed(
  line: string,
  hand: DirectorHand | undefined,
): { offers: readonly string[]; word: string } {
  const word = /\S*$/.exec(line)?.[0] ?? '';
  const first = line.trimStart() === word;
  const names = (hand?.devices() ?? []).map((each) => each.split(':')[0] ?? '');
  const offers = first ? ['devices', 'screen', 'kill', 'restart', 'help', 'quit'] : names;
  return { offers: offers.filter((each) => each.startsWith(word)), word };
}
