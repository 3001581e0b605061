/**
 * The page in a real browser: Debian's Chromium, told what to do by playwright-core. It is opened from disk, as its reader opens it: a page of many
 * runs, whose parts are packed, and one of a few. axe looks for what keeps somebody out.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ava from 'ava';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { htmlReport } from '../reports/index.ts';
import { SAMPLE, SAMPLE_EVENTS } from '../reports/sample.fixture.ts';
import type { SuiteResult } from '../scenarios/runs/index.ts';
import { browserStarted, CHROMIUM } from './chromium.ts';
import { testWith } from './needs.ts';

const test = testWith(CHROMIUM);

/** Of a page of many runs only the last: unfolded it is long, and of the same parts. */
const LOOKS = [
  { theme: 'light', width: 1440 },
  { theme: 'dark', width: 1440 },
  { theme: 'light', width: 390 },
  { theme: 'dark', width: 390 },
] as const;
const COPIES = 5;
const HUNDREDS = 76;

/** The sample, each of its runs several times over. */
const copied = (copies: number): SuiteResult => ({
  ...SAMPLE,
  scenarios: SAMPLE.scenarios.map((scenario) => ({
    ...scenario,
    variants: Array.from({ length: copies }, (_, copy) => copy).flatMap((copy) =>
      scenario.variants.map((variant) => ({
        ...variant,
        name: copy === 0 ? variant.name : `${variant.name}-${copy}`,
      })),
    ),
  })),
});

const place = await mkdtemp(join(tmpdir(), 'calldrill-page-'));
/** Of many runs are more than a page shows unpacked; of hundreds, three hundred and more. */
const pages = { few: SAMPLE, many: copied(COPIES), hundreds: copied(HUNDREDS) };
for (const [name, suite] of Object.entries(pages))
  await writeFile(
    join(place, `${name}.html`),
    htmlReport(suite, { events: SAMPLE_EVENTS, files: new Map() }),
  );

let browser: Browser | undefined;
ava.after.always(async () => {
  await browser?.close();
  await rm(place, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** What the page complained of, and what it asked for beside itself. */
  readonly troubles: readonly string[];
}

interface Look {
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  readonly hash?: string;
}

async function opened(
  name: keyof typeof pages,
  { width = 1440, theme = 'light', hash = '' }: Look,
): Promise<Opened> {
  browser ??= await browserStarted();
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    // Only axe is let in, which the page's own policy would keep out.
    bypassCSP: true,
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  const own = pathToFileURL(join(place, `${name}.html`)).href;
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(own)) troubles.push(`asked for ${request.url()}`);
  });
  await page.goto(`${own}${hash}`);
  return { page, troubles };
}

/** What axe finds, each with the first element that it finds it in. */
async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<readonly string[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, help, nodes }) =>
      id + ': ' + help + ', ' + nodes.length + ' times: ' + nodes[0].html.slice(0, 200)))`,
  );
}

const CHECK = 'check/client-compromise/wipe-destroy-block/call-as-alice';

for (const name of ['few', 'many'] as const) {
  test(`a page of ${name} runs opens from disk without a complaint and asks for nothing`, async (t) => {
    const { page, troubles } = await opened(name, {});
    await page.locator('table.matrix').first().waitFor({ state: 'visible' });
    t.true(((await page.locator('h1').textContent()) ?? '').length > 20);
    t.deepEqual(troubles, []);
    await page.context().close();
  });

  test(`a permalink into a page of ${name} runs unfolds what it points to`, async (t) => {
    const { page, troubles } = await opened(name, { hash: `#${CHECK}` });
    const check = page.locator(`[id="${CHECK}"]`);
    await check.waitFor({ state: 'visible' });
    t.true(((await check.boundingBox())?.y ?? Infinity) < 900);
    t.deepEqual(troubles, []);
    await page.context().close();
  });

  for (const { theme, width } of name === 'few' ? LOOKS : LOOKS.slice(-1))
    test(`axe finds nothing on a page of ${name} runs, ${theme}, ${width} pixels wide, all of it unfolded`, async (t) => {
      const { page, troubles } = await opened(name, { width, theme });
      await page.getByRole('button', { name: 'Unfold all' }).click();
      await page.locator('[data-packed]').first().waitFor({ state: 'detached' });
      await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
      const violations = await violationsOn(page);
      t.deepEqual(violations, []);
      t.deepEqual(troubles, []);
      await page.context().close();
    });
}

test('a page of three hundred runs opens, and unfolds the last of them', async (t) => {
  const last = `check/client-compromise/reported-late-${HUNDREDS - 1}/decrypt-incoming`;
  const { page, troubles } = await opened('hundreds', { hash: `#${last}` });
  await page.locator(`[id="${last}"]`).waitFor({ state: 'visible', timeout: 120_000 });
  t.true((await page.locator('details.variant').count()) >= 300);
  t.deepEqual(troubles, []);
  await page.context().close();
});

test('clauses are filtered by words and by verdict', async (t) => {
  const { page } = await opened('few', {});
  const rows = page.locator('table[data-filter="clause-tools"] tbody tr:visible');
  const all = await rows.count();
  await page.locator('#clause-tools input').fill('para-31');
  t.true((await rows.count()) > 0 && (await rows.count()) < all);
  await page.locator('#clause-tools input').fill('no clause has these words');
  t.is(await rows.count(), 0);
  await page.context().close();
});

test('what was filtered has an address, and an address filters', async (t) => {
  const { page, troubles } = await opened('few', {});
  await page.locator('#clause-tools select[data-of="modality"]').selectOption('should');
  await page.locator('#clause-tools select[data-of="verdict"]').selectOption('pass');
  t.regex(page.url(), /#clauses\/should\/pass\/$/);
  const shown = await page.locator('.clauses tbody tr:visible').count();
  t.true(shown > 0);
  await page.context().close();
  const again = await opened('few', { hash: '#clauses/should/pass/' });
  t.is(await again.page.locator('.clauses tbody tr:visible').count(), shown);
  t.deepEqual([...troubles, ...again.troubles], []);
  await again.page.context().close();
});

for (const name of ['few', 'many'] as const)
  test(`a search of a page of ${name} runs finds what is folded, and leads there`, async (t) => {
    const { page, troubles } = await opened(name, {});
    await page.locator('#search input').fill('flash image');
    await page.keyboard.press('Enter');
    const hit = page.locator('#hits a[href^="#message/"]').first();
    await hit.waitFor({ state: 'visible' });
    const id = ((await hit.getAttribute('href')) ?? '').slice(1);
    await hit.click();
    await page.locator(`[id="${id}"]`).waitFor({ state: 'visible' });
    await page.locator('#search input').fill('no page has these words');
    await page.keyboard.press('Enter');
    await page.locator('#search-count', { hasText: 'nothing found' }).waitFor();
    t.deepEqual(troubles, []);
    await page.context().close();
  });

test('a message opens by keyboard into its fields, and the ladder is saved as a picture that needs nothing else', async (t) => {
  const { page, troubles } = await opened('few', { hash: `#${CHECK}` });
  const run = page.locator('details.variant', { has: page.locator(`[id="${CHECK}"]`) });
  await run.getByText(/^Messages: /).click();
  const message = run.locator('details.message').first();
  await message.locator('summary').focus();
  await page.keyboard.press('Enter');
  await message.getByText('Because of').waitFor({ state: 'visible' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    run.getByRole('button', { name: 'Save the picture as SVG' }).click(),
  ]);
  const picture = await readFile(await download.path(), 'utf8');
  t.true(picture.startsWith('<svg xmlns="http://www.w3.org/2000/svg"'));
  t.true(picture.includes('SRTP 1,998 packets'));
  t.notRegex(picture.replaceAll('http://www.w3.org/2000/svg', ''), /https?:|<script/);
  t.deepEqual(troubles, []);
  await page.context().close();
});

for (const width of [1440, 390])
  test(`lanes of the ladder and pictures of exposures fit a page ${width} pixels wide`, async (t) => {
    const { page } = await opened('few', { width });
    await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
    const cut = await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll('.lanenames, .message > summary, .message .row, li.lane, .lane.head, .plot')]
        .filter((each) => each.getBoundingClientRect().width > 0 && each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => each.outerHTML.slice(0, 100))`,
    );
    t.deepEqual(cut, []);
    t.true((await page.locator('.lane .plot:visible').count()) > 0);
    await page.context().close();
  });

test('a page of many runs is unfolded whole before it is printed, and its print is one of A4', async (t) => {
  const { page } = await opened('many', {});
  await page.evaluate(
    'window.print = () => { document.title = document.querySelectorAll("[data-packed]").length + " left"; }',
  );
  await page.getByRole('button', { name: 'Print everything' }).click();
  await page.waitForFunction('document.title.endsWith(" left")');
  t.is(await page.title(), '0 left');
  const printed = await page.pdf({ format: 'A4' });
  t.is(printed.subarray(0, 5).toString('latin1'), '%PDF-');
  await page.context().close();
});

test('the keyboard alone comes to a run, unfolds it, and sees the picture and the messages', async (t) => {
  const { page } = await opened('many', {});
  await page.keyboard.press('Tab');
  t.is(await page.evaluate('document.activeElement.className'), 'skip');
  const summary = page.locator('details.variant:not([open]) > summary').first();
  await summary.focus();
  const run = page.locator('details.variant', { has: page.locator(':scope > summary:focus') });
  await page.keyboard.press('Enter');
  await run.locator('svg').first().waitFor({ state: 'visible' });
  t.true(((await run.locator('svg').first().boundingBox())?.width ?? 0) > 200);
  await page.context().close();
});

test('planted: a page with a control that has no name is told', async (t) => {
  const { page } = await opened('few', {});
  await page.evaluate("document.body.append(document.createElement('button'))");
  t.regex((await violationsOn(page)).join('\n'), /^button-name: /m);
  await page.context().close();
});
