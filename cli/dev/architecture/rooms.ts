/**
 * The rooms and who may import whom, as data: the checks hold every file to it, and the picture and the tables of
 * `docs/architecture.md` are made from it. Dependencies point one way only.
 */
import { isEdge } from './check.ts';

/** One room, with what lives there and the other rooms that it may import. */
export interface Room {
  readonly what: string;
  readonly imports: readonly string[];
}

/** The rooms by their folder, from the top. */
export const ROOMS: Readonly<Record<string, Room>> = {
  interop: {
    what: "tests with independent peers: other people's SRTP, ECCSI and SAKKE; not shipped",
    imports: ['cli', 'reports', 'scenarios', 'devices', 'network', 'sim'],
  },
  cli: {
    what: "the command line, one file per command, and the developers' scripts (`cli/dev/`)",
    imports: ['reports', 'scenarios', 'devices', 'network', 'sim'],
  },
  reports: { what: 'pure renderers of a finished run', imports: ['scenarios', 'sim'] },
  scenarios: {
    what: 'the screenplay language, the catalogue, worlds, runs, verdicts',
    imports: ['devices', 'network', 'sim'],
  },
  devices: {
    what: 'handset, CMS, CRS, firewall, MDM, attacker, and the parts they are made of',
    imports: ['network', 'sim'],
  },
  network: { what: 'everything on the wire: fabrics, links, and the protocols', imports: ['sim'] },
  sim: { what: 'virtual time, chance, the trace, errors, secrets', imports: [] },
};

/** The rooms inside the scenarios, from the top; what they may import of each other. */
export const SCENARIO_ROOMS: Readonly<Record<string, Room>> = {
  live: {
    what: 'live runs on real sockets; devices as processes',
    imports: ['host', 'exercises', 'runs', 'evidence', 'world', 'deployment', 'language', 'catalogue'],
  },
  host: {
    what: 'files, threads, terminals, assets',
    imports: ['exercises', 'runs', 'evidence', 'world', 'deployment', 'language', 'catalogue'],
  },
  exercises: {
    what: 'rehearsals',
    imports: ['runs', 'evidence', 'world', 'deployment', 'language', 'catalogue'],
  },
  runs: {
    what: 'a performance, a suite',
    imports: ['evidence', 'world', 'deployment', 'language', 'catalogue'],
  },
  evidence: {
    what: 'the model of a finished run, verdicts, exposure, drift: pure functions of a trace',
    imports: ['deployment', 'language', 'catalogue'],
  },
  world: {
    what: 'the world of a run: its devices, links, people and things, and the examiner',
    imports: ['language', 'catalogue'],
  },
  deployment: {
    what: 'the deployment file: what an organisation has decided and recorded',
    imports: ['language', 'catalogue'],
  },
  language: { what: 'the screenplay language; nothing that runs', imports: ['catalogue'] },
  catalogue: { what: 'the shipped scenarios and the clauses, as data', imports: [] },
};

/** Top rooms that a room of the scenarios may import, where that is less than the scenarios may. */
export const SCENARIO_OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  // Pure functions of a trace: no device, no packet, no world, of which it knows the types of events.
  evidence: ['sim'],
  // Nothing but the strict reading of its own data.
  catalogue: ['sim'],
};

/** Rooms of the scenarios that may import the types of events (`events.ts`) from wherever they are declared. */
export const READERS_OF_EVENTS: readonly string[] = ['evidence'];

/** The files of the scenarios that reports know: the models of a finished run, and of what differs between two. */
export const MODELS: readonly string[] = [
  'scenarios/evidence/model.ts',
  'scenarios/evidence/comparison/model.ts',
  'scenarios/evidence/custody/model.ts',
  'scenarios/evidence/drift/model.ts',
  'scenarios/evidence/procedures/model.ts',
  'scenarios/evidence/score/model.ts',
];

/** How much of a room another may import: every file, some that are named, or none. */
export type Access = 'all' | 'some' | 'none';

/** The innermost rooms from the top: where a file can live. Those of the scenarios are called `scenarios/<room>`. */
export const PLACES: readonly string[] = Object.keys(ROOMS).flatMap((room) =>
  room === 'scenarios' ? Object.keys(SCENARIO_ROOMS).map((inner) => `scenarios/${inner}`) : [room],
);

/** What lives in a place. */
export function purposeOf(place: string): string {
  const [room = '', inner] = place.split('/');
  return (inner === undefined ? ROOMS[room] : SCENARIO_ROOMS[inner])?.what ?? '';
}

/** Whether clocks, files, sockets and threads may be met there. */
export function isEdgePlace(place: string): boolean {
  return isEdge(`${place}/any.ts`);
}

/** What the checks let a file of one place import of another. */
export function accessOf(from: string, to: string): Access {
  const [room = '', inner = ''] = from.split('/');
  const [other = '', innerOther = ''] = to.split('/');
  if (from === to) return 'none';
  if (room === 'scenarios' && other === 'scenarios')
    return SCENARIO_ROOMS[inner]?.imports.includes(innerOther) === true ? 'all' : eventsOf(inner, to);
  if (ROOMS[room]?.imports.includes(other) !== true) return 'none';
  if (room === 'reports' && other === 'scenarios')
    return MODELS.some((path) => path.startsWith(`${to}/`)) ? 'some' : 'none';
  if (SCENARIO_OUTSIDE[inner]?.includes(other) === false) return eventsOf(inner, to);
  return isEdgePlace(to) && !isEdgePlace(from) ? 'none' : 'all';
}

/** Edges declare no events that others read. */
function eventsOf(inner: string, to: string): Access {
  return READERS_OF_EVENTS.includes(inner) && DECLARE_EVENTS.includes(to) ? 'some' : 'none';
}

const DECLARE_EVENTS: readonly string[] = ['scenarios/world', 'devices', 'network'];
