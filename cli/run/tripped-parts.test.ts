/** The table of plants, held against a real run of those of one scenario: the parts that they trip are the parts of the checks that they must fail. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { bindingsOf } from '../../scenarios/language/index.ts';
import { installedLibrary } from '../library.ts';
import { filesOf, loadAll } from '../scenario-choice.ts';
import { typedInFolder } from '../typed-in-folder.fixture.ts';
import { trippedParts, trippedText } from './tripped-parts.ts';

const SCENARIO = 'firewall-misconfig';
const { place, calldrill } = typedInFolder('tripped');

test('what a run of the plants of a scenario trips are the parts of the checks that its plants must fail', async (t) => {
  const library = installedLibrary();
  const screenplays = await loadAll(await filesOf([SCENARIO], library), library);
  const [first] = screenplays;
  const fails = first?.plants.flatMap((plant) => plant.fails) ?? [];
  const declared = [...bindingsOf(screenplays)].flatMap(([part, checks]) =>
    checks.some(({ check }) => fails.includes(check)) ? [part] : [],
  );
  t.true(declared.length >= 2, `${declared.length} parts`);
  const run = await calldrill('run', SCENARIO, '--plant', 'all', '--json', '--kill-page', 'kills.html');
  t.is(run.exit, 0, run.stderr);
  const { kills, parts } = JSON.parse(run.stdout);
  t.deepEqual(parts.tripped, declared);
  const page = readFileSync(join(place, 'kills.html'), 'utf8');
  for (const { plant } of kills) t.true(page.includes(`<code class="whole">${plant}</code>`), plant);
  t.true(page.includes(`${kills.length} violations planted: all caught</h1>`));
  t.deepEqual(trippedParts(screenplays, kills), parts);
  const missed = kills.map((kill: object) => ({ ...kill, caught: false }));
  t.deepEqual(trippedParts(screenplays, missed).tripped, []);
  t.regex(
    trippedText(parts),
    new RegExp(`^Of \\d+ parts that these scenarios show, ${parts.tripped.length} were`),
  );
});

test('a page of all plants is for a run of all plants', async (t) => {
  const { exit, stderr } = await calldrill('run', SCENARIO, '--kill-page', 'none.html');
  t.is(exit, 2);
  t.regex(stderr, /--kill-page is of --plant all/);
});
