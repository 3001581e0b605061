/** Every import of the project's files held against who may import whom (`rooms.ts`). */
import { dirname } from 'node:path';
import type { SourceFile } from '../source-tree.ts';
import { isBeside, isEdge, isTest, type Check, type Violation } from './check.ts';
import { importsOf } from './import-list.ts';
import { MODELS, READERS_OF_EVENTS, ROOMS, SCENARIO_OUTSIDE, SCENARIO_ROOMS } from './rooms.ts';

/** Protocols are strangers to each other; a fabric may use what it carries. */
const PROTOCOL_DEPS: Readonly<Record<string, readonly string[]>> = {
  simulated: ['tls-psk'],
  // The codes of its errors and the types of its events are those of the simulated one.
  live: ['simulated', 'tls-psk'],
};

/** The second judge. */
const JUDGE = 'cli/verify/judge/';
/** The name of a module, and not what stands behind the word `from` in some text. */
const MODULE = /^[\w@./:-]+$/;
/** What makes the verdicts that are verified. The index of the runs is open: a report is read through it, and whoever runs again needs no more. */
const JUDGING = /^scenarios\/(?:evidence\/(?:verdicts|score)\/|runs\/(?!index\.ts$))/;

/** Node's own modules that the rooms may use: pure and synchronous ones. */
const PURE_MODULES = new Set(['node:crypto', 'node:buffer', 'node:util']);

type Judge = (from: string, to: string, paths: ReadonlySet<string>) => string | undefined;

/** A check of each import of a project's file by another. */
function ofImports(name: string, judge: Judge, canaries: readonly SourceFile[], local = true): Check {
  return {
    name,
    canaries,
    violations: (files, all) => {
      const paths = new Set(all.map(({ path }) => path));
      return files.flatMap((file) =>
        importsOf(file)
          .filter((each) => each.local === local)
          .flatMap(({ line, to }): readonly Violation[] => {
            const what = judge(file.path, to, paths);
            return what === undefined ? [] : [{ path: file.path, line, what }];
          }),
      );
    },
  };
}

const canary = (path: string, to: string): SourceFile => ({ path, text: `import { x } from '${to}';\n` });

/** `world` for `scenarios/world/people/things.ts`; empty elsewhere and for `scenarios/index.ts`. */
function scenarioRoomOf(path: string): string {
  const [room, inner = '', ...rest] = path.split('/');
  return room === 'scenarios' && rest.length > 0 ? inner : '';
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** `mikey` for `network/mikey/payload/sign.ts`; empty for `network/fabric.ts`. */
function protocolOf(path: string): string {
  const parts = path.split('/');
  return parts[0] === 'network' && parts.length > 2 ? (parts[1] ?? '') : '';
}

/** Checks of single imports, each with imports that it must refuse. */
export const IMPORT_CHECKS: readonly Check[] = [
  ofImports(
    'rooms import downwards only',
    (from, to) => {
      const [room, other] = [roomOf(from), roomOf(to)];
      if (room === other || other === 'package.json') return undefined;
      return ROOMS[room]?.imports.includes(other) === true ? undefined : `${room}/ may not import ${other}/`;
    },
    [
      canary('sim/canary.ts', '../network/fabric.ts'),
      canary('network/canary.ts', '../devices/rules.ts'),
      canary('devices/canary.ts', '../scenarios/index.ts'),
      canary('scenarios/canary.ts', '../reports/json.ts'),
      canary('reports/canary.ts', '../devices/rules.ts'),
      canary('cli/canary.ts', '../interop/c-peer.ts'),
    ],
  ),
  ofImports(
    'the rooms inside the scenarios import downwards only',
    (from, to) => {
      const [room, other] = [scenarioRoomOf(from), scenarioRoomOf(to)];
      if (room === '' || room === other || isBeside(from) || isBeside(to)) return undefined;
      if (READERS_OF_EVENTS.includes(room) && to.endsWith('/events.ts')) return undefined;
      if (other !== '')
        return SCENARIO_ROOMS[room]?.imports.includes(other) === true
          ? undefined
          : `scenarios/${room}/ may not import scenarios/${other}/`;
      return SCENARIO_OUTSIDE[room]?.includes(roomOf(to)) === false
        ? `scenarios/${room}/ may not import ${roomOf(to)}/`
        : undefined;
    },
    [
      canary('scenarios/evidence/canary.ts', '../world/world.ts'),
      canary('scenarios/evidence/canary.ts', '../../devices/rules.ts'),
      canary('scenarios/world/people/canary.ts', '../../runs/run.ts'),
      canary('scenarios/runs/canary.ts', '../exercises/index.ts'),
      canary('scenarios/host/canary.ts', '../live/index.ts'),
      canary('scenarios/language/canary.ts', '../world/index.ts'),
      canary('scenarios/elsewhere/canary.ts', '../language/index.ts'),
    ],
  ),
  ofImports(
    'reports know the models of the scenarios and nothing else of them',
    (from, to) =>
      roomOf(from) === 'reports' && roomOf(to) === 'scenarios' && !MODELS.includes(to) && !isTest(from)
        ? `reports/ may import ${MODELS.join(' and ')} only`
        : undefined,
    [
      canary('reports/canary.ts', '../scenarios/runs/run.ts'),
      canary('reports/canary.ts', '../scenarios/evidence/drift/drift.ts'),
    ],
  ),
  ofImports(
    'the judge of the verifier imports nothing but itself',
    (from, to) =>
      from.startsWith(JUDGE) && !to.startsWith(JUDGE)
        ? 'hand it in as text or JSON: it must not share a line with the judge whose verdicts it checks'
        : undefined,
    [canary(`${JUDGE}canary.ts`, '../../../sim/clock.ts')],
  ),
  ofImports(
    'the judge of the verifier imports no package and no module of Node',
    (from, to) => (from.startsWith(JUDGE) && MODULE.test(to) ? `it may not import ${to}` : undefined),
    [canary(`${JUDGE}canary.ts`, 'node:crypto')],
    false,
  ),
  ofImports(
    'the verifier knows neither verdicts nor how runs are judged',
    (from, to) =>
      from.startsWith('cli/verify/') && !isBeside(from) && JUDGING.test(to)
        ? 'ask the judge of the verifier, which shares nothing with them'
        : undefined,
    [
      canary('cli/verify/canary.ts', '../../scenarios/evidence/verdicts/index.ts'),
      canary('cli/verify/canary.ts', '../../scenarios/runs/suite.ts'),
    ],
  ),
  ofImports(
    'protocols do not know each other',
    (from, to) => {
      const [protocol, other] = [protocolOf(from), protocolOf(to)];
      if (isTest(from) || protocol === '' || other === '' || protocol === other) return undefined;
      return PROTOCOL_DEPS[protocol]?.includes(other) === true
        ? undefined
        : `network/${protocol}/ may not import network/${other}/`;
    },
    [
      canary('network/mikey/canary.ts', '../sip/index.ts'),
      canary('network/simulated/canary.ts', '../mikey/index.ts'),
    ],
  ),
  ofImports(
    'a folder with an index.ts is entered through it',
    (from, to, paths) => {
      // A kind builds its device: were it in the index, devices that know each other's messages would import each other.
      if (isBeside(from) || isBeside(to) || /\/(?:index|kind)\.ts$/.test(to)) return undefined;
      const folder = dirname(to);
      // A room's own top is open: it is made of single nouns, and its index is for users of the package.
      if (!folder.includes('/') || !paths.has(`${folder}/index.ts`)) return undefined;
      if (
        from.startsWith(`${folder}/`) ||
        MODELS.some((path) => dirname(path) === folder) ||
        roomOf(from) !== roomOf(to)
      )
        return undefined;
      return roomOf(from) === 'devices' ? `import ${folder}/index.ts instead` : undefined;
    },
    [canary('devices/attacker/canary.ts', '../handset/machine.ts')],
  ),
  ofImports(
    'no room imports an edge',
    (from, to) =>
      isEdge(to) && !isEdge(from) && !isBeside(from) ? 'let the edge hand in what is needed' : undefined,
    [
      canary('scenarios/runs/canary.ts', '../host/assets.ts'),
      canary('devices/hardware/canary.ts', '../zxing/qr-reader.ts'),
    ],
  ),
  ofImports(
    'nothing that is shipped imports what is not',
    (from, to) =>
      isBeside(to) && !isBeside(from) ? 'tests, benches and fuzz targets are not shipped' : undefined,
    [canary('devices/canary.ts', './media/media.fuzz.ts'), canary('cli/canary.ts', './dev/fuzz.ts')],
  ),
  ofImports(
    "of Node's modules the rooms use the pure ones only",
    (from, to) =>
      to.startsWith('node:') && !PURE_MODULES.has(to) && !isEdge(from)
        ? `${to} belongs to the edges: cli/, network/live/, devices/zxing/, scenarios/host/, scenarios/live/`
        : undefined,
    ['fs', 'net', 'dgram', 'tls', 'http', 'worker_threads', 'child_process', 'timers'].map((name) =>
      canary('devices/canary.ts', `node:${name}`),
    ),
    false,
  ),
];
