/**
 * `npm run pictures`: makes the pictures of the README, of what `npm start` prints and of its page. Needs Chromium: `chromium`, or what
 * the environment variable CHROMIUM names. Look at them before they are committed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { calldrill } from '../calldrill.ts';
import { EXIT } from '../exit-code.ts';
import { contextOf } from '../process.ts';
import { givenTo, readOptions } from './script-options.ts';
import { terminalPage } from './terminal-page.ts';

const COLUMNS = 120;

/** Pixels. The heights end the pictures between two lines. */
const WIDTH = 1280;
const HEIGHTS = { terminal: 1368, report: 1030 };

const CHROMIUM = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--hide-scrollbars'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

const SCRIPT = {
  name: 'pictures',
  summary: 'Makes the pictures of the README. Needs Chromium.',
  options: {},
  usage: '',
};

function photograph(page: string, picture: string, height: number, place: string): void {
  const words = [
    ...CHROMIUM,
    `--user-data-dir=${join(place, 'browser')}`,
    `--window-size=${WIDTH},${height}`,
    `--screenshot=${picture}`,
    `file://${page}`,
  ];
  const { status, stderr, error } = spawnSync(process.env['CHROMIUM'] ?? 'chromium', words, {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Chromium made no picture: ${error?.message ?? stderr}`);
}

async function main(): Promise<void> {
  const pictures = resolve('docs/pictures');
  const place = mkdtempSync(join(tmpdir(), 'calldrill-pictures-'));
  try {
    process.chdir(place);
    const words = ['run'];
    let printed = '';
    const terminal = { isTty: false, columns: COLUMNS, colour: true, unicode: true };
    const stdout = { terminal, write: (text: string) => void (printed += text) };
    const exit = await calldrill(words, { ...contextOf(process, words), stdout });
    if (exit !== EXIT.pass) throw new Error(`a run that fails makes no picture: ${printed}`);
    writeFileSync('terminal.html', terminalPage('npm start', printed));
    photograph(join(place, 'terminal.html'), join(pictures, 'terminal.png'), HEIGHTS.terminal, place);
    photograph(join(place, 'results/index.html'), join(pictures, 'report.png'), HEIGHTS.report, place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

if (givenTo(process, readOptions(SCRIPT, process.argv.slice(2))) !== undefined) await main();
