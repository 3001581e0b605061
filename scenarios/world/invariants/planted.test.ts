/** Invariants in whole worlds: each holds in one whose devices keep their promises, and names the first event of a planted violation. */
import test from 'ava';
import type { RuleName } from '../../../devices/rules.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { performanceOf } from '../hall.fixture.ts';

interface Planted {
  readonly steps: readonly string[];
  readonly ends?: string;
  readonly broken?: readonly RuleName[];
  readonly parameters?: string;
}

interface Breach {
  readonly invariant: string;
  readonly holder: string;
  readonly secret: string;
  /** The event that broke it. */
  readonly by: AnyTraceEvent | undefined;
}

/** Every breach of a world, in the order in which they were said. */
function breachesOf({ steps, ends = '08:30', broken = [], parameters = '' }: Planted): readonly Breach[] {
  const yaml = `parameters: { ${parameters} }\nsteps:\n${steps.map((step) => `  - { ${step} }\n`).join('')}expect:\n  - { id: begun, see: trace.began, times: 1 }\n`;
  const performance = performanceOf({ yaml, ends, broken });
  performance.finish();
  const { events } = performance.world.trace;
  return events.flatMap((event) => {
    if (event.type !== 'invariant.broken') return [];
    const { invariant, holder, secret } = event.data;
    return [{ invariant, holder, secret, by: events[event.data.event - 1] }];
  });
}

const WIPE = ['at: "08:10", by: mdm-admin, on: mdm, type: "wipe alice-phone"'];

test('a wipe that erases leaves nothing, and one that only says so is named with the wipe', (t) => {
  t.deepEqual(breachesOf({ steps: WIPE }), []);
  const left = breachesOf({ steps: WIPE, broken: ['handset.wipe-erases'] });
  t.true(left.length >= 4);
  for (const { invariant, holder, by } of left)
    t.like(
      { invariant, holder, type: by?.type },
      { invariant: 'wiped-phones', holder: 'alice-phone', type: 'handset.wiped' },
    );
  for (const kind of ['RSK', 'SSK', 'PSK', 'update key'])
    t.true(
      left.some(({ secret }) => secret.startsWith(`${kind}(`)),
      kind,
    );
});

test('a phone that is wiped by deletion keeps octets of its keys, whatever its file system says', (t) => {
  const left = breachesOf({ steps: WIPE, parameters: 'wipe-method: delete' });
  t.true(left.some(({ invariant, by }) => invariant === 'wiped-phones' && by?.type === 'handset.wiped'));
});

const disc = (month: string): readonly string[] => [
  'at: "08:01", by: cms-operator, type: "take-blank far-disc"',
  'at: "08:02", by: cms-operator, type: "insert far-disc cms"',
  `at: "08:03", by: cms-operator, on: cms, type: "burn-disc --month ${month}"`,
];

test('a disc of the next month may be burnt, and one of the month after that is named with its burning', (t) => {
  t.deepEqual(breachesOf({ steps: disc('2015-11') }), []);
  const early = breachesOf({ steps: disc('2015-12') });
  t.is(early[0]?.by?.type, 'custody.burnt');
  t.like(early[0], { invariant: 'months-ahead', holder: 'far-disc' });
  t.true(early.every(({ invariant }) => invariant === 'months-ahead'));
});

test('a backup that is declared may hold master secrets, and a disc that has them without a word may not', (t) => {
  const backup = [
    'at: "08:01", by: cms-operator, type: "take-blank safe-disc"',
    'at: "08:02", by: cms-operator, type: "insert safe-disc cms"',
    'at: "08:03", by: cms-operator, on: cms, type: back-up',
  ];
  t.deepEqual(breachesOf({ steps: backup }), []);
  const leaked = breachesOf({ steps: disc('2015-11'), broken: ['cms.keeps-master-secrets'] });
  t.deepEqual([...new Set(leaked.map(({ invariant, by }) => `${invariant} ${by?.type ?? ''}`))].slice(0, 1), [
    'master-secrets custody.burnt',
  ]);
});

const PRINT = [
  'at: "08:01", by: cms-operator, on: cms, type: "print-qr +447700900001 --marking OFFICIAL --reason away"',
  'at: "08:02", by: cms-operator, type: "carry alice-qr-1 crs-admin"',
];

test('a code that nobody has scanned is brought to whom it is for, and one that was used nowhere', (t) => {
  t.deepEqual(breachesOf({ steps: PRINT }), []);
  const used = breachesOf({
    steps: [
      ...PRINT,
      'at: "08:03", by: crs-admin, type: "carry alice-qr-1 alice"',
      'at: "08:04", by: alice, type: "scan alice-qr-1"',
      'at: "08:05", by: alice, type: "carry alice-qr-1 bob"',
    ],
  });
  t.true(used.length > 0);
  for (const { invariant, holder, by } of used)
    t.like(
      { invariant, holder, type: by?.type },
      { invariant: 'user-keys', holder: 'bob', type: 'custody.carried' },
    );
});
