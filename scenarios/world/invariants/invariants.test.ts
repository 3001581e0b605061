/** The invariants, and for each the planted violation that breaks it. */
import test from 'ava';
import { VirtualClock } from '../../../sim/clock.ts';
import type { CustodyVerb } from '../../../sim/custody.ts';
import { Secret, type SecretKind } from '../../../sim/secret.ts';
import { Trace } from '../../../sim/trace.ts';
import type { RuleName } from '../../../devices/rules.ts';
import { judge } from '../../evidence/verdicts/index.ts';
import { performanceOf } from '../hall.fixture.ts';
import { Witnesses } from '../witness.ts';
import { INVARIANT_CHECKS, INVARIANTS } from './index.ts';

const CALL = `steps:
  - { id: a, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }
`;

const KEPT = Object.fromEntries(INVARIANT_CHECKS.map(({ id }) => [id, 'pass']));

/** Verdicts of the standing checks on invariants, and what was said, after a call with these rules broken. */
function after(...broken: readonly RuleName[]): Record<string, string> {
  const performance = performanceOf({ yaml: CALL, ends: '08:03', broken });
  performance.finish();
  const { checks } = judge(performance.world.options.screenplay, performance.world.trace.events);
  const ids = new Set(INVARIANT_CHECKS.map(({ id }) => id));
  return Object.fromEntries(checks.flatMap(({ id, verdict }) => (ids.has(id) ? [[id, verdict]] : [])));
}

test('every invariant holds in a world whose devices keep their promises', (t) => {
  t.deepEqual(after(), KEPT);
});

test('a CMS that lets a master secret leave on a disc fails the check of master secrets, and the last look finds it where it went', (t) => {
  t.deepEqual(after('cms.keeps-master-secrets'), {
    ...KEPT,
    'master-secrets-kept': 'fail',
    'no-stray-secrets': 'fail',
  });
});

test('a phone that gives the relay the SSV of a call fails the check of traffic keys, and no other', (t) => {
  t.deepEqual(after('handset.keeps-ssv-to-itself'), { ...KEPT, 'traffic-keys-kept': 'fail' });
});

/** A trace that the invariants watch, and how secrets are handed over in it. */
class Custody {
  readonly trace = new Trace(new VirtualClock());
  readonly watching = new Witnesses(this.trace, INVARIANTS, { storageOf: () => undefined });

  handOver(
    verb: CustodyVerb,
    kind: SecretKind,
    owner: string,
    from: string | null,
    to: string | null,
  ): number {
    const secrets = [new Secret(kind, owner, new Uint8Array(16))];
    return this.trace.append(`custody.${verb}`, to ?? from ?? '', { secrets, from, to });
  }

  /** Device `phone` keys the media of a call. */
  keyed(csb: string, phone: string): void {
    const tek = new Secret('TEK', `${csb} CS 1`, new Uint8Array(16));
    this.trace.append('srtp.keyed', phone, { csb, user: phone, direction: 'send', profile: '', tek });
  }

  get broken(): readonly (readonly [invariant: string, event: number, holder: string])[] {
    return this.trace.events.flatMap((event) =>
      event.type === 'invariant.broken'
        ? [[event.data.invariant, event.data.event, event.data.holder] as const]
        : [],
    );
  }
}

test('a master secret may be made, stolen from its CMS and erased there, and go nowhere else', (t) => {
  const custody = new Custody();
  custody.handOver('made', 'z_T', 'cms', null, 'cms');
  custody.handOver('used', 'z_T', 'cms', 'cms', 'cms');
  custody.handOver('seized', 'z_T', 'cms', 'cms', 'thief');
  custody.handOver('used', 'z_T', 'cms', 'thief', 'thief');
  t.deepEqual(custody.broken, []);
  const shown = custody.handOver('shown', 'z_T', 'cms', 'cms', null);
  const burnt = custody.handOver('burnt', 'z_T', 'cms', 'cms', 'disc-1');
  custody.handOver('erased', 'z_T', 'cms', 'cms', null);
  const again = custody.handOver('made', 'z_T', 'cms', null, 'crs');
  const astray = custody.handOver('seized', 'z_T', 'cms', 'disc-1', 'thief-2');
  t.deepEqual(custody.broken, [
    ['master-secrets', shown, 'whoever looks'],
    ['master-secrets', burnt, 'disc-1'],
    ['master-secrets', again, 'crs'],
    ['master-secrets', astray, 'thief-2'],
  ]);
});

test('a key of a call may be with its phones and with a thief, and with nobody else', (t) => {
  const custody = new Custody();
  custody.keyed('1234', 'alice-phone');
  custody.handOver('made', 'TEK', '1234 CS 1', null, 'alice-phone');
  t.deepEqual(custody.broken, []);
  const other = custody.handOver('made', 'TEK', '5678 CS 1', null, 'alice-phone');
  const relay = custody.handOver('served', 'SSV', '1234', 'alice-phone', 'crs');
  const early = custody.handOver('made', 'TEK', '1234 CS 1', null, 'thief');
  custody.handOver('seized', 'RSK', '+447700900001 2015-10', 'alice-phone', 'thief');
  custody.handOver('made', 'TEK', '1234 CS 1', null, 'thief');
  const given = custody.handOver('served', 'SSV', '1234', 'alice-phone', 'thief');
  t.deepEqual(custody.broken, [
    ['traffic-keys', other, 'alice-phone'],
    ['traffic-keys', relay, 'crs'],
    ['traffic-keys', early, 'thief'],
    ['traffic-keys', given, 'thief'],
  ]);
});

test('the keys of a user come to one phone by a code and by packages, and to nobody else but a thief', (t) => {
  const custody = new Custody();
  const [rsk, update] = ['RSK', 'update key'] as const;
  const alice = '+447700900001 2015-10';
  custody.handOver('made', rsk, alice, null, 'cms');
  custody.handOver('used', rsk, alice, 'cms', 'cms');
  custody.handOver('shown', rsk, alice, 'cms', null);
  custody.handOver('scanned', rsk, alice, 'cms', 'alice-phone');
  custody.handOver('used', rsk, alice, 'alice-phone', 'alice-phone');
  custody.handOver('seized', rsk, alice, 'alice-phone', 'thief');
  custody.handOver('used', rsk, alice, 'thief', 'thief');
  custody.handOver('erased', rsk, alice, 'alice-phone', null);
  t.deepEqual(custody.broken, []);
  t.deepEqual(
    custody.trace.events.flatMap((event) => (event.type === 'invariant.watched' ? [event.data] : [])),
    [{ invariant: 'user-keys', kind: 'RSK', holder: 'cms' }],
  );
  const clone = custody.handOver('scanned', rsk, alice, 'cms', 'other-phone');
  const burnt = custody.handOver('burnt', rsk, alice, 'cms', 'disc-1');
  const astray = custody.handOver('unwrapped', update, alice, 'crs', 'bob-phone');
  const early = custody.handOver('used', rsk, alice, 'insider', 'insider');
  t.deepEqual(custody.broken, [
    ['user-keys', clone, 'other-phone'],
    ['user-keys', burnt, 'disc-1'],
    ['user-keys', astray, 'bob-phone'],
    ['user-keys', early, 'insider'],
  ]);
  custody.handOver('unwrapped', update, alice, 'crs', 'alice-phone');
  t.is(custody.broken.length, 4);
});

test('what an invariant knows is a plain value', (t) => {
  const custody = new Custody();
  custody.keyed('1234', 'alice-phone');
  custody.handOver('made', 'KSAK', 'cms', null, 'cms');
  const states = custody.watching.save();
  t.deepEqual(JSON.parse(JSON.stringify(states)), states);
});

test('what a phone was wiped of it uses no more, until somebody brings it again', (t) => {
  const custody = new Custody();
  const alice = '+447700900001 2015-10';
  custody.handOver('scanned', 'RSK', alice, 'cms', 'alice-phone');
  custody.handOver('used', 'RSK', alice, 'alice-phone', 'alice-phone');
  custody.trace.append('handset.wiped', 'alice-phone', { user: 'alice', records: 1, method: 'delete' });
  const dead = custody.handOver('used', 'RSK', alice, 'alice-phone', 'alice-phone');
  custody.handOver('scanned', 'RSK', alice, 'cms', 'alice-phone');
  custody.handOver('used', 'RSK', alice, 'alice-phone', 'alice-phone');
  const wiped = custody.broken.filter(([invariant]) => invariant === 'wiped-phones');
  t.deepEqual(wiped, [['wiped-phones', dead, 'alice-phone']]);
});
