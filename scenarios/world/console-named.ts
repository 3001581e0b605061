/** Finding the console that somebody names. */
import type { Console } from '../../devices/console/index.ts';
import { worldError } from './errors.ts';

/** The console of a device or person. Errors: WORLD_NO_CONSOLE, with the names that there are. */
export function consoleNamed(consoles: ReadonlyMap<string, Console>, name: string): Console {
  const console = consoles.get(name);
  if (console !== undefined) return console;
  throw worldError('WORLD_NO_CONSOLE', `there is no device or person '${name}'`, {
    fix: `There are: ${[...consoles.keys()].join(', ')}.`,
  });
}
