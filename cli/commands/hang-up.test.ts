/** A terminal that is closed under a run ends it as an interrupt does: processes are ended, and nothing of it lies about. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { openPseudoTerminal } from '../../scenarios/host/pseudo-terminal.fixture.ts';
import { processesWith, stage } from './directed-run.fixture.ts';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

test('a terminal that is closed ends the director and its devices, and leaves no secrets behind', async (t) => {
  const { folder } = await stage(t, 100);
  const temporary = join(folder, 'temporary');
  await mkdir(temporary);
  const terminal = await openPseudoTerminal(
    `"${process.execPath}" "${MAIN}" director ./directed.yaml; read -r end`,
    {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary },
    },
  );
  if (terminal === undefined) {
    if ((process.env['CI'] ?? '') !== '') t.fail('node-pty is not installed');
    else t.log('skipped: node-pty is not installed, so there is no real terminal');
    t.pass();
    return;
  }
  await terminal.until('the devices', (screen) => screen.text().includes('carol-phone is here'));
  t.regex((await readdir(temporary)).join(), /^calldrill-director-/);
  t.is((await readdir(folder)).filter((name) => name.startsWith('.results-new-')).length, 1);
  terminal.close();
  const left = async (): Promise<readonly string[]> => [
    ...(await readdir(temporary)),
    ...(await readdir(folder)).filter((name) => name.startsWith('.results')),
    ...(await processesWith(temporary)),
  ];
  for (let tries = 0; tries < 200 && (await left()).length > 0; tries++) await setTimeout(50);
  t.deepEqual(await left(), []);
});
