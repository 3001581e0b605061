/** What npm would publish, asked of npm: everything that a user needs and nothing that stands beside it. */
import test from 'ava';
import { execFileSync } from 'node:child_process';
import { sourceFiles } from '../source-tree.ts';
import { isBeside } from './check.ts';

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

function packed(): ReadonlySet<string> {
  const said = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 16_777_216,
  });
  const [content] = JSON.parse(said) as readonly Packed[];
  return new Set(content?.files.map(({ path }) => path));
}

test('the package has the build of every source that is shipped, and no test data', (t) => {
  const paths = packed();
  const sources = sourceFiles();
  const builds = (shipped: boolean): readonly string[] =>
    sources
      .filter(({ path }) => isBeside(path) !== shipped)
      .map(({ path }) => `dist/${path.replace(/\.ts$/, '.js')}`);
  t.deepEqual(
    builds(true).filter((path) => !paths.has(path)),
    [],
  );
  t.deepEqual(
    builds(false).filter((path) => paths.has(path)),
    [],
  );
  t.true(paths.has('scenarios/schema/screenplay.schema.json'));
  t.true(paths.has('docs/examples/lost-in-the-post.yaml'));
  t.true(
    [...paths].every((path) =>
      /^(?:dist|scenarios|reports|network\/rtp\/speech|docs\/examples)\/|^[^/]+$/.test(path),
    ),
  );
});
