/** Coverage by room, held against what each room owes. One average over all would let a well-tested room pay for another. */
import { ROOMS } from './source-tree.ts';

/** Per cent of statements and of branches. The edges are held by runs of the whole tool, which counts little here. */
const OWED: Readonly<Record<string, number>> = { sim: 90, network: 90, devices: 90, scenarios: 90 };

interface Count {
  readonly total: number;
  readonly covered: number;
}

/** One file of istanbul's `coverage-summary.json`. */
export interface FileCoverage {
  readonly statements: Count;
  readonly branches: Count;
}

/** The coverage of one top folder; `owed` is the least for both figures, undefined where nothing is owed. */
export interface RoomCoverage {
  readonly room: string;
  /** Per cent, 0..100. */
  readonly statements: number;
  readonly branches: number;
  readonly owed: number | undefined;
  readonly holds: boolean;
}

/** `files` by path relative to the root, with slashes. */
export function coverageOfRooms(files: ReadonlyMap<string, FileCoverage>): readonly RoomCoverage[] {
  return ROOMS.flatMap((room) => {
    const own = [...files].filter(([path]) => path.startsWith(`${room}/`)).map(([, coverage]) => coverage);
    if (own.length === 0) return [];
    const statements = percent(own.map((each) => each.statements));
    const branches = percent(own.map((each) => each.branches));
    const owed = OWED[room];
    return [{ room, statements, branches, owed, holds: Math.min(statements, branches) >= (owed ?? 0) }];
  });
}

function percent(counts: readonly Count[]): number {
  const total = counts.reduce((sum, count) => sum + count.total, 0);
  const covered = counts.reduce((sum, count) => sum + count.covered, 0);
  return total === 0 ? 100 : (100 * covered) / total;
}

/** One line for a log; a room that is below what it owes says BELOW. */
export function lineOf({ room, statements, branches, owed, holds }: RoomCoverage): string {
  const figures = `${room.padEnd(10)} statements ${statements.toFixed(1)} %, branches ${branches.toFixed(1)} %`;
  return owed === undefined ? figures : `${figures}, ${holds ? 'meets' : 'BELOW'} ${owed} %`;
}
