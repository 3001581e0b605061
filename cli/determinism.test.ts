/**
 * The same seeds give the same octets: with one thread or two, and whether a thread remembers key agreements of runs before or makes
 * them for the first time. Calls, discs and codes are in it, so everything that is remembered is.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { SharedProcess } from './shared-process.fixture.ts';

const CALLS = `scenario: two-calls
title: Two calls
begins: 2015-10-14T08:00:00Z
ends: "08:04"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
  people: [cms-operator, crs-admin]
  network: { profile: 3g }
steps:
  - { at: "08:01", by: alice, on: alice-phone, type: "call bob --for 3s" }
  - { id: back, at: "08:02", by: bob, on: bob-phone, type: "call alice --for 3s" }
variants:
  both: { title: There and back }
  again: { title: There and back again }
expect:
  - { id: secure, see: handset.call-secure, times: 4 }
`;
/** The one file that may differ. */
const TIMING = 'timing.json';

const place = await mkdtemp(join(tmpdir(), 'calldrill-determinism-'));
await writeFile(join(place, 'calls.yaml'), CALLS);
const shared = new SharedProcess();
test.after.always(async () => {
  shared.end();
  await rm(place, { recursive: true, force: true });
});

/** Everything that a run leaves behind, by path. */
async function filesOf(out: string, ...words: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { exit, stderr } = await shared.calldrill(['run', 'calls.yaml', ...words, '--out', out], {
    folder: place,
  });
  if (exit !== 0) throw new Error(stderr);
  return filesIn(out);
}

async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(join(place, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name !== TIMING)
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(place, folder).length + 1));
  return new Map(
    await Promise.all(
      paths.sort().map(async (path) => [path, await readFile(join(place, folder, path), 'latin1')] as const),
    ),
  );
}

test('one thread or two, cold or warm: the same files', async (t) => {
  const keys = ['--key-seed', '7'];
  const one = await filesOf('one', '--seeds', '1..3', ...keys, '--jobs', '1');
  const two = await filesOf('two', '--seeds', '1..3', ...keys, '--jobs', '2');
  t.true(one.has('3/two-calls/again/trace.ndjson'));
  t.deepEqual([...two.keys()], [...one.keys()]);
  for (const [path, octets] of one) t.true(two.get(path) === octets, path);

  // The third seed was made by a thread that remembered two others; here a new thread makes it, and nothing else.
  await filesOf('cold', '--seed', '3', ...keys, '--variant', 'again');
  const warm = await filesIn('one/3');
  const cold = await filesIn('cold');
  const path = 'two-calls/again/trace.ndjson';
  t.true(cold.has(path) && warm.get(path) === cold.get(path));
});

test('another seed or another key seed gives another trace', async (t) => {
  const trace = async (out: string, ...words: readonly string[]): Promise<string | undefined> =>
    (await filesOf(out, '--variant', 'both', ...words)).get('two-calls/both/trace.ndjson');
  const traces = [
    await trace('a', '--seed', '1', '--key-seed', '1'),
    await trace('b', '--seed', '2', '--key-seed', '1'),
    await trace('c', '--seed', '1', '--key-seed', '2'),
  ];
  t.is(new Set(traces).size, 3);
  t.is(await trace('d', '--seed', '1'), traces[0], 'the seed is the key seed when none is given');
});
