import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { ScreenplayError } from '../language/index.ts';
import { SHIPPED_KINDS } from '../world/index.ts';
import { loadAssets } from './assets.ts';
import { readAll, readInput, readText } from './input-file.ts';
import { packageOf } from './package-root.ts';
import { loadScenario, ownScenario, shippedScenarios } from './scenario-files.ts';

const MINE = `scenario: mine
title: One call
begins: 2015-10-14T08:00:00Z
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
steps:
  - { at: "08:05", by: alice, on: alice-phone, type: "call bob --for 5s" }
`;

const folder = mkdtempSync(join(tmpdir(), 'calldrill-host-'));
test.after.always(() => rm(folder, { recursive: true, force: true }));
const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};

test('a scenario file of one’s own is loaded and named as it was given', async (t) => {
  const screenplay = await loadScenario(ownScenario(await file('mine.yaml', MINE)), SHIPPED_KINDS);
  t.is(screenplay.id, 'mine');
  t.is(screenplay.file, join(folder, 'mine.yaml'));
});

test('a line that no console takes is refused with its place', async (t) => {
  const path = await file('typo.yaml', MINE.replace('call bob', 'cal bob'));
  const error = await t.throwsAsync(loadScenario(ownScenario(path), SHIPPED_KINDS), {
    instanceOf: ScreenplayError,
  });
  t.deepEqual(
    error?.problems.map(({ code, where }) => [code, where.line]),
    [['CONSOLE_UNKNOWN_COMMAND', 9]],
  );
});

test('an invalid one is refused with its problems', async (t) => {
  const path = await file('bad.yaml', 'scenario: 4\n');
  await t.throwsAsync(loadScenario(ownScenario(path), SHIPPED_KINDS), { code: 'SCENARIO_INVALID' });
});

test('the shipped scenarios are found, and named without a path of this machine', async (t) => {
  const shipped = await shippedScenarios();
  t.true(shipped.length > 0);
  for (const { name, label } of shipped) t.is(label, `scenarios/catalogue/${name}.yaml`);
});

test('the assets are found from wherever the code is', async (t) => {
  const { speech, readQr } = await loadAssets();
  t.is(speech.length, 2);
  t.true(speech.every((octets) => octets.length > 8000));
  t.is(typeof readQr, 'function');
});

test('code outside the package has no assets', async (t) => {
  await mkdir(join(folder, 'a/b'), { recursive: true });
  await writeFile(join(folder, 'a/package.json'), '{ "name": "other", "version": "1.0.0" }');
  await writeFile(join(folder, 'a/b/package.json'), '[]');
  const from = pathToFileURL(join(folder, 'a/b/c.js')).href;
  await t.throwsAsync(packageOf(from), { code: 'HOST_ASSET_MISSING' });
});

test('a file that is missing, a folder, too large or no text is a typed error that names it', async (t) => {
  const missing = join(folder, 'missing');
  await t.throwsAsync(readInput(missing, 10), { code: 'HOST_FILE_MISSING', message: new RegExp(missing) });
  await t.throwsAsync(readInput(join(await file('plain', 'x'), 'y'), 10), { code: 'HOST_FILE_MISSING' });
  await t.throwsAsync(readInput(folder, 10), { code: 'HOST_FILE_UNREADABLE' });
  await t.throwsAsync(readInput('/proc/self/mem', 10), { code: 'HOST_FILE_UNREADABLE' });
  await t.throwsAsync(readInput(await file('large', '12345678901'), 10), { code: 'HOST_FILE_TOO_LARGE' });
  await t.throwsAsync(readText(await file('latin', Uint8Array.of(0xe9)), 10), { code: 'HOST_FILE_NOT_TEXT' });
  t.is((await readInput(await file('exact', '1234567890'), 10)).length, 10);
});

test('a stream that has no end is cut off at the limit', async (t) => {
  async function* endless() {
    for (;;) yield new Uint8Array(1000);
  }
  await t.throwsAsync(readAll(endless(), 'standard input', 5000), { code: 'HOST_FILE_TOO_LARGE' });
});

test('an error that has nothing to do with files is passed on', async (t) => {
  await t.throwsAsync(readInput('a\0b', 10), { code: 'ERR_INVALID_ARG_VALUE' });
});
