/**
 * The configuration of `npm test`: the tests of a folder run together, in one worker. To start a worker and to load the program into it
 * takes longer than most files of tests do, and what one file has compiled and worked out is there for the next.
 *
 * What a worker is given is a list of imports, written here from what was built, so that no file can be forgotten. One file by itself
 * is run by ava.config.js: `npx ava dist/sim/clock.test.js`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import alone from './ava.config.js';

const LISTS = 'dist/together';
/** A folder with fewer files goes with the others of its room. */
const FILES_MIN = 5;
/**
 * In workers of their own: what starts processes, keeps real time or is measured would be in the way of others in one thread, and they of
 * it; and what puts something in the place of a module that all share.
 */
const APART = [
  /^dist\/cli\/(?:main|docs|determinism)\./,
  /^dist\/cli\/commands\/(?:device|director|hang-up|live|play-process)\./,
  /^dist\/cli\/dev\/(?:mutate\/trial|soak\/slow-disk)\./,
  /^dist\/devices\/(?:crs\/registering\.bench|handset\/(?:media|message)-cryptography)\./,
  /^dist\/network\/live\/(?:clock|ending|live-fabric|reach|secure-stream|socket-pool)\./,
  /^dist\/scenarios\/live\/(?:live-run|director\/(?:attendance|control|control-line|device-process|kept-file))\./,
  /^dist\/scenarios\/host\/(?:run-log|thread-pool)\./,
];
/** A module that waits for something when it is loaded. */
const WAITS = /^(?!async )\S.*\bawait /m;

const read = (path) => readFileSync(path, 'utf8');
const waits = (path) => WAITS.test(read(path));

const files = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .map((path) => `dist/${path.replaceAll('\\', '/')}`)
  .filter((path) => /^dist\/(?:sim|network|devices|scenarios|reports|cli)\/.*\.test\.js$/.test(path))
  .sort();
/** ava takes no test that is declared after one has begun: who waits before its first has no place in a list. */
const isApart = (file) => APART.some((pattern) => pattern.test(file)) || waits(file);
const together = files.filter((file) => !isApart(file));

const folderOf = (file) => file.split('/').slice(1, -1).slice(0, 2).join('-');
const listOf = (file) => {
  const folder = folderOf(file);
  const size = together.filter((other) => folderOf(other) === folder).length;
  return size < FILES_MIN ? file.split('/')[1] : folder;
};

/** Adds the modules that a module imports, with all that those import. */
function reach(path, reached) {
  for (const [, to] of read(path).matchAll(/^(?:import|export|\}).* from '(\.{1,2}\/[^']+\.js)';$/gm)) {
    const module = posix.join(posix.dirname(path), to);
    if (reached.has(module)) continue;
    reached.add(module);
    reach(module, reached);
  }
}

const lineOf = (begin, path, end = '') => `${begin}'${posix.relative(LISTS, path)}'${end};\n`;

mkdirSync(LISTS, { recursive: true });
for (const name of new Set(together.map(listOf))) {
  const tests = together.filter((file) => listOf(file) === name);
  const reached = new Set();
  for (const file of tests) reach(file, reached);
  const list = `${LISTS}/${name}.fixture.js`;
  writeFileSync(list, tests.map((file) => lineOf('import ', file)).join(''));
  // What has waited already lets nobody wait.
  const first = [...reached]
    .filter(waits)
    .map((module) => lineOf('await import(', module, ')'))
    .join('');
  writeFileSync(`${LISTS}/${name}.test.js`, `${first}await import('./${name}.fixture.js');\n`);
}

export default {
  ...alone,
  files: [`${LISTS}/*.test.js`, ...files.filter(isApart)],
  // Who waits for processes begins first: lists fill the time.
  sortTestFiles: (a, b) => Number(a.includes(LISTS)) - Number(b.includes(LISTS)) || (a < b ? -1 : 1),
};
