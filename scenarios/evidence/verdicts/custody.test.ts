/** Who had what since when, read from the hand-overs of a trace. */
import test from 'ava';
import { Secret } from '../../../sim/secret.ts';
import { Custody } from './custody.ts';
import { traceOf, type Happening } from './story.fixture.ts';

interface Hands {
  readonly secrets?: readonly unknown[];
  readonly from?: string | null;
  readonly to?: string | null;
}

/** The thief copies the RSK from alice's phone, but for what is said. */
const hand = (
  t: number,
  verb: string,
  { secrets = ['RSK'], from = 'alice-phone', to = 'thief' }: Hands = {},
): Happening => [t, `custody.${verb}`, { secrets, from, to }];

const since = (means: readonly string[], ...happenings: readonly Happening[]): number =>
  new Custody(traceOf(...happenings)).since({ attacker: 'thief', means, sources: ['alice-crs'] });

test('a secret is had from the first time that it is handed over', (t) => {
  for (const verb of ['seized', 'given', 'loaded', 'unwrapped', 'holds-from-start'])
    t.is(since(['RSK'], hand(10, verb), hand(20, verb)), 10, verb);
});

test('a secret that is used or erased was had before, so that begins nothing', (t) => {
  t.is(since(['RSK'], hand(10, 'used')), 0);
  t.is(since(['RSK'], hand(10, 'erased')), 0);
  t.is(since(['RSK'], hand(10, 'used'), hand(12, 'seized'), hand(14, 'erased')), 12);
});

test('what was done with several things could be done when the last of them had come', (t) => {
  const story = [
    hand(5, 'holds-from-start', { secrets: [], from: 'alice-crs' }),
    hand(10, 'seized', { secrets: ['RSK', 'PSK'] }),
    hand(20, 'seized', { secrets: ['disc key'] }),
  ];
  t.is(since([], ...story), 5, 'the source counts too');
  t.is(since(['PSK'], ...story), 10, 'every secret of a hand-over is taken');
  t.is(since(['disc key', 'RSK'], ...story), 20);
});

test('of what nobody saw come nothing is known, and no hand-over to another one tells', (t) => {
  t.is(since(['RSK']), 0);
  t.is(since(['RSK'], [1, 'a'], hand(10, 'seized', { to: 'insider' })), 0);
  t.is(since(['RSK'], hand(10, 'shown', { to: null })), 0);
  t.is(since(['RSK'], hand(10, 'seized', { to: null }), hand(12, 'seized')), 12);
});

test('whoever a secret was taken from is a source only of what is held from the start', (t) => {
  t.is(since([], hand(10, 'seized', { from: 'alice-crs' })), 0);
  t.is(since([], hand(10, 'holds-from-start', { from: 'bob-crs' })), 0);
  t.is(since(['null'], hand(10, 'holds-from-start', { secrets: [], from: null })), 0);
});

test('a live trace has secrets where one that was read back has their labels: both say the same', (t) => {
  const secret = new Secret('RSK', 'alice', new Uint8Array(16));
  t.is(since([secret.label], hand(10, 'seized', { secrets: [secret] })), 10);
  t.is(since([secret.label], hand(10, 'seized', { secrets: [secret.label] })), 10);
});

test('a call was placed when that was said first; what is no call never was', (t) => {
  const placed = (t0: number, call: string): Happening => [t0, 'handset.call-placed', { call }];
  const custody = new Custody(traceOf(placed(3, 'x#1'), placed(4, 'x#2'), placed(9, 'x#1')));
  t.is(custody.placed('x#1'), 3);
  t.is(custody.placed('x#2'), 4);
  t.is(custody.placed('x#3'), undefined);
  t.is(custody.placed(null), undefined);
});
