/** What is packed is what would stand on the page: it is unpacked here as the page's script does. */
import { runInNewContext } from 'node:vm';
import { inflateRawSync } from 'node:zlib';
import test from 'ava';
import { byCodeUnit } from '../../sim/canonical-json.ts';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { SAMPLE, SAMPLE_EVENTS } from '../sample.fixture.ts';
import { PACKED_FROM } from './packed.ts';
import { htmlReport } from './page.ts';
import { UNPACK } from './unpack-script.ts';

const PARTS = { events: SAMPLE_EVENTS, files: new Map<string, number>() };

/** The sample with each of its runs many times over, under other names. */
const MANY: SuiteResult = {
  ...SAMPLE,
  scenarios: SAMPLE.scenarios.map((scenario) => ({
    ...scenario,
    variants: Array.from({ length: 2 * PACKED_FROM }, (_, copy) => copy).flatMap((copy) =>
      scenario.variants.map((variant) => ({ ...variant, name: `${variant.name}-${copy}` })),
    ),
  })),
};
const PAGE = htmlReport(MANY, PARTS);

interface Unpacked {
  readonly names: readonly string[];
  readonly get: (own: string) => readonly string[];
}

/** The parts of each run by the name that its ids have, unpacked by the page's own script. */
function unpacked(page: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const [, text = ''] of page.matchAll(/<div hidden class="packed">([^<]*)<\/div>/g)) {
    const json = inflateRawSync(Buffer.from(text, 'base64')).toString('utf8');
    const { names, get }: Unpacked = runInNewContext(`${UNPACK}; linesOfPacked(JSON.parse(json))`, { json });
    for (const own of names) parts.set(own, get(own).join(''));
  }
  return parts;
}

test('each run is packed once, and what comes out stands on a page of that run alone', (t) => {
  const parts = unpacked(PAGE);
  const placed = [...PAGE.matchAll(/data-packed="([^"]*)"/g)].map(([, own]) => own);
  t.deepEqual([...parts.keys()].sort(byCodeUnit), placed.map(String).sort(byCodeUnit));
  t.is(
    parts.size,
    MANY.scenarios.reduce((sum, { variants }) => sum + variants.length, 0),
  );
  for (const scenario of MANY.scenarios)
    for (const variant of scenario.variants.slice(0, 3)) {
      const alone = htmlReport({ ...MANY, scenarios: [{ ...scenario, variants: [variant] }] }, PARTS);
      t.true(
        [...parts.values()].some((text) => text.length > 1000 && alone.includes(text)),
        variant.name,
      );
    }
});

test('a link from the page into a run leads to what is packed, by the second and third part of its id', (t) => {
  const parts = unpacked(PAGE);
  const ids = new Set([...PAGE.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  let followed = 0;
  for (const [, target = ''] of PAGE.matchAll(/ href="#([^"]*)"/g)) {
    if (ids.has(target)) continue;
    const [, scenario, variant] = target.split('/');
    t.true(ids.has(`variant/${scenario}/${variant}`), target);
    t.true(parts.get(`${scenario}/${variant}`)?.includes(` id="${target}"`), target);
    followed++;
  }
  t.true(followed > 10);
});

test('a page of many runs is a fraction of what it would be, the conclusion and the counts in clear, and the same again', (t) => {
  const whole = [...unpacked(PAGE).values()].reduce((sum, text) => sum + text.length, 0);
  t.true(PAGE.length < whole / 3, `${PAGE.length} of ${whole}`);
  t.true(PAGE.indexOf('id="conclusion"') > 0 && PAGE.indexOf('class="matrix"') > 0);
  t.is(htmlReport(MANY, PARTS), PAGE);
});
