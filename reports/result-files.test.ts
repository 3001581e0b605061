import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import test from 'ava';
import { factsOf, parseManifest, verifyManifest } from './manifest.ts';
import type { FileFacts, Renderer, ResultParts } from './renderer.ts';
import { RENDERERS, REPORT_FILES } from './renderers.ts';
import { resultFiles } from './result-files.ts';
import { GREEN, SAMPLE, SAMPLE_FILES, SAMPLE_PARTS } from './sample.fixture.ts';

const FILES = resultFiles(SAMPLE, SAMPLE_PARTS);
const text = (path: string): string => Buffer.from(FILES.get(path) ?? []).toString('utf8');

test('the renderers make the page, the reports and the manifest, and nothing else', (t) => {
  t.deepEqual([...FILES.keys()], [...REPORT_FILES].sort());
  t.deepEqual(
    RENDERERS.map(({ id }) => id),
    ['html', 'junit', 'json', 'summary', 'csv', 'ctrf', 'sarif', 'oscal', 'manifest'],
  );
});

test('the manifest lists what the runs left and what the renderers made', (t) => {
  const manifest = parseManifest(text('manifest.json'));
  const folder = new Map([...SAMPLE_FILES, ...FILES]);
  t.is(manifest.files.length, folder.size - 1);
  t.deepEqual(verifyManifest(manifest, folder), []);
});

test('the page lists every file of a run with its size', (t) => {
  const page = text('index.html');
  t.true(
    page.includes(
      '<a href="client-compromise/wipe-destroy-block/alice-crs.pcapng">alice-crs.pcapng</a> <span class="muted">(64 octets)</span>',
    ),
  );
});

/** The parts of the sample with other files. */
const partsOf = (change: (files: Map<string, FileFacts>) => void): ResultParts => {
  const files = new Map(SAMPLE_PARTS.files);
  change(files);
  return { ...SAMPLE_PARTS, files };
};

test('a trace that is missing or is another one is refused', (t) => {
  const trace = 'baseline-call/three-g/trace.ndjson';
  t.throws(
    () =>
      resultFiles(
        SAMPLE,
        partsOf((files) => files.delete(trace)),
      ),
    { code: 'REPORTS_FILE_MISSING' },
  );
  t.throws(
    () =>
      resultFiles(
        SAMPLE,
        partsOf((files) => files.set(trace, factsOf(Buffer.from('{}')))),
      ),
    { code: 'REPORTS_TRACE_DIGEST' },
  );
});

test('an artefact that a probe or a call names must be there', (t) => {
  for (const path of [
    'client-compromise/reported-late/audio/decrypt-incoming.wav',
    'baseline-call/three-g/heard/alice-to-bob-1-bob.wav',
  ])
    t.throws(
      () =>
        resultFiles(
          SAMPLE,
          partsOf((files) => files.delete(path)),
        ),
      { code: 'REPORTS_FILE_MISSING', message: new RegExp(path) },
    );
});

test('no file leaves the folder and none takes the place of another, whoever made it', (t) => {
  const withFile = (path: string) => partsOf((files) => files.set(path, factsOf(new Uint8Array(1))));
  const making = (path: string): Renderer => ({ id: 'x', files: () => new Map([[path, new Uint8Array(1)]]) });
  t.throws(() => resultFiles(SAMPLE, withFile('../x')), { code: 'REPORTS_PATH' });
  t.throws(() => resultFiles(SAMPLE, SAMPLE_PARTS, [making('../x')]), { code: 'REPORTS_PATH' });
  for (const path of ['index.html', 'manifest.json'])
    t.throws(() => resultFiles(SAMPLE, withFile(path)), { code: 'REPORTS_PATH_TAKEN' });
  for (const path of ['x', 'baseline-call/three-g/trace.ndjson'])
    t.throws(() => resultFiles(SAMPLE, SAMPLE_PARTS, [making(path), making(path)]), {
      code: 'REPORTS_PATH_TAKEN',
    });
});

test('a renderer sees what those before it made', (t) => {
  const seen: string[] = [];
  const watching: Renderer = {
    id: 'watching',
    files: (_suite, { files }) => {
      seen.push(...files.keys());
      return new Map();
    },
  };
  resultFiles(SAMPLE, SAMPLE_PARTS, [...RENDERERS, watching]);
  t.true(seen.includes('manifest.json') && seen.includes('hostile/hostile/trace.ndjson'));
});

test('equal input gives equal octets', (t) => {
  const again = resultFiles(structuredClone(SAMPLE), SAMPLE_PARTS);
  for (const [path, octets] of FILES) t.deepEqual(again.get(path), octets, path);
});

/** Prints one digest over all files and the terminal report, in a process of its own. */
const PROGRAM = `
const { resultFiles } = await import(process.argv[1]);
const { terminalReport } = await import(process.argv[2]);
const { SAMPLE, SAMPLE_PARTS } = await import(process.argv[3]);
const { createHash } = await import('node:crypto');
const hash = createHash('sha256');
for (const [path, octets] of resultFiles(SAMPLE, SAMPLE_PARTS)) hash.update(path).update(octets);
console.log(hash.update(terminalReport(SAMPLE, { colour: true })).digest('hex'));
`;

test('time zone and locale of the machine make no difference', (t) => {
  const modules = ['result-files', 'terminal', 'sample.fixture'].map(
    (name) => new URL(`./${name}.js`, import.meta.url).href,
  );
  const digests = [
    { TZ: 'UTC', LC_ALL: 'C' },
    { TZ: 'Pacific/Chatham', LC_ALL: 'ar_EG.UTF-8', LANG: 'ar_EG.UTF-8' },
    { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  ].map((env) => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', PROGRAM, ...modules],
      {
        env: { PATH: process.env['PATH'], ...env },
        encoding: 'utf8',
      },
    );
    t.is(stderr, '');
    return stdout.trim();
  });
  t.regex(digests[0] ?? '', /^[0-9a-f]{64}$/);
  t.is(new Set(digests).size, 1);
});

test('one changed word of the model changes the page, the JSON and the manifest', (t) => {
  const digest = (files: ReadonlyMap<string, Uint8Array>, path: string): string =>
    createHash('sha256')
      .update(files.get(path) ?? '')
      .digest('hex');
  const files = resultFiles(GREEN, SAMPLE_PARTS);
  const changed = resultFiles({ ...GREEN, seed: '43' }, SAMPLE_PARTS);
  for (const path of ['index.html', 'report.json', 'manifest.json'])
    t.not(digest(changed, path), digest(files, path));
});
