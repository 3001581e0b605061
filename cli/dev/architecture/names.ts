/**
 * One name means one thing: a type that others can import is declared in one file only, so that a reader who meets its name
 * somewhere else needs no second look at the imports.
 */
import { isTest, type Check } from './check.ts';
import { measuringCheck, type Exceptions } from './exceptions.ts';
import { syntaxOf } from './syntax.ts';

/** By name: how many files declare it. */
const SHARED_NAMES: Exceptions = {};

/** That no exported type has a namesake in another file; what only a test declares is its own affair. */
export const NAME_CHECK: Check = measuringCheck({
  name: 'an exported type is declared in one file only: one name means one thing',
  exceptions: SHARED_NAMES,
  measure: (files, all) => {
    const places = new Map<string, { readonly paths: Set<string>; exported: boolean }>();
    for (const file of all) {
      if (isTest(file.path)) continue;
      for (const { name, exported } of syntaxOf(file).types) {
        const place = places.get(name) ?? { paths: new Set(), exported: false };
        place.paths.add(file.path);
        place.exported ||= exported;
        places.set(name, place);
      }
    }
    return files
      .filter(({ path }) => !isTest(path))
      .flatMap((file) =>
        syntaxOf(file).types.flatMap(({ name, line }) => {
          const place = places.get(name);
          if (place?.exported !== true) return [];
          return [
            {
              path: file.path,
              line,
              row: name,
              amount: place.paths.size,
              limit: 1,
              what: `files declare ${name} (${[...place.paths].join(', ')})`,
            },
          ];
        }),
      );
  },
  canaries: [
    { path: 'network/canary.ts', text: 'export class Trace {}\n' },
    { path: 'devices/canary.ts', text: 'interface SourceFile {}\n' },
    { path: 'scenarios/canary.ts', text: 'type World = 1;\n' },
  ],
});
