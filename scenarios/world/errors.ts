/** What can be wrong with asking a world for something. */
import { errorsOf } from '../../sim/errors.ts';

/** The WORLD_ codes with what each means and what to name instead. */
export const WORLD_CODES = {
  WORLD_NO_CONSOLE: {
    summary: 'There is no such device or person.',
    fix: 'Name a device or person of the scenario.',
  },
  WORLD_NO_DIRECTION: {
    summary: 'A line for the network says toward, and not whom.',
    fix: 'Name an end of the link: `hold alice-crs toward crs`.',
  },
  WORLD_SIMULATED_ONLY: {
    summary: 'The scenario needs something that only the simulated network has.',
    fix: 'Simulate it: calldrill run.',
  },
} as const;

/** Makes an error of one of the WORLD_ codes; the fix is that of the table unless another is given. */
export const worldError = errorsOf(WORLD_CODES);
