import test from 'ava';
import { exposureOf } from './exposure.ts';
import { probed, traceOf, type Happening } from './story.fixture.ts';

const PLACED = (t0: number, call: string): Happening => [t0, 'handset.call-placed', { call }, 'bob-phone'];

const refused = { outcome: 'refused', reason: 'blocked' } as const;

/** A line that an attacker typed and that was no probe. */
function typed(t: number, change: Readonly<Record<string, unknown>> = {}): Happening {
  const data = {
    ...{ attack: 'decrypt', route: 'tap', needs: ['psk', 'rsk', 'media'], arm: 'attempt', outcome: 'opened' },
    ...{ asset: 'recorded calls of 2015-10 to alice', capability: 'hear', victim: 'alice' },
    ...{ call: 'bob-to-alice#1', because: '', reason: null, missing: [], means: ['RSK(alice)'] },
    ...{ sources: ['alice-crs'], audioSeconds: 10 },
  };
  return [t, 'attack.ended', { ...data, ...change }, 'thief'];
}

const brief = (...happenings: readonly Happening[]) =>
  exposureOf(traceOf(...happenings)).map(({ fromEarliest, from, lastSuccess, firstFailure }) => [
    fromEarliest,
    from,
    lastSuccess,
    firstFailure,
  ]);

test('a success counts, predicted or not, between the refusals of the same path around it', (t) => {
  const bars = exposureOf(
    traceOf(
      probed(10, { id: 'p1', ...refused }),
      probed(20, { id: 'p2', means: ['RSK', 'PSK'], audioSeconds: 12 }),
      probed(30, { id: 'p3', predict: 'refused', means: ['RSK', 'disc'], audioSeconds: 40 }),
      probed(50, { id: 'p4', ...refused }),
      probed(60, { id: 'p5', ...refused }),
    ),
  );
  t.is(bars.length, 1);
  t.like(bars[0], {
    ...{ attacker: 'thief', attack: 'decrypt', route: 'tap', capability: 'hear' },
    ...{ fromEarliest: 10, from: 20, lastSuccess: 30, firstFailure: 50, refusedAs: 'blocked' },
    ...{ means: ['RSK', 'PSK', 'disc'], audioSeconds: 40, tries: ['p2', 'p3'], controlled: true },
  });
});

test('an exposure that returns is an entry of its own, and one that lasts has no end', (t) => {
  t.deepEqual(brief(probed(1), probed(2, refused), probed(3)), [
    [0, 1, 1, 2],
    [2, 3, 3, undefined],
  ]);
});

test('what a try was handed for the asking was not there before it', (t) => {
  t.deepEqual(brief(probed(5, { route: 'given' }), probed(9, { route: 'given' })), [[5, 5, 9, undefined]]);
});

test('the refusal of another path ends nothing', (t) => {
  for (const other of [
    { route: 'account:carol' },
    { attack: 'forge' },
    { needs: ['psk'] },
    { asset: 'identity bob' },
    { capability: 'take calls' },
  ])
    t.deepEqual(brief(probed(1), probed(2, { ...refused, ...other }), probed(3)), [[0, 1, 3, undefined]]);
  const insider: Happening = [2, 'probe.result', { ...probed(2, refused)[2] }, 'insider'];
  t.deepEqual(brief(probed(1), insider), [[0, 1, 1, undefined]], 'nor that of another attacker');
});

test('a refusal ends nothing when its controls do not show that the try was a good one', (t) => {
  t.deepEqual(brief(probed(1), probed(2, { ...refused, positiveControl: 'refused' })), [
    [0, 1, 1, undefined],
  ]);
  t.deepEqual(brief(probed(1), typed(2, { outcome: 'refused', reason: 'no-rsk' })), [[0, 1, 1, undefined]]);
});

test('a line that was typed counts as well, says that it had no controls, and cannot end an entry', (t) => {
  const [bar, ...others] = exposureOf(traceOf(typed(5), typed(7, { call: 'bob-to-alice#2' }), typed(8)));
  t.deepEqual(others, []);
  t.like(bar, { from: 5, lastSuccess: 8, controlled: false, audioSeconds: 20 });
  t.deepEqual(bar?.tries, ['typed, event 1', 'typed, event 2', 'typed, event 3']);
});

test('an attempt that a probe sums up is counted once, and its controls are not tries', (t) => {
  const controls = [
    typed(5),
    typed(6, { arm: 'positive' }),
    typed(7, { arm: 'negative', outcome: 'refused' }),
  ];
  const [bar, ...others] = exposureOf(traceOf(...controls, probed(7, { id: 'p1' })));
  t.deepEqual(others, []);
  t.deepEqual(bar?.tries, ['p1']);
});

test('no exposure begins before the attacker had what it was done with', (t) => {
  const from = (what: string, t0: number, verb = 'seized'): Happening => [
    t0,
    `custody.${verb}`,
    { secrets: [what], from: 'alice-phone', to: 'thief' },
    'thief',
  ];
  const start: Happening = [
    0,
    'custody.holds-from-start',
    { secrets: [], from: 'alice-crs', to: 'thief' },
    'thief',
  ];
  const means = { means: ['RSK(alice)', 'PSK(alice)'], sources: ['alice-crs'] };
  t.deepEqual(brief(start, from('RSK(alice)', 10), from('PSK(alice)', 12), probed(20, means)), [
    [12, 20, 20, undefined],
  ]);
  t.deepEqual(
    brief(from('RSK(alice)', 10), from('RSK(alice)', 15), probed(20, means))[0]?.[0],
    10,
    'had first',
  );
  const used: Happening = [
    18,
    'custody.used',
    { secrets: ['PSK(alice)'], from: 'thief', to: 'thief' },
    'thief',
  ];
  t.is(brief(from('RSK(alice)', 10), used, probed(20, means))[0]?.[0], 10, 'who used it had it before');
  const somebody: Happening = [
    11,
    'custody.seized',
    { secrets: ['RSK(alice)'], from: null, to: 'insider' },
    'insider',
  ];
  t.is(brief(somebody, probed(20, means))[0]?.[0], 0, 'what somebody else has is not the thief’s');
  t.is(
    brief(from('RSK(alice)', 10), probed(14, refused), probed(20, means))[0]?.[0],
    14,
    'a refusal later counts',
  );
});

test('of recordings it is said when what was heard had been said', (t) => {
  const [bar] = exposureOf(
    traceOf(
      PLACED(3, 'bob-to-alice#1'),
      PLACED(9, 'bob-to-alice#2'),
      typed(20),
      typed(21, { call: 'bob-to-alice#2' }),
    ),
  );
  t.like(bar, { from: 20, spokenFrom: 3, spokenUntil: 9 });
});

test('a recording that stays shut closes no other one that was heard', (t) => {
  const heard = { call: 'bob-to-alice#1' };
  t.deepEqual(brief(probed(1, heard), probed(2, { ...refused, call: 'bob-to-alice#4' })), [
    [0, 1, 1, undefined],
  ]);
  t.deepEqual(brief(probed(1, heard), probed(2, { ...refused, ...heard })), [[0, 1, 1, 2]]);
  // Of two that were heard one stays open, until it is refused as well.
  const both = [probed(1, heard), probed(2, { call: 'bob-to-alice#4' }), probed(3, { ...refused, ...heard })];
  t.deepEqual(brief(...both), [[0, 1, 2, undefined]]);
  t.deepEqual(brief(...both, probed(4, { ...refused, call: 'bob-to-alice#4' })), [[0, 1, 2, 4]]);
  t.deepEqual(brief(...both, probed(4, heard)), [[0, 1, 4, undefined]]);
});

test('what could not be said is no try, and nothing tried is nothing exposed', (t) => {
  t.deepEqual(exposureOf(traceOf(probed(1, { outcome: 'inconclusive' }))), []);
  t.deepEqual(exposureOf(traceOf([0, 'trace.began'])), []);
});

test('when a call was placed is not said of what is no call, nor of one that nobody saw placed', (t) => {
  const [none] = exposureOf(traceOf(PLACED(3, 'bob-to-alice#2'), typed(20), typed(21, { call: null })));
  t.deepEqual([none?.spokenFrom, none?.spokenUntil], [undefined, undefined]);
  t.false(none === undefined || 'spokenFrom' in none);
  const [one] = exposureOf(
    traceOf(PLACED(3, 'bob-to-alice#2'), typed(20), typed(21, { call: 'bob-to-alice#2' })),
  );
  t.like(one, { spokenFrom: 3, spokenUntil: 3 });
});

test('a path is the same in whatever order its means are named', (t) => {
  const bars = exposureOf(traceOf(probed(1), probed(2, { needs: ['media', 'psk', 'rsk'] }), typed(3)));
  t.is(bars.length, 1);
  t.deepEqual(bars[0]?.needs, ['media', 'psk', 'rsk']);
});

test('an entry names each source and each secret once, and has controls when one of its tries had', (t) => {
  const [bar] = exposureOf(traceOf(typed(1), probed(2, { sources: ['alice-crs', 'tap'] }), typed(3)));
  t.deepEqual(bar?.sources, ['alice-crs', 'tap']);
  t.deepEqual(bar?.means, ['RSK(alice)']);
  t.true(bar?.controlled);
});

test('an entry ends by a refusal even when nobody said why', (t) => {
  const [bar] = exposureOf(traceOf(probed(1), probed(2, { outcome: 'refused', reason: null })));
  t.like(bar, { firstFailure: 2, refusedAs: 'unknown' });
});

test('an identity in other hands counts hours, rounded so that both bounds hold, and open where nothing ended it', (t) => {
  const HOUR = 3_600_000_000;
  const as = { attack: 'call-as', asset: 'identity alice', capability: 'place calls', call: null };
  const hours = (...happenings: readonly Happening[]) =>
    exposureOf(traceOf(...happenings)).map(({ impersonationHours }) => impersonationHours);
  const first = probed(1.015 * HOUR, { id: 'p1', ...as });
  const second = probed(2.03 * HOUR, { id: 'p2', ...as });
  t.deepEqual(hours(first, second), [{ atLeast: 1.01 }]);
  t.deepEqual(hours(first, second, probed(2.041 * HOUR, { id: 'p3', ...as, ...refused })), [
    { atLeast: 1.01, atMost: 2.05 },
  ]);
  const before = probed(0.5 * HOUR, { id: 'p0', ...as, ...refused });
  const after = probed(2.041 * HOUR, { id: 'p3', ...as, ...refused });
  t.deepEqual(hours(before, first, second, after), [{ atLeast: 1.01, atMost: 1.55 }]);
  t.deepEqual(hours(probed(HOUR, { id: 'p1', asset: 'package of identity alice' })), [undefined]);
});
