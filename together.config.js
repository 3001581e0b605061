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
/** A file of tests that waits for something when it is loaded. */
const WAITS = /^(?!async )\S.*\bawait /m;

const read = (path) => readFileSync(path, 'utf8');

const files = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .map((path) => `dist/${path.replaceAll('\\', '/')}`)
  .filter((path) => /^dist\/(?:sim|network|devices|scenarios|reports|cli)\/.*\.test\.js$/.test(path))
  .sort();
/** ava takes no test that is declared after one has begun: who waits before its first has no place in a list. */
const isApart = (file) => APART.some((pattern) => pattern.test(file)) || WAITS.test(read(file));
const together = files.filter((file) => !isApart(file));

const folderOf = (file) => file.split('/').slice(1, -1).slice(0, 2).join('-');
const listOf = (file) => {
  const folder = folderOf(file);
  const size = together.filter((other) => folderOf(other) === folder).length;
  return size < FILES_MIN ? file.split('/')[1] : folder;
};

/** What a module imports from this repository. */
const importsOf = (path) =>
  [...read(path).matchAll(/^(?:import|\}).* from '(\.{1,2}\/[^']+\.js)';$/gm)].map(([, to]) =>
    posix.join(posix.dirname(path), to),
  );

const lineOf = (begin, path, end = '') => `${begin}'${posix.relative(LISTS, path)}'${end};\n`;

mkdirSync(LISTS, { recursive: true });
for (const name of new Set(together.map(listOf))) {
  const tests = together.filter((file) => listOf(file) === name);
  const imports = new Set(tests.flatMap(importsOf));
  const list = `${LISTS}/${name}.fixture.js`;
  writeFileSync(list, tests.map((file) => lineOf('import ', file)).join(''));
  // What tests import may wait when it is loaded. It is loaded first, so that the tests need not.
  const first = [...imports].map((module) => lineOf('await import(', module, ')')).join('');
  writeFileSync(`${LISTS}/${name}.test.js`, `${first}await import('./${name}.fixture.js');\n`);
}

export default {
  ...alone,
  files: [`${LISTS}/*.test.js`, ...files.filter(isApart)],
  // A thread is heard when all its tests that wait for nothing are through, and on a busy machine that takes minutes.
  timeout: '1800s',
  // Who waits for processes begins first: lists fill the time.
  sortTestFiles: (a, b) => Number(a.includes(LISTS)) - Number(b.includes(LISTS)) || (a < b ? -1 : 1),
};
