/** The picture of the rooms does not flatter: what it shows is what the checks let through. */
import test from 'ava';
import { dirname, posix } from 'node:path';
import { architecturePage } from '../docs/architecture-page.ts';
import { roomsPicture } from '../docs/rooms-picture.ts';
import { IMPORT_CHECKS } from './imports.ts';
import { accessOf, MODELS, PLACES, type Access } from './rooms.ts';

/** Whether the checks let a file of one room import a file. */
function isLet(from: string, to: string): boolean {
  const path = `${from}/planted.ts`;
  const file = { path, text: `import { x } from '${posix.relative(dirname(path), to)}';\n` };
  return IMPORT_CHECKS.every((check) => check.violations([file], [file]).length === 0);
}

/** A file that is for a reader of some files only, in a room. */
function someFileOf(from: string, to: string): string {
  return from === 'reports' ? (MODELS.find((path) => path.startsWith(`${to}/`)) ?? '') : `${to}/events.ts`;
}

test('what the picture says of two rooms is what the checks do', (t) => {
  const counted: Record<Access, number> = { all: 0, some: 0, none: 0 };
  for (const from of PLACES)
    for (const to of PLACES.filter((place) => place !== from)) {
      const access = accessOf(from, to);
      counted[access]++;
      t.is(isLet(from, `${to}/planted.ts`), access === 'all', `${from} > ${to}`);
      if (access === 'some') t.true(isLet(from, someFileOf(from, to)), `${from} > ${to}`);
    }
  t.true(counted.all > 50 && counted.some >= 3 && counted.none > 90);
});

test('every room stands above those that it may import', (t) => {
  for (const from of PLACES)
    for (const to of PLACES)
      if (accessOf(from, to) !== 'none') t.true(PLACES.indexOf(from) < PLACES.indexOf(to), `${from} > ${to}`);
});

test('the picture has a row, a column and a mark for each', (t) => {
  const picture = roomsPicture();
  const marks = PLACES.flatMap((from) => PLACES.filter((to) => accessOf(from, to) !== 'none'));
  // Two more are in the legend.
  t.is(picture.split('<circle').length - 1, marks.length + 2);
  for (const place of PLACES) t.true(picture.includes(`>${place.replace('scenarios/', '')}/<`), place);
});

test('a page without a place for a table is refused', (t) => {
  t.throws(() => architecturePage('# Architecture\n'));
});
