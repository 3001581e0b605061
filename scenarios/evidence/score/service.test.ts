/** Who could not call, from events alone. Times are whole numbers. */
import test from 'ava';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { cutOffs } from './service.ts';

type Happening = readonly [t: number, type: string, on: string, data: object, cause?: number];

const ALICE = { user: 'alice', number: '+447700900001' };
const registered = (t: number, on = 'alice-phone', user = 'alice'): Happening =>
  [...[t, 'handset.registered', on], { ...ALICE, user }] as unknown as Happening;

/** `from-to why` of each time between 0 and 100 in which Alice could not call, after she had registered at the beginning. */
function cutOff(...happenings: readonly Happening[]): readonly string[] {
  const all: readonly Happening[] = [[0, 'crs.session-opened', 'crs', ALICE], registered(0), ...happenings];
  const events = all.map(
    ([t, type, on, data, cause = 0], index) =>
      ({ n: index + 1, t, type, on, cause, data }) as unknown as AnyTraceEvent,
  );
  return (cutOffs(events, ['alice'], { since: 0, ends: 100 }).get('alice') ?? []).map(
    ({ from, to, lasts, why }) => `${from}-${lasts ? 'end' : to} ${why}`,
  );
}

test('whoever is registered can call, and whoever never was cannot', (t) => {
  t.deepEqual(cutOff(), []);
  t.deepEqual(
    cutOffs([], ['alice'], { since: 5, ends: 100 })
      .get('alice')
      ?.map(({ from, to, event }) => [from, to, event]),
    [[5, 100, 0]],
  );
});

for (const [type, data, why] of [
  ['handset.offline', { reason: 'reset' }, 'alice-phone lost its server (reset)'],
  ['handset.refused', { reason: 'insecure' }, 'alice-phone was refused by its server (insecure)'],
  ['handset.awaiting-keys', { period: '2015-11' }, 'alice-phone has no keys of 2015-11'],
  ['handset.powered-off', {}, 'alice-phone was switched off'],
  ['handset.wiped', { records: 3 }, 'alice-phone was wiped'],
] as const)
  test(`${type} cuts off until the phone is registered again`, (t) => {
    const lost: Happening = [10, type, 'alice-phone', { ...ALICE, ...data }];
    t.deepEqual(cutOff(lost), [`10-end ${why}`]);
    t.deepEqual(cutOff(lost, registered(30)), [`10-30 ${why}`]);
  });

test('a block cuts off though the phone has not noticed, until she is unblocked and registered', (t) => {
  const block: Happening = [10, 'crs.user-blocked', 'crs', { ...ALICE, by: 'crs-admin', sessionsEnded: 1 }];
  const unblock: Happening = [30, 'crs.user-unblocked', 'crs', { ...ALICE, by: 'crs-admin' }];
  t.deepEqual(cutOff(block), ['10-end blocked']);
  t.deepEqual(cutOff(block, registered(20)), ['10-end blocked'], 'what the phone believes does not count');
  t.deepEqual(cutOff(block, unblock), ['10-end blocked']);
  t.deepEqual(cutOff(block, unblock, registered(40)), ['10-40 blocked']);
});

test('the end of the last session cuts off, that of another one does not', (t) => {
  const opened = (at: number): Happening => [at, 'crs.session-opened', 'crs', ALICE];
  const closed = (at: number): Happening => [at, 'crs.session-closed', 'crs', { ...ALICE, reason: 'closed' }];
  t.deepEqual(cutOff(closed(10)), ['10-end the session ended (closed)']);
  t.deepEqual(cutOff(opened(5), closed(10)), [], 'a clone came and went');
  t.deepEqual(cutOff(opened(5), closed(10), closed(20)), ['20-end the session ended (closed)']);
  const ended: Happening = [10, 'crs.registration-ended', 'crs', { ...ALICE, reason: 'not renewed' }];
  t.deepEqual(cutOff(ended), ['10-end the registration ended (not renewed)']);
});

test('a phone that is stolen is no phone of hers, though it stays registered; a copy of its storage is not missed', (t) => {
  const seized = (line: string): readonly Happening[] => [
    [10, 'console.typed', 'thief', { by: 'thief', line }],
    [10, 'person.seized', 'thief', { by: 'thief', device: 'alice-phone', from: 'alice' }, 3],
  ];
  t.deepEqual(cutOff(...seized('seize alice-phone')), ['10-end alice-phone was taken']);
  t.deepEqual(cutOff(...seized('seize alice-phone --leave-it')), []);
  t.deepEqual(
    cutOff(...seized('seize alice-phone'), [
      30,
      'person.carried',
      'thief',
      { by: 'thief', thing: 'alice-phone', to: 'alice' },
    ]),
    ['10-30 alice-phone was taken'],
  );
});

test('a phone in a shielded bag reaches nobody until it is out again', (t) => {
  const bag = (at: number, shielded: boolean): Happening =>
    [
      ...[at, 'person.shielded', 'alice'],
      { by: 'alice', device: 'alice-phone', shielded },
    ] as unknown as Happening;
  t.deepEqual(cutOff(bag(10, true), bag(30, false)), ['10-30 alice-phone is out of reach']);
});

test('a phone that somebody else enrolled in her name is no phone of hers', (t) => {
  const lost: Happening = [10, 'handset.wiped', 'alice-phone', { ...ALICE, records: 1 }];
  const scanned = (by: string): Happening => [20, 'person.scanned', by, { by, phone: 'spare', from: 'cms' }];
  t.deepEqual(cutOff(lost, scanned('thief'), registered(30, 'spare')), ['10-end alice-phone was wiped']);
  t.deepEqual(cutOff(lost, scanned('alice'), registered(30, 'spare')), ['10-30 alice-phone was wiped']);
  t.deepEqual(cutOff(lost, scanned('alice'), registered(30, 'spare', 'bob')), [
    '10-end alice-phone was wiped',
  ]);
});

test('what is over within one moment has cut off nobody', (t) => {
  t.deepEqual(cutOff([10, 'handset.offline', 'alice-phone', { ...ALICE, reason: 'x' }], registered(10)), []);
});
