/** Which runs are over when a suite is stopped hangs on the machine; which are in the results does not. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { typedInFolder } from '../typed-in-folder.fixture.ts';
import { filesIn } from '../verify/tampering.fixture.ts';

const STORY = `scenario: errand
title: Somebody says something, sooner or later
begins: 2015-10-14T08:00:00Z
ends: "09:30"
world: { users: {}, people: [ann, ben] }
steps:
  - { id: says, at: "08:10", by: ann, type: "tell ben hello" }
expect:
  - { id: told, see: person.told, before: "08:30" }
variants:
  soon: { title: Soon }
  late: { title: Late, steps: { says: { at: "09:00" } } }
  again: { title: Soon again }
  later: { title: Later, steps: { says: { at: "09:10" } } }
  never: { title: And again }
`;

const { place, calldrill } = typedInFolder('stopped');
writeFileSync(join(place, 'errand.yaml'), STORY);
const contents = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    filesIn(join(place, folder))
      .filter((path) => path !== 'timing.json')
      .map((path) => [path, readFileSync(join(place, folder, path), 'latin1')]),
  );

test.serial(
  'a suite that is stopped has the same octets with one thread and with four, and verifies',
  async (t) => {
    for (const jobs of ['1', '4']) {
      const { exit, stderr } = await calldrill(
        'run',
        'errand.yaml',
        '--max-failures',
        '1',
        '--jobs',
        jobs,
        '--out',
        `jobs-${jobs}`,
        '--quiet',
      );
      t.is(exit, 1, stderr);
    }
    t.deepEqual(contents('jobs-4'), contents('jobs-1'));
    t.true('errand/late/trace.ndjson' in contents('jobs-4'));
    t.false('errand/again/trace.ndjson' in contents('jobs-4'));
    const { exit, stdout } = await calldrill('verify', 'jobs-4');
    t.is(exit, 0, stdout);
    t.regex(stdout, /^plan +verified: shard 1 of 1, with 2 of 5 runs: not the whole$/m);
  },
);

test.serial('gone on with, it is what was never stopped', async (t) => {
  t.is((await calldrill('run', '--resume', 'jobs-4', '--quiet')).exit, 1);
  t.is((await calldrill('run', 'errand.yaml', '--out', 'plain', '--quiet')).exit, 1);
  t.deepEqual(contents('jobs-4'), contents('plain'));
  t.is((await calldrill('verify', 'jobs-4')).exit, 0);
});
