/** The pages that are made from the code. */
import { consolePage } from './console-page.ts';
import { errorsPage } from './errors-page.ts';
import { eventsPage } from './events-page.ts';
import { limitsPage } from './limits-page.ts';
import { machinesPage } from './machines-page.ts';
import { parametersPage } from './parameters-page.ts';

export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/console.md': consolePage,
  'docs/errors.md': () => errorsPage(),
  'docs/events.md': eventsPage,
  'docs/limits.md': () => limitsPage(),
  'docs/machines.md': machinesPage,
  'docs/parameters.md': parametersPage,
};
