import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import test from 'ava';
import { CalldrillError } from '../sim/errors.ts';
import { fuzz } from '../sim/fuzz.ts';
import { fuzzTargets } from './manifest.fuzz.ts';
import { manifestJson, manifestOf, parseManifest, verifyManifest } from './manifest.ts';
import { isResultPath } from './paths.ts';

const FILES: ReadonlyMap<string, Uint8Array> = new Map([
  ['index.html', Buffer.from('page')],
  ['b/a/trace.ndjson', Buffer.from('{}\n')],
  ['Z.txt', new Uint8Array(0)],
]);
const MANIFEST = manifestOf(FILES);

test('the manifest has SHA-256 and size of every file, in order of path', (t) => {
  t.deepEqual(
    MANIFEST.files.map(({ path, size }) => [path, size]),
    [
      ['Z.txt', 0],
      ['b/a/trace.ndjson', 3],
      ['index.html', 4],
    ],
  );
  t.is(MANIFEST.files[2]?.sha256, createHash('sha256').update('page').digest('hex'));
});

test('it leaves out itself and the wall-clock figures', (t) => {
  const more = new Map([...FILES, ['manifest.json', Buffer.from('x')], ['timing.json', Buffer.from('y')]]);
  t.deepEqual(manifestOf(more), MANIFEST);
  t.deepEqual(verifyManifest(MANIFEST, more), []);
});

test('it does not depend on the order in which files are given', (t) => {
  t.is(manifestJson(manifestOf(new Map([...FILES].reverse()))), manifestJson(MANIFEST));
});

test('an intact folder has no problem; each kind of change is named', (t) => {
  t.deepEqual(verifyManifest(MANIFEST, FILES), []);
  const changed = new Map(FILES);
  changed.set('index.html', Buffer.from('pagE'));
  changed.set('Z.txt', Buffer.from('grown'));
  changed.delete('b/a/trace.ndjson');
  changed.set('added.wav', Buffer.from('?'));
  t.deepEqual(
    verifyManifest(MANIFEST, changed).map(({ kind, path }) => [kind, path]),
    [
      ['size', 'Z.txt'],
      ['unlisted', 'added.wav'],
      ['missing', 'b/a/trace.ndjson'],
      ['digest', 'index.html'],
    ],
  );
});

test('one flipped bit anywhere is found', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (octets, at) => {
      const manifest = manifestOf(new Map([['a', octets]]));
      const flipped = octets.slice();
      const index = at % octets.length;
      flipped[index] = (flipped[index] ?? 0) ^ (1 << (at % 8));
      t.deepEqual(
        verifyManifest(manifest, new Map([['a', flipped]])).map(({ kind }) => kind),
        ['digest'],
      );
    }),
  );
});

test('what is written is read back', (t) => {
  t.deepEqual(parseManifest(manifestJson(MANIFEST)), MANIFEST);
});

const TEXT = manifestJson(MANIFEST);
const REFUSED: Readonly<Record<string, string>> = {
  'no JSON': '{',
  'no object': '[]',
  'another version': TEXT.replace('"version": 1', '"version": 2'),
  'no files': '{\n  "version": 1\n}\n',
  'an entry that is none': TEXT.replace(/\{\s+"path": "Z.txt"[^}]*\}/, '7'),
  'a path out of the folder': TEXT.replace('Z.txt', '../Z.txt'),
  'an entry for itself': TEXT.replace('index.html', 'manifest.json'),
  'a digest in capitals': TEXT.replace(
    /"sha256": "(\w+)"/,
    (_, hex: string) => `"sha256": "${hex.toUpperCase()}"`,
  ),
  'a negative size': TEXT.replace('"size": 4', '"size": -4'),
  'files out of order': TEXT.replace('Z.txt', 'zz.txt'),
  'an unknown key': TEXT.replace('"version": 1', '"version": 1,\n  "x": 1'),
  'another spelling': TEXT.replace('"size": 4', '"size": 4.0'),
  'a cut end': TEXT.slice(0, -1),
  'too much text': ' '.repeat(32 * 1024 * 1024 + 1),
};

for (const [what, text] of Object.entries(REFUSED)) {
  test(`a manifest with ${what} is refused`, (t) => {
    t.not(text, TEXT);
    t.is(t.throws(() => parseManifest(text), { instanceOf: CalldrillError })?.code, 'REPORTS_MANIFEST');
  });
}

test('no mutant of a manifest is read otherwise than refused or in canonical form', (t) => {
  for (const target of fuzzTargets) {
    const { defects, refused } = fuzz(target, 4000);
    t.deepEqual(defects, []);
    t.true(refused > 3000);
  }
});

test('paths stay inside the folder', (t) => {
  for (const path of ['a', 'a/b-c_d/e.wav', '+44=x,y@z']) t.true(isResultPath(path), path);
  for (const path of [
    '',
    '/a',
    'a/',
    'a//b',
    '..',
    'a/../b',
    '.git',
    'a\\b',
    'C:',
    'a b',
    'a\0',
    'é',
    'x'.repeat(200),
  ]) {
    t.false(isResultPath(path), path);
  }
  t.throws(() => manifestOf(new Map([['../x', new Uint8Array(0)]])), { code: 'REPORTS_PATH' });
});
