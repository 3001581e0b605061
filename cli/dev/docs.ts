/** `npm run docs`: writes the pages of docs/ that are made from the code. A test fails while one of them is not current. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { PAGES } from './docs/pages.ts';

mkdirSync('docs', { recursive: true });
for (const [path, make] of Object.entries(PAGES)) writeFileSync(path, make());
