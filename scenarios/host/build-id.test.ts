import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { byCodeUnit } from '../../sim/canonical-json.ts';
import { buildFiles, buildId } from './build-id.ts';
import { packageOf } from './package-root.ts';

const { root } = await packageOf();

test('the build is made of what ships: a package that is installed from here has the same', async (t) => {
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(listed) as [{ files: { path: string }[] }];
  const deciding = packed.files
    .map(({ path }) => path)
    .filter((path) => /^dist\/.*\.js$|^scenarios\/catalogue\/|^network\/rtp\/speech\/.*\.ulaw$/.test(path));
  t.true(deciding.length > 200);
  t.deepEqual(await buildFiles(root), deciding.sort(byCodeUnit));
});

test('it is the same for the same files, wherever they lie, and another one for any change', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-build-'));
  for (const part of ['dist/sim', 'scenarios/catalogue', 'network/rtp/speech'])
    await cp(join(root, part), join(folder, part), { recursive: true });
  const first = await buildId(folder);
  t.regex(first, /^[0-9a-f]{64}$/);
  await rm(join(folder, 'dist/sim/clock.test.js'));
  t.is(await buildId(folder), first, 'tests do not ship');
  await writeFile(join(folder, 'dist/sim/more.js'), '');
  const second = await buildId(folder);
  t.not(second, first);
  await writeFile(join(folder, 'dist/sim/more.js'), ' ');
  t.not(await buildId(folder), second);
  await rm(folder, { recursive: true });
});
