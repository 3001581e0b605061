/** Scenarios that ship, and those that are there to be copied from, are written without copied blocks and without users for nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import {
  filesWithCopies,
  idleUsers,
  passagesOf,
  type TypedShape,
  type Passage,
} from './house-style.fixture.ts';
import { shippedAs } from './shipped.fixture.ts';

/** Written before there were procedures. The list may only shrink: a file that is better now has to be taken out of it. */
const WITH_COPIES: readonly string[] = ['client-compromise', 'crs-overretention', 'harvest-chain', 'lost-qr'];

/** Users who are only there so that a probe has somebody for its control, by scenario. This list may only shrink, too. */
const IDLE: Readonly<Record<string, readonly string[]>> = { 'initial-enrolment': ['carol'] };

const EXAMPLES = 'docs/examples';
const SCENARIOS = ['scenarios/catalogue', EXAMPLES]
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .filter((file) => file.endsWith('.yaml') && file !== `${EXAMPLES}/deployment.yaml`)
  .map((file) => shippedAs(file));

test('no block of six steps stands in two places: a procedure is performed', (t) => {
  t.true(SCENARIOS.length >= 15);
  const copies = filesWithCopies(SCENARIOS.flatMap(passagesOf));
  const files = WITH_COPIES.map((name) => `scenarios/catalogue/${name}.yaml`);
  t.deepEqual([...copies.keys()].sort(), files, [...copies.values()].join('\n'));
});

test('every user takes part', (t) => {
  const idle = SCENARIOS.map((each) => [each.id, idleUsers(each)] as const);
  t.deepEqual(Object.fromEntries(idle.filter(([, users]) => users.length > 0)), IDLE);
});

const DISC: readonly TypedShape[] = [
  { type: 'take-blank disc-1' },
  { type: 'insert disc-1 cms' },
  { on: 'cms', type: 'burn-disc --month 2015-11' },
  { type: 'eject cms' },
  { type: 'carry disc-1 crs-admin' },
  { type: 'insert disc-1 crs' },
  { on: 'crs', type: 'load-disc' },
];

test('a block is found under other names, in another file and in the same one, and nothing is found that is none', (t) => {
  const other = DISC.map(({ on, type }) => ({
    ...(on === undefined ? {} : { on: `red-${on}` }),
    type: type.replace('disc-1', 'winter').replace('2015-11', '2016-01'),
  }));
  const found = (...passages: readonly Passage[]) => [...filesWithCopies(passages).keys()];
  const a = { file: 'a', lines: [{ type: 'look' }, ...DISC] };
  t.deepEqual(found(a, { file: 'b', lines: other }), ['a', 'b']);
  t.deepEqual(found({ file: 'a', lines: [...DISC, ...other] }), ['a']);
  t.deepEqual(found(a), []);
  t.deepEqual(found(a, { file: 'b', lines: other.slice(0, 5) }), []);
  t.deepEqual(found(a, { file: 'b', lines: other.toReversed() }), []);
  const calls = Array.from({ length: 20 }, () => ({ on: 'bob-phone', type: 'call alice' }));
  t.deepEqual(found({ file: 'c', lines: calls }), []);
});

test('a user for nothing is found', (t) => {
  const file = `${EXAMPLES}/set-up-again.yaml`;
  const text = readFileSync(file, 'utf8');
  const dave = '    dave: { number: "+447700900004", handset: { platform: ios, version: "8.4" } }\n';
  const crowded = text.replace('  people:', `${dave}  people:`);
  t.deepEqual(idleUsers(shippedAs(file, crowded)), ['dave']);
  const calling = crowded.replace('type: "call bob --for 20s"', 'type: "call +447700900004 --for 20s"');
  t.deepEqual(idleUsers(shippedAs(file, calling)), []);
});
