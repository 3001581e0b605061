/** Lineages of made-up traces: every way that a secret comes somewhere, and every way that it ends there. */
import test from 'ava';
import { Secret } from '../../../sim/secret.ts';
import { lineagesOf, type Lineage, type LineageEvent, type LineagePlace } from './index.ts';

const RSK = 'RSK(+447700900001 2015-10)#0a0a0a0a';
const PACKED = 'key package(+447700900001 2015-10)#0b0b0b0b';
const TEK = 'TEK(1234 CS 1)#0c0c0c0c';

type Told = readonly [type: string, on: string, data: object, cause?: number];

/** The events in their order, a second apart. */
function eventsOf(told: readonly Told[]): readonly LineageEvent[] {
  return told.map(([type, on, data, cause = 0], index) => ({
    ...{ n: index + 1, t: index * 1_000_000, type, on, cause, data },
  }));
}

const hand = (
  verb: string,
  from: string | null,
  to: string | null,
  secrets: readonly unknown[] = [RSK],
  on = to ?? from ?? '',
  cause = 0,
): Told => [`custody.${verb}`, on, { secrets, from, to }, cause];

function lineageOf(told: readonly Told[], secret = RSK): Lineage {
  const found = lineagesOf(eventsOf(told)).find((lineage) => lineage.secret === secret);
  if (found === undefined) throw new Error(`${secret} is told of`);
  return found;
}

/** The tree as indented names, with how each came there, `!` for a leak and how it ended. */
function treeOf({ roots }: Lineage): readonly string[] {
  const lines = (place: LineagePlace, depth: number): readonly string[] => [
    `${' '.repeat(depth)}${place.leak ? '!' : ''}${place.holder} ${place.how}${place.until === undefined ? '' : `, ${place.until.what}`}`,
    ...place.children.flatMap((child) => lines(child, depth + 1)),
  ];
  return roots.flatMap((root) => lines(root, 0));
}

const MADE = hand('made', null, 'cms');

test('a key goes from the CMS by a package to a phone, is used and erased there', (t) => {
  const lineage = lineageOf([
    MADE,
    hand('wrapped', 'cms', 'cms', [RSK, PACKED]),
    hand('burnt', 'cms', 'disc', [PACKED]),
    hand('loaded', 'disc', 'crs', [PACKED]),
    hand('served', 'crs', 'phone', [PACKED]),
    hand('unwrapped', 'phone', 'phone', [PACKED, RSK]),
    hand('installed', 'crs', 'phone'),
    hand('used', 'phone', 'phone'),
    hand('used', 'phone', 'phone'),
    hand('erased', 'phone', null),
  ]);
  t.deepEqual(treeOf(lineage), ['cms made', ` ${PACKED} wrapped`, '  phone unwrapped, erased']);
  t.like(lineage, { uses: 2, leaks: 0, holders: ['cms', PACKED] });
  t.is(lineage.died, undefined);
  const phone = lineage.roots[0]?.children[0]?.children[0];
  t.deepEqual(phone?.notes, [{ event: 7, time: 6_000_000, what: 'installed' }]);
  t.is(phone?.lastUse?.event, 9);
});

test('what is wrapped ends with the last of its package, and then a secret is dead', (t) => {
  const lineage = lineageOf([
    MADE,
    hand('wrapped', 'cms', 'cms', [RSK, PACKED]),
    hand('burnt', 'cms', 'disc', [PACKED]),
    hand('erased', 'cms', null, [RSK, PACKED]),
    hand('erased', 'disc', null, [PACKED], 'operator'),
  ]);
  t.deepEqual(treeOf(lineage), ['cms made, erased', ` ${PACKED} wrapped, the package was gone`]);
  t.is(lineage.died?.event, 5);
  t.deepEqual(lineage.holders, []);
});

test('a thing is carried and its secret with it, in an envelope too, and comes from it to whoever scans it', (t) => {
  const lineage = lineageOf([
    MADE,
    hand('printed', 'cms', 'sheet'),
    ['person.sealed', 'operator', { thing: 'sheet', envelope: 'letter' }],
    ['console.typed', 'operator', { by: 'operator', line: 'carry letter courier' }],
    ['person.carried', 'operator', { thing: 'letter', to: 'courier' }, 4],
    hand('carried', 'operator', 'courier', [RSK], 'operator', 4),
    hand('scanned', 'sheet', 'phone', [RSK], 'alice'),
    hand('erased', 'sheet', null, [RSK], 'alice'),
  ]);
  t.deepEqual(treeOf(lineage), ['cms made', ' sheet printed, erased', '  phone scanned']);
  const sheet = lineage.roots[0]?.children[0];
  t.is(sheet?.at, 'courier');
  t.is(sheet?.notes[0]?.what, 'carried to courier');
});

test('a code is on a screen until that is hidden, and what is read or photographed comes from the screen', (t) => {
  const lineage = lineageOf([
    MADE,
    hand('shown', 'cms', null),
    ['person.photographed', 'clerk', { source: 'cms', photo: 'picture' }, 9],
    hand('seized', 'cms', 'clerk', [RSK], 'clerk', 9),
    ['cms.qr-hidden', 'cms', { number: '+447700900001' }],
    hand('scanned', 'picture', 'clerk-phone', [RSK], 'clerk'),
  ]);
  t.deepEqual(treeOf(lineage), [
    'cms made',
    ' screen of cms shown, off the screen',
    '  !picture seized',
    '   !clerk-phone scanned',
  ]);
  t.is(lineage.leaks, 1, 'what is made of a leak is no further one');
});

test('whoever takes a thing has it from then on, and whoever copies one leaves it', (t) => {
  const taken = lineageOf([
    MADE,
    hand('burnt', 'cms', 'disc'),
    ['person.took', 'finder', { thing: 'disc', from: 'desk' }, 8],
    hand('seized', 'desk', 'finder', [RSK], 'finder', 8),
  ]);
  t.deepEqual(treeOf(taken), ['cms made', ' disc burnt, taken by finder', '  !disc seized']);
  const copied = lineageOf([
    MADE,
    hand('burnt', 'cms', 'disc'),
    ['person.copied', 'finder', { disc: 'disc', from: 'desk', copy: 'twin' }, 8],
    hand('seized', 'disc', 'finder', [RSK], 'finder', 8),
  ]);
  t.deepEqual(treeOf(copied), ['cms made', ' disc burnt', '  !twin seized']);
  t.is(copied.leaks, 1);
});

test('what a thief works out is a leak without a source, and what was typed for a theft is told', (t) => {
  const lineage = lineageOf(
    [
      hand('made', null, 'phone', [TEK]),
      ['console.typed', 'thief', { by: 'thief', line: 'seize phone' }],
      hand('seized', 'phone', 'thief', [RSK], 'thief', 2),
      hand('made', null, 'thief', [TEK]),
      ['handset.call-ended', 'phone', { csb: '1234' }],
    ],
    TEK,
  );
  t.deepEqual(treeOf(lineage), ['phone made, the call was over', '!thief made']);
  const stolen = lineagesOf(
    eventsOf([
      MADE,
      ['console.typed', 'thief', { by: 'thief', line: 'seize cms' }],
      hand('seized', 'cms', 'thief', [RSK], 'thief', 2),
    ]),
  );
  t.is(stolen[0]?.roots[0]?.children[0]?.typed, 'thief: seize cms');
});

test('the phone that a thief registers as somebody else has what the thief has', (t) => {
  const lineage = lineageOf([
    MADE,
    hand('seized', 'cms', 'thief'),
    ['handset.registered', 'thief-1', { user: 'thief', number: '+447700900001' }],
    ['handset.registered', 'phone', { user: 'alice', number: '+447700900001' }],
    hand('used', 'thief-1', 'thief-1'),
  ]);
  t.deepEqual(treeOf(lineage), ['cms made', ' !thief seized', '  !thief-1 used']);
  t.is(lineage.leaks, 1);
});

test('keys of a call end with it on each phone by itself, but for what is stored; renewed ones too', (t) => {
  const call = [hand('made', null, 'one', [TEK]), hand('made', null, 'two', [TEK])];
  const stored = lineageOf(
    [...call, hand('stored', 'two', 'two', [TEK]), ['handset.call-ended', 'two', { csb: '1234' }]],
    TEK,
  );
  t.deepEqual(treeOf(stored), ['one made', 'two made']);
  const renewed = lineageOf(
    [
      ...call,
      ['handset.call-rekeyed', 'one', { csb: '1', keyed: '1234' }],
      ['handset.call-ended', 'one', { csb: '1' }],
      ['handset.call-ended', 'two', { csb: '1' }],
    ],
    TEK,
  );
  t.is(renewed.died?.event, 5);
});

test('a broken invariant marks the place that its event made, and the lineage with the event that said so first', (t) => {
  const broken = (event: number, holder: string): Told => [
    'invariant.broken',
    'master-secrets',
    { invariant: 'master-secrets', event, secret: RSK, holder },
  ];
  const lineage = lineageOf([MADE, hand('burnt', 'cms', 'disc'), broken(2, 'disc'), broken(2, 'disc')]);
  t.deepEqual(lineage.roots[0]?.children[0]?.breaks, ['master-secrets']);
  t.deepEqual(lineage.roots[0]?.breaks, []);
  t.is(lineage.broken, 3);
});

test('a live trace and one that was read back say the same; another label of the same secret is an alias', (t) => {
  const secret = new Secret('PSK', '+447700900001 2015-10', new Uint8Array(16));
  const other = new Secret('PSK', 'd2e6.2015-10', new Uint8Array(16));
  const told = (write: (each: Secret) => unknown): readonly Lineage[] =>
    lineagesOf(
      eventsOf([hand('made', null, 'cms', [write(secret)]), hand('seized', 'cms', 'thief', [write(other)])]),
    );
  t.deepEqual(
    told((each) => each),
    told(({ label }) => label),
  );
  t.deepEqual(told((each) => each)[0]?.aliases, [other.label]);
});

test('events that are not as they should be say nothing', (t) => {
  const odd: readonly Told[] = [
    ['custody.made', 'cms', {}],
    ['custody.made', 'cms', { secrets: 'RSK', to: 'cms' }],
    ['custody.made', 'cms', { secrets: [7, null, 'RSK', 'RSK()#xyz'], from: 1, to: 2 }],
    ['custody.erased', 'cms', { secrets: [RSK], from: 'nobody', to: null }],
    ['custody.carried', 'cms', { secrets: [RSK], from: null, to: null }],
    ['invariant.broken', 'x', { secret: RSK }],
    ['handset.call-ended', 'x', {}],
    ['console.typed', 'x', {}],
  ];
  t.deepEqual(
    lineagesOf(eventsOf(odd)).map(({ secret, roots }) => [secret, roots]),
    [[RSK, []]],
  );
});

test('a month of an office is read in one pass', (t) => {
  const told: Told[] = [];
  for (let user = 0; user < 4000; user++) {
    const key = `RSK(+4477${user} 2015-10)#${user.toString(16).padStart(8, '0')}`;
    const packed = `key package(+4477${user} 2015-10)#${user.toString(16).padStart(8, '0')}`;
    told.push(hand('made', null, 'cms', [key]), hand('wrapped', 'cms', 'cms', [key, packed]));
    told.push(hand('unwrapped', `phone-${user}`, `phone-${user}`, [packed, key]));
  }
  let reads = 0;
  const events = new Proxy(eventsOf(told), {
    get(target, key, receiver): unknown {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
      return Reflect.get(target, key, receiver);
    },
  });
  t.is(lineagesOf(events).length, 8000);
  t.is(reads, events.length);
});
