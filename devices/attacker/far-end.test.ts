/** What the far ends say counts for an attack when it is of this attack, and by their codes only. */
import test from 'ava';
import { Hideout } from './hideout.fixture.ts';
import { FarEnd } from './far-end.ts';

const refusal = { user: 'alice', identity: 'x', alert: 20 } as const;

test('handshakes, calls and packages of other hosts are of no concern', (t) => {
  const { bed } = new Hideout();
  const farEnd = new FarEnd(['place-1']);
  bed.trace.listen((event) => farEnd.take(event));
  const say = (host: string): void => {
    bed.trace.append('crs.handshake-refused', 'crs', {
      ...refusal,
      host,
      reason: 'blocked',
      also: ['stale-psk'],
    });
    bed.trace.append('crs.call-refused', 'crs', {
      from: 'alice',
      to: 'bob',
      host,
      status: 403,
      reason: 'whatever',
      code: 'identity-check',
    });
    bed.trace.append('network.dropped', 'wall', {
      protocol: 'tcp',
      from: `${host}:40000`,
      to: 'crs:22',
      reason: 'filtered',
    });
  };
  say('place-11');
  t.deepEqual(farEnd.reasons, []);
  say('place-1');
  t.deepEqual(farEnd.reasons, ['blocked', 'stale-psk', 'identity-check', 'firewall']);
});

test('a phone speaks of one I_MESSAGE, and of others to others', (t) => {
  const { bed } = new Hideout();
  const farEnd = new FarEnd();
  farEnd.call('00000001');
  bed.trace.listen((event) => farEnd.take(event));
  for (const csb of ['00000002', null, '00000001'])
    bed.trace.append('mikey.refused', 'bob-phone', {
      to: 'bob',
      csb,
      claimed: 'alice',
      code: 'MIKEY_SKEW',
      message: '',
      reason: 'outside-skew',
    });
  t.deepEqual(farEnd.reasons, ['outside-skew']);
});

test('a server that is busy, and one that saw no identity, say nothing of what is held', (t) => {
  const { bed } = new Hideout();
  const [busy, plain] = [new FarEnd(['a']), new FarEnd(['b'])];
  bed.trace.listen((event) => void [busy, plain].map((farEnd) => farEnd.take(event)));
  bed.trace.append('crs.handshake-refused', 'crs', {
    ...refusal,
    host: 'a',
    reason: 'too-many-requests',
    also: [],
  });
  bed.trace.append('crs.handshake-refused', 'crs', {
    ...refusal,
    host: 'b',
    reason: 'no-identity',
    also: [],
  });
  t.deepEqual([busy.isBusy, busy.reasons], [true, []]);
  t.deepEqual([plain.isBusy, plain.reasons], [false, []]);
});
