/** Debian's Chromium, told what to do by playwright-core, which takes a path and no name. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { program, type Need } from './needs.ts';

const PATH =
  process.env['CHROMIUM'] ??
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find((path) => existsSync(path)) ??
  'chromium';

/** What a test of the page needs of the machine. */
export const CHROMIUM: Need = program('chromium', 'chromium');

/** A browser without a window; whoever starts it closes it. */
export function browserStarted(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: ['--no-sandbox'] });
}
