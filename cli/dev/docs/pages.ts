/** The pages that are made from the code. */
import { readFileSync } from 'node:fs';
import type { DeviceKinds } from '../../../devices/kind.ts';
import { architecturePage } from './architecture-page.ts';
import { consolePage } from './console-page.ts';
import { deploymentPage } from './deployment-page.ts';
import { errorsPage } from './errors-page.ts';
import { eventsPage } from './events-page.ts';
import { limitsPage } from './limits-page.ts';
import { machinesPage } from './machines-page.ts';
import { parametersPage } from './parameters-page.ts';
import { roomsPicture } from './rooms-picture.ts';

/** Each page by its path, for devices of these kinds. */
export const pagesOf = (kinds: DeviceKinds): Readonly<Record<string, () => string>> => ({
  'docs/architecture.md': () => architecturePage(readFileSync('docs/architecture.md', 'utf8')),
  'docs/console.md': () => consolePage(kinds),
  'docs/deployment.md': () => deploymentPage(readFileSync('docs/deployment.md', 'utf8')),
  'docs/errors.md': () => errorsPage(),
  'docs/events.md': () => eventsPage(kinds),
  'docs/limits.md': () => limitsPage(),
  'docs/machines.md': () => machinesPage(kinds),
  'docs/parameters.md': parametersPage,
  'docs/pictures/rooms.svg': roomsPicture,
});
