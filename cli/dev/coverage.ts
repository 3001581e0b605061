/**
 * `npm run coverage`: the tests with coverage, then the coverage of each room; fails when one is below what it owes. The tests that run
 * whole commands of the documentation are left out: they take long, and reach nothing that others do not.
 *
 * `--measured` runs nothing: it judges what `NODE_V8_COVERAGE=coverage/tmp npm test` has left, for whoever runs the tests anyway.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { coverageOfRooms, lineOf, type FileCoverage } from './coverage-rooms.ts';
import { givenTo, readOptions } from './script-options.ts';

/** By the lists of `together.config.js`, as in `npm test`, and those that have workers of their own. */
const TESTS = [
  'dist/together/{sim,network,devices,scenarios,reports,cli-commands}*.test.js',
  'dist/{sim,network,devices,scenarios,reports}/**/*.test.js',
  'dist/cli/commands/*.test.js',
];

/** The exit status of the tests, or of the report of a run that was measured. */
function measure(isMeasured: boolean): number {
  const c8 = fileURLToPath(import.meta.resolve('c8/bin/c8.js'));
  const words = isMeasured ? ['report'] : ['ava', '--config', 'together.config.js', ...TESTS];
  return spawnSync(process.execPath, [c8, ...words], { stdio: 'inherit' }).status ?? 1;
}

function judge(): void {
  const summary = JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8')) as Record<
    string,
    FileCoverage
  >;
  const files = new Map(
    Object.entries(summary).map(([path, coverage]) => [
      relative(process.cwd(), path).split(sep).join('/'),
      coverage,
    ]),
  );
  const rooms = coverageOfRooms(files);
  process.stdout.write(`${rooms.map(lineOf).join('\n')}\n`);
  if (rooms.some(({ holds }) => !holds)) process.exitCode = 1;
}

const SCRIPT = {
  name: 'coverage',
  summary: 'Runs the tests with coverage, and fails when a room has less than it owes.',
  options: { measured: { type: 'boolean', default: false } },
  usage: '[--measured]',
} as const;
const given = givenTo(process, readOptions(SCRIPT, process.argv.slice(2)));
if (given !== undefined) {
  process.exitCode = measure(given.measured);
  if (process.exitCode === 0) judge();
}
