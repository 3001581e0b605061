import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import test from 'ava';
import { parseManifest, verifyManifest } from './manifest.ts';
import { resultFiles } from './result-files.ts';
import { GREEN, SAMPLE, SAMPLE_PARTS } from './sample.fixture.ts';

const FILES = resultFiles(SAMPLE, SAMPLE_PARTS);
const text = (path: string): string => Buffer.from(FILES.get(path) ?? []).toString('utf8');

test('the folder has the page, the reports, and of each run the trace and what it recovered', (t) => {
  t.deepEqual(
    [...FILES.keys()],
    [
      'baseline-call/three-g/heard/alice-to-bob-1-bob.wav',
      'baseline-call/three-g/trace.ndjson',
      'client-compromise/reported-late/audio/decrypt-incoming.wav',
      'client-compromise/reported-late/trace.ndjson',
      'client-compromise/wipe-destroy-block/alice-crs.pcapng',
      'client-compromise/wipe-destroy-block/audio/decrypt-incoming.wav',
      'client-compromise/wipe-destroy-block/trace.ndjson',
      'hostile/hostile/trace.ndjson',
      'index.html',
      'junit.xml',
      'manifest.json',
      'report.json',
    ],
  );
});

test('its manifest verifies it', (t) => {
  const manifest = parseManifest(text('manifest.json'));
  t.is(manifest.files.length, FILES.size - 1);
  t.deepEqual(verifyManifest(manifest, FILES), []);
});

test('the page lists every file of a run with its size', (t) => {
  const page = text('index.html');
  t.true(
    page.includes(
      '<a href="client-compromise/wipe-destroy-block/alice-crs.pcapng">alice-crs.pcapng</a> <span class="muted">(64 octets)</span>',
    ),
  );
});

test('a trace that is missing or is another one is refused', (t) => {
  const folder = 'baseline-call/three-g';
  const missing = new Map(SAMPLE_PARTS.traces);
  missing.delete(folder);
  t.throws(() => resultFiles(SAMPLE, { ...SAMPLE_PARTS, traces: missing }), { code: 'REPORTS_FILE_MISSING' });
  const other = new Map(SAMPLE_PARTS.traces).set(folder, '{}\n');
  t.throws(() => resultFiles(SAMPLE, { ...SAMPLE_PARTS, traces: other }), { code: 'REPORTS_TRACE_DIGEST' });
});

test('an artefact that a probe or a call names must be there', (t) => {
  for (const path of [
    'client-compromise/reported-late/audio/decrypt-incoming.wav',
    'baseline-call/three-g/heard/alice-to-bob-1-bob.wav',
  ]) {
    const artefacts = new Map(SAMPLE_PARTS.artefacts);
    artefacts.delete(path);
    t.throws(() => resultFiles(SAMPLE, { ...SAMPLE_PARTS, artefacts }), {
      code: 'REPORTS_FILE_MISSING',
      message: new RegExp(path),
    });
  }
});

test('no file leaves the folder and none takes the place of another', (t) => {
  const artefacts = (path: string) => new Map(SAMPLE_PARTS.artefacts).set(path, new Uint8Array(1));
  t.throws(() => resultFiles(SAMPLE, { ...SAMPLE_PARTS, artefacts: artefacts('../x') }), {
    code: 'REPORTS_PATH',
  });
  for (const path of ['index.html', 'baseline-call/three-g/trace.ndjson', 'manifest.json']) {
    t.throws(() => resultFiles(SAMPLE, { ...SAMPLE_PARTS, artefacts: artefacts(path) }), {
      code: 'REPORTS_PATH_TAKEN',
    });
  }
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
