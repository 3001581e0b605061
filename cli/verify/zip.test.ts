/** Zips of calldrill's own, which are the same octets everywhere, and zips of somebody who means harm. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import { zipSync, type ZipOptions } from 'fflate';
import { byCodeUnit } from '../../sim/canonical-json.ts';
import { filesOfZip, zipOf } from './zip.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const FILES = new Map([
  ['manifest.json', octets('{}')],
  ['a/b/trace.ndjson', octets('x'.repeat(5000))],
]);
const inOrder = (files: ReadonlyMap<string, Uint8Array>): readonly (readonly [string, string])[] =>
  [...files]
    .map(([path, each]) => [path, Buffer.from(each).toString('hex')] as const)
    .sort(([a], [b]) => byCodeUnit(a, b));
const sha256 = (of: Uint8Array): string => createHash('sha256').update(of).digest('hex');

test('what is packed is unpacked, whatever it is', async (t) => {
  t.deepEqual(inOrder(await filesOfZip(zipOf(FILES))), inOrder(FILES));
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9]{0,8}\.bin$/), fc.uint8Array()),
      async (made) => {
        const files = new Map(
          Object.entries(made).filter(([path]) => !/^(?:com|lpt|con|prn|aux|nul)/.test(path)),
        );
        if (files.size === 0) return;
        const back = await filesOfZip(zipOf(files));
        t.deepEqual(inOrder(back), inOrder(files));
      },
    ),
    { numRuns: 50 },
  );
});

test('the order in which files come, the zone and the language make no difference', (t) => {
  const here = sha256(zipOf(FILES));
  t.is(sha256(zipOf(new Map([...FILES].reverse()))), here);
  const script = `
    import { zipOf } from ${JSON.stringify(new URL('./zip.js', import.meta.url).href)};
    import { createHash } from 'node:crypto';
    const files = new Map([['manifest.json', Buffer.from('{}')], ['a/b/trace.ndjson', Buffer.from('x'.repeat(5000))]]);
    process.stdout.write(createHash('sha256').update(zipOf(files)).digest('hex'));`;
  for (const [TZ, LANG] of [
    ['Pacific/Kiritimati', 'tr_TR.UTF-8'],
    ['America/St_Johns', 'C'],
    ['Europe/London', 'de_DE.UTF-8'],
  ] as const) {
    const env = { ...process.env, TZ, LANG, LC_ALL: LANG };
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env,
      encoding: 'utf8',
    });
    t.is(told, here, TZ);
  }
});

/** A zip with entries of these names, of octets or with options. */
const zipNamed = (...names: readonly string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, octets(name)])));
const HOSTILE: Readonly<Record<string, readonly string[]>> = {
  'a path that leaves': ['../x'],
  'an absolute path': ['/etc/passwd'],
  'a backslash': ['a\\..\\b'],
  'a drive': ['C:x'],
  'a device': ['a/con.txt'],
  'a device with a number': ['LPT1'],
  'a dot at the end': ['a.'],
  'another case': ['a/Trace', 'a/trace'],
  'another form of Unicode': ['caf\u00e9', 'cafe\u0301'],
  'a file that is a folder': ['a', 'a/b'],
  'a folder that is a file': ['a/b', 'a'],
  'a hidden file': ['.git/config'],
  'an empty name': [''],
};
for (const [what, names] of Object.entries(HOSTILE))
  test(`refused: ${what}`, (t) =>
    t
      .throwsAsync(() => filesOfZip(zipNamed(...names)), { code: 'VERIFY_BUNDLE_NAME' })
      .then(() => undefined));

test('refused: two entries of one name', async (t) => {
  // Two names of one length, and the second made the first in the octets.
  const zip = Buffer.from(
    Buffer.from(zipNamed('aa', 'ab')).toString('latin1').replaceAll('ab', 'aa'),
    'latin1',
  );
  const { message } = await t.throwsAsync(() => filesOfZip(zip), { code: 'VERIFY_BUNDLE_NAME' });
  t.regex(message, /there twice/);
});

test('refused: a link, a pipe', async (t) => {
  for (const type of [0o120_000, 0o010_000]) {
    const options: ZipOptions = { os: 3, attrs: ((type | 0o777) << 16) >>> 0 };
    await t.throwsAsync(() => filesOfZip(zipSync({ a: [octets('/etc/passwd'), options] })), {
      code: 'VERIFY_BUNDLE_LINK',
    });
  }
});

test('refused: what is blown up, and what says it is larger or smaller than it is', async (t) => {
  const bomb = zipSync({ a: new Uint8Array(4 << 20) });
  await t.throwsAsync(() => filesOfZip(bomb), { code: 'VERIFY_TOO_MUCH' });
  const zip = Buffer.from(zipSync({ a: octets('y'.repeat(3000)) }));
  for (const [from, to] of [
    [3000, 2000],
    [3000, 4000],
  ] as const) {
    const lying = Buffer.from(zip);
    for (let at = 0; at + 4 <= lying.length; at += 1)
      if (lying.readUInt32LE(at) === from) lying.writeUInt32LE(to, at);
    await t.throwsAsync(() => filesOfZip(lying), { code: 'VERIFY_BUNDLE' });
  }
});

test('whatever is cut off is refused, and what is changed in one octet is refused or is not the same', async (t) => {
  const zip = zipOf(FILES);
  for (let length = 0; length < zip.length; length += 7)
    await t.throwsAsync(() => filesOfZip(zip.slice(0, length)), { code: 'VERIFY_BUNDLE' }, String(length));
  for (let at = 0; at < zip.length; at += 1) {
    const other = zip.slice();
    other[at] = (other[at] ?? 0) ^ 0x41;
    const again = await filesOfZip(other).then(zipOf, (thrown: unknown) => {
      t.regex((thrown as { code: string }).code, /^VERIFY_/);
      return undefined;
    });
    if (again !== undefined) t.notDeepEqual(again, other, String(at));
  }
});
