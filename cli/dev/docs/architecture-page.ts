/** The tables of rooms in `docs/architecture.md`, from the data that the imports are held to. The rest of that page is written by hand. */
import { isEdgePlace, MODELS, ROOMS, SCENARIO_ROOMS, type Room } from '../architecture/rooms.ts';
import { table, withTables } from './markdown.ts';

/** What a room of the table may import, in words. */
function importsOf(name: string, { imports }: Room): string {
  if (imports.length === 0) return 'nothing';
  if (name === 'interop') return 'everything';
  const known = Object.keys(ROOMS);
  if (known.slice(known.indexOf(name) + 1).every((room) => imports.includes(room)) && name === 'cli')
    return 'everything below';
  return imports
    .flatMap((room) =>
      name === 'reports' && room === 'scenarios' ? MODELS.map((path) => `\`${path}\``) : [`\`${room}\``],
    )
    .join(', ');
}

const TABLES: Readonly<Record<string, () => string>> = {
  rooms: () =>
    table(
      ['Room', 'What lives there', 'May import'],
      Object.entries(ROOMS).map(([name, room]) => [`\`${name}/\``, room.what, importsOf(name, room)]),
    ),
  'rooms of the scenarios': () =>
    table(
      ['Room', 'What lives there', 'May import of the others'],
      Object.entries(SCENARIO_ROOMS).map(([name, { what, imports }]) => [
        `\`scenarios/${name}/\`${isEdgePlace(`scenarios/${name}`) ? ' (edge)' : ''}`,
        what,
        imports.length === 0 ? 'none' : imports.map((room) => `\`${room}\``).join(', '),
      ]),
    ),
};

/** The page as it is, with its tables made anew between their marks. */
export function architecturePage(written: string): string {
  return withTables(written, TABLES);
}
