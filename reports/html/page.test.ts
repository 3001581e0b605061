import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import test from 'ava';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { byCodeUnit } from '../../sim/canonical-json.ts';
import { htmlElements, nodesOf, type MarkupNode } from '../markup-nodes.fixture.ts';
import { printable } from '../printable.ts';
import { resultFiles } from '../result-files.ts';
import { HOSTILE } from '../sample/hostile.fixture.ts';
import { GREEN, SAMPLE, SAMPLE_EVENTS, SAMPLE_FILES, SAMPLE_PARTS, TIDY } from '../sample.fixture.ts';
import type { ProbeResult, Verdict } from '../../scenarios/evidence/model.ts';
import { outcomeBadge } from './badges.ts';
import { clauseGroups } from '../clause-groups.ts';
import { htmlReport } from './page.ts';
import { SCRIPT } from './script.ts';

const FILES = new Map([...SAMPLE_FILES, ...resultFiles(SAMPLE, SAMPLE_PARTS)]);
const PAGE = Buffer.from(FILES.get('index.html') ?? []).toString('utf8');
const NODES = [...nodesOf({ children: htmlElements(PAGE) })];
const NO_FILES = { events: SAMPLE_EVENTS, files: new Map<string, number>() };

const attribute = (node: MarkupNode, name: string): string => node.attributes.get(name) ?? '';
const named = (...names: readonly string[]): MarkupNode[] => NODES.filter(({ name }) => names.includes(name));
const classed = (node: MarkupNode, name: string): boolean =>
  attribute(node, 'class').split(' ').includes(name);
const byId = (id: string): MarkupNode | undefined => NODES.find((node) => attribute(node, 'id') === id);
const CHECK = 'check/client-compromise/wipe-destroy-block';

test('a run on real sockets claims no seed and no virtual time, and one that is not valid says so first', (t) => {
  const schedule = { events: 500, p50: 700, p99: 31_240, max: 48_000, bound: 20_000, skipped: 61_500_000 };
  const live = (valid: boolean): string => {
    const [scenario] = TIDY.scenarios;
    const [variant] = scenario?.variants ?? [];
    if (scenario === undefined || variant === undefined) throw new Error('the sample has a run');
    const variants = [{ ...variant, schedule: { ...schedule, valid } }];
    return htmlReport({ ...TIDY, scenarios: [{ ...scenario, variants }] }, NO_FILES);
  };
  const simulated = htmlReport(TIDY, NO_FILES);
  for (const claim of ['drawn from the seed', 'on virtual time', 'The same seed gives']) {
    t.true(simulated.includes(claim), claim);
    t.false(live(true).includes(claim), claim);
  }
  t.true(
    live(true).includes('p99 31.2 ms, max 48 ms, of 500 events against the schedule; 1m 1s of idle time'),
  );
  t.false(live(true).includes('Not valid'));
  const late = live(false);
  t.regex(
    late,
    /<p class="banner"><strong>Not valid: the 99th percentile of the lag is above 20 ms\.<\/strong>/,
  );
  t.true(late.indexOf('Not valid') < late.indexOf('Checks'));
});

test('a check that failed says from which event on it was lost, and leads to it and to the messages until then', (t) => {
  const failed = byId('check/client-compromise/reported-late/keys-destroyed-in-time');
  const links = failed === undefined ? [] : [...nodesOf(failed)].map((node) => attribute(node, 'href'));
  t.true(links.includes('#event/client-compromise/reported-late/15'));
  t.true(links.some((href) => href.startsWith('#message/client-compromise/reported-late/')));
  t.true(PAGE.includes('could not be saved: the first after the time in which something else had to happen'));
  const passed = byId(`${CHECK}/keys-destroyed-in-time`);
  t.false(JSON.stringify(passed).includes('could not be saved'));
});

test('a refusal for another reason than the predicted one is not called predicted, nor is one whose controls went wrong', (t) => {
  const probe = { outcome: 'refused', predict: 'refused' } as ProbeResult;
  const said = (verdict: Verdict): string => outcomeBadge(probe, { verdict }).text.replace(/<[^>]*>/g, '');
  t.deepEqual((['pass', 'fail', 'inconclusive'] as const).map(said), [
    'refused, as predicted',
    'refused, for another reason than predicted',
    'refused, not to be believed',
  ]);
});

test('ids are unique and every link inside the page resolves', (t) => {
  const ids = NODES.filter(({ attributes }) => attributes.has('id')).map((node) => attribute(node, 'id'));
  t.is(new Set(ids).size, ids.length);
  const known = new Set(ids);
  for (const node of NODES) {
    const href = attribute(node, 'href');
    if (href.startsWith('#')) t.true(known.has(href.slice(1)), href);
    for (const name of ['aria-labelledby', 'data-filter']) {
      if (node.attributes.has(name)) t.true(known.has(attribute(node, name)), attribute(node, name));
    }
  }
  for (const [, id = ''] of PAGE.matchAll(/url\(#([^)]*)\)/g)) t.true(known.has(id), id);
  t.true(known.size > 100);
});

test('nothing is loaded from anywhere but beside the page', (t) => {
  for (const node of NODES) {
    for (const name of ['href', 'src']) {
      const value = attribute(node, name);
      if (value === '' || value.startsWith('#')) continue;
      t.true(FILES.has(decodeURIComponent(value)), value);
    }
    t.false(['link', 'img', 'iframe', 'object', 'embed', 'base', 'form'].includes(node.name), node.name);
  }
  const style = named('style')[0]?.text ?? '';
  t.notRegex(style, /@import|url\((?!#)|https?:/);
  t.notRegex(SCRIPT, /https?:|fetch|XMLHttp|eval|innerHTML/);
});

test('there is one script, the page admits only it, and it is a program', (t) => {
  const [script, ...more] = named('script');
  t.is(script?.text, SCRIPT);
  t.is(more.length, 0);
  const policy = named('meta')
    .filter((node) => node.attributes.has('http-equiv'))
    .map((node) => attribute(node, 'content'))
    .join();
  t.true(policy.includes("default-src 'none'"));
  t.true(policy.includes(`'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`));
  t.notThrows(() => new Script(SCRIPT));
});

test('hostile text is text: no tag, attribute or script comes of it', (t) => {
  t.deepEqual(
    NODES.flatMap(({ attributes }) => [...attributes.keys()]).filter((name) => name.startsWith('on')),
    [],
  );
  for (const node of NODES) t.notRegex(attribute(node, 'href'), /^\s*javascript:/i);
  const text = named('body')[0]?.text ?? '';
  t.true(text.split(printable(HOSTILE)).length > 25);
  t.notRegex(PAGE, /[\p{Cs}\u{202e}]|(?!\n)\p{Cc}/u);
});

test('a path that leaves the folder is shown and not linked', (t) => {
  const [scenario] = GREEN.scenarios;
  const [variant] = scenario?.variants ?? [];
  if (scenario === undefined || variant === undefined) return t.fail();
  const checks = variant.checks.map((check) =>
    check.probe === undefined
      ? check
      : { ...check, probe: { ...check.probe, artefact: '../../../secret.wav' } },
  );
  const page = htmlReport(
    { ...GREEN, scenarios: [{ ...scenario, variants: [{ ...variant, checks }] }] },
    NO_FILES,
  );
  t.true(page.includes('<code>../../../secret.wav</code>'));
  t.notRegex(page, /(?:href|src)="[^"]*secret/);
});

test('the page has a language, a title, and headings in order', (t) => {
  t.is(named('html')[0]?.attributes.get('lang'), 'en');
  t.regex(
    named('title')[0]?.text ?? '',
    /^NOT COMPLETE, 1 run missing: 3 scenarios, 4 variants, 21 checks: 12 pass, 4 fail/,
  );
  let level = 0;
  for (const { name } of named('h1', 'h2', 'h3', 'h4', 'h5', 'h6')) {
    const next = Number(name.slice(1));
    t.true(next <= level + 1, `${name} after h${level}`);
    level = next;
  }
  t.is(named('h1').length, 1);
  t.is(named('main').length, 1);
});

test('pictures have a name or are hidden, tables a caption and header cells, sound a name', (t) => {
  const nested = new Set(named('svg').flatMap((svg) => [...nodesOf(svg)]));
  for (const svg of named('svg')) {
    if (nested.has(svg)) continue;
    const hidden = attribute(svg, 'aria-hidden') === 'true';
    t.true(hidden || (attribute(svg, 'aria-label') !== '' && attribute(svg, 'role') !== ''));
  }
  for (const table of named('table')) {
    t.is(table.children[0]?.name, 'caption');
    for (const head of [...nodesOf(table)].filter(({ name }) => name === 'th'))
      t.not(attribute(head, 'scope'), '');
  }
  for (const audio of named('audio')) t.not(attribute(audio, 'aria-label'), '');
  for (const details of named('details')) t.is(details.children[0]?.name, 'summary');
  t.is(named('audio').length, 3);
});

test('every clause is in the clause table exactly once, what binds most first', (t) => {
  const rows = NODES.filter((node) => node.attributes.has('data-verdict'));
  t.deepEqual(
    rows.map((node) => node.children[0]?.text ?? '').sort(byCodeUnit),
    SAMPLE.clauses.map(({ id }) => printable(id)).sort(byCodeUnit),
  );
  const order = clauseGroups(SAMPLE).flatMap((group) => group.rows.map(({ clause }) => clause));
  t.deepEqual(
    rows.map((node) => [attribute(node, 'data-verdict'), attribute(node, 'data-modality')]),
    order.map(({ verdict, modality }) => [verdict, printable(modality)]),
  );
});

test('the first page says what is real, modelled and assumed', (t) => {
  const boxes = NODES.filter((node) => classed(node, 'box'));
  t.deepEqual(
    boxes.map((box) => box.children[0]?.text),
    ['Real', 'Modelled', 'Assumed'],
  );
  const text = boxes.map((box) => box.text).join(' ');
  for (const said of [
    '112 bits',
    'not constant time',
    'never for real use',
    'drawn from the seed',
    '1 not at the default',
  ]) {
    t.true(text.includes(said), said);
  }
  t.true(htmlReport({ ...SAMPLE, parameters: [] }, NO_FILES).includes('all at their defaults'));
});

test('a predicted success of the thief is a pass and is harm, side by side', (t) => {
  const check = byId(`${CHECK}/decrypt-incoming`);
  const badges = check === undefined ? [] : [...nodesOf(check)].filter((node) => classed(node, 'badge'));
  t.true(badges.some((badge) => classed(badge, 'pass')));
  t.true(badges.some((badge) => classed(badge, 'harm') && badge.text.includes('opened, as predicted')));
  const refused = byId(`${CHECK}/decrypt-outgoing`);
  t.false(refused === undefined || [...nodesOf(refused)].some((node) => classed(node, 'harm')));
});

test('a probe shows line, prediction, both controls, means, and plays what it recovered', (t) => {
  const check = byId(`${CHECK}/decrypt-incoming`);
  for (const said of [
    'decrypt bob-to-alice#1',
    'sealed to Alice',
    'opened, as it must',
    'refused, as it must',
    'RSK(+447700900001 2015-10)#5be1c9d0',
  ]) {
    t.true(check?.text.includes(said), said);
  }
  const audio = check === undefined ? undefined : [...nodesOf(check)].find(({ name }) => name === 'audio');
  t.is(audio?.attributes.get('src'), 'client-compromise/wipe-destroy-block/audio/decrypt-incoming.wav');
  t.true(
    byId('check/client-compromise/reported-late/call-as-alice-blocked')?.text.includes(
      'refused, must be opened',
    ),
  );
});

test('what needs attention stands open, what passed is folded, and a link leads to it from the top', (t) => {
  t.true(byId('check/client-compromise/reported-late/unwrap-november')?.attributes.has('open'));
  t.false(byId(`${CHECK}/decrypt-incoming`)?.attributes.has('open'));
  t.true(byId('variant/client-compromise/reported-late')?.attributes.has('open'));
  t.false(byId('variant/client-compromise/wipe-destroy-block')?.attributes.has('open'));
  t.true(htmlReport(TIDY, NO_FILES).includes('id="variant/client-compromise/wipe-destroy-block" open>'));
  const attention = NODES.find((node) => classed(node, 'attention'));
  t.is(attention?.children.length, 6);
  t.truthy(byId('across/client-compromise/heard-alike'));
  t.regex(attention?.children[0]?.text ?? '', /^missing hostile\/lost, seed 42/);
  t.false(htmlReport(GREEN, NO_FILES).includes('Needs attention'));
});

test('evidence is the events that checks name and what led to them, each once', (t) => {
  const events = NODES.filter((node) =>
    attribute(node, 'id').startsWith('event/client-compromise/wipe-destroy-block/'),
  );
  t.deepEqual(
    events.map((node) => Number(attribute(node, 'id').split('/').at(-1))),
    [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21],
  );
  const chain = byId(`${CHECK}/block-closes-session`)?.text ?? '';
  t.true(
    chain.includes(
      '#16 crs.session-closed on crs ← #15 crs.user-blocked on crs ← #14 person.typed on crs-admin ← #13',
    ),
  );
  t.true(PAGE.includes('#99 <span class="muted">(not in the trace)</span>'));
  t.false(PAGE.includes('x'.repeat(400)));
});

/** A trace of `length` events, each caused by the one before it. */
function longTrace(length: number): readonly AnyTraceEvent[] {
  return Array.from(
    { length },
    (_, index) =>
      ({
        n: index + 1,
        t: 0,
        type: 'trace.ended',
        on: 'run',
        cause: index,
        data: { events: 1 },
      }) satisfies AnyTraceEvent,
  );
}

test('a long trace, a long chain and much evidence do not blow the page up', (t) => {
  const [scenario] = GREEN.scenarios;
  const [variant] = scenario?.variants ?? [];
  const [check] = variant?.checks ?? [];
  const [message] = variant?.ladder ?? [];
  if (scenario === undefined || variant === undefined || check === undefined || message === undefined)
    return t.fail();
  const evidence = Array.from({ length: 5000 }, (_, index) => 45_000 + index);
  const ladder = Array.from({ length: 5000 }, () => message);
  const long = { ...variant, checks: [{ ...check, evidence }], ladder };
  const page = htmlReport(
    { ...GREEN, scenarios: [{ ...scenario, variants: [long] }] },
    { ...NO_FILES, events: () => longTrace(50_000) },
  );
  t.true(page.length < 450_000, String(page.length));
  t.true(page.includes('and 4992 more events in report.json'));
  t.true(page.includes('4700 more messages in trace.ndjson'));
  t.true(page.includes('← and so on'));
});

test('the timeline draws each exposure: solid, hatched, and an arrow when it is open', (t) => {
  const run = byId('variant/client-compromise/wipe-destroy-block');
  const bars = run === undefined ? [] : [...nodesOf(run)].filter((node) => classed(node, 'bar'));
  t.is(bars.length, 2);
  const parts = bars.map((bar) => [...nodesOf(bar)].map((node) => attribute(node, 'class')));
  t.deepEqual(
    parts.map((classes) => [
      classes.filter((name) => name === 'surely').length,
      classes.filter((name) => name === 'possibly').length,
      classes.filter((name) => name === 'open').length,
    ]),
    [
      [1, 2, 1],
      [1, 2, 0],
    ],
  );
  const [, closed] = bars;
  const rect = (name: string): string[] =>
    closed === undefined
      ? []
      : [...nodesOf(closed)].filter((node) => classed(node, name)).map((node) => attribute(node, 'x'));
  const [solid = ''] = rect('surely');
  const [before = '', after = ''] = rect('possibly');
  t.true(Number.parseFloat(before) < Number.parseFloat(solid));
  t.true(Number.parseFloat(solid) < Number.parseFloat(after));
});

test('the timeline numbers each typed line with who typed what, and letters the moments', (t) => {
  const run = byId('variant/client-compromise/wipe-destroy-block');
  const titles =
    run === undefined ? [] : [...nodesOf(run)].filter(({ name }) => name === 'title').map(({ text }) => text);
  t.true(titles.includes('2015-10-14 09:20:00Z crs-admin on crs: block-user +447700900001'));
  t.true(
    titles.includes(
      '2015-10-14 09:12:00Z mdm-admin on mdm: wipe alice-phone (refused: MDM_UNREACHABLE: the phone has not been seen since 08:31)',
    ),
  );
  t.true(
    byId('timeline/client-compromise/wipe-destroy-block')?.text.includes('C blocked 2015-10-14 09:20:00Z'),
  );
  t.true(run?.text.includes('did not happen'));
});

test('the ladder has a lane per participant and styles each kind of message apart', (t) => {
  const run = byId('variant/client-compromise/wipe-destroy-block');
  const ladder = run === undefined ? undefined : [...nodesOf(run)].find((node) => classed(node, 'ladder'));
  const inside = ladder === undefined ? [] : [...nodesOf(ladder)];
  t.deepEqual(
    inside.filter((node) => classed(node, 'who')).map((node) => node.text),
    ['alice-phone', 'crs', 'bob-phone', 'thief', 'alice', 'crs-admin', 'cms-operator', 'cms'],
  );
  for (const kind of ['signalling', 'media', 'people', 'attack'])
    t.true(
      inside.some((node) => classed(node, kind)),
      kind,
    );
  t.true(inside.some((node) => attribute(node, 'href') === '#event/client-compromise/wipe-destroy-block/9'));
  t.true(ladder?.text.includes('17m 56s later'));
});

test('a plant is announced before anything else', (t) => {
  const page = htmlReport({ ...GREEN, plant: 'crs.skips-block' }, NO_FILES);
  t.true(page.indexOf('crs.skips-block') < page.indexOf('What was run'));
});

test('an empty suite is a page too', (t) => {
  const page = htmlReport({ ...SAMPLE, scenarios: [], clauses: [], parameters: [] }, NO_FILES);
  t.notThrows(() => htmlElements(page));
  t.true(page.includes('No probe that was made opened anything.'));
});
