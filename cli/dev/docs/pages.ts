/** The pages that are made from the code. */
import type { DeviceKinds } from '../../../devices/kind.ts';
import { consolePage } from './console-page.ts';
import { errorsPage } from './errors-page.ts';
import { eventsPage } from './events-page.ts';
import { limitsPage } from './limits-page.ts';
import { machinesPage } from './machines-page.ts';
import { parametersPage } from './parameters-page.ts';

/** Each page by its path, for devices of these kinds. */
export const pagesOf = (kinds: DeviceKinds): Readonly<Record<string, () => string>> => ({
  'docs/console.md': () => consolePage(kinds),
  'docs/errors.md': () => errorsPage(),
  'docs/events.md': () => eventsPage(kinds),
  'docs/limits.md': () => limitsPage(),
  'docs/machines.md': () => machinesPage(kinds),
  'docs/parameters.md': parametersPage,
});
