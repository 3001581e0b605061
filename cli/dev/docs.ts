/** `npm run docs`: writes the pages of docs/ that are made from the code. A test fails while one of them is not current. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { SHIPPED_KINDS } from '../../scenarios/world/index.ts';
import { pagesOf } from './docs/pages.ts';
import { givenTo, readOptions } from './script-options.ts';

const SCRIPT = { name: 'docs', summary: 'Writes the generated pages of docs/.', options: {}, usage: '' };
if (givenTo(process, readOptions(SCRIPT, process.argv.slice(2))) !== undefined) {
  mkdirSync('docs', { recursive: true });
  for (const [path, make] of Object.entries(pagesOf(SHIPPED_KINDS))) writeFileSync(path, make());
}
