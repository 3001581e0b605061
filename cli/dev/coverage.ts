/** The end of `npm run coverage`: prints the coverage of each room and fails when one is below what it owes. */
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { coverageOfRooms, lineOf, type FileCoverage } from './coverage-rooms.ts';

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
