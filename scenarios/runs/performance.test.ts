import test from 'ava';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { codeOf } from '../../devices/testbed.fixture.ts';
import { judge } from '../evidence/verdicts/index.ts';
import { performanceOf } from '../world/hall.fixture.ts';
import { heardCallsOf } from '../evidence/heard-calls.ts';
import { SHIPPED_KINDS } from '../world/index.ts';
import { ladderTableOf } from './ladder-table.ts';
import { ladderOf } from '../evidence/ladder.ts';
import { measuresOf } from '../evidence/measures.ts';

const EXPECT = 'expect:\n  - { id: begun, see: trace.began, times: 1, opening: included }\n';

const LOSS = `moments:
  told: { first: person.told, by: alice, to: crs-admin }
steps:
  - { id: call, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }
  - { id: seize, at: "08:02", by: thief, type: "seize alice-phone" }
  - { id: tell, at: "08:03", by: alice, type: "tell crs-admin my phone is gone" }
  - { id: wipe, after: told + 30s, by: mdm-admin, on: mdm, type: "wipe alice-phone" }
  - { id: block, after: told + 1m, by: crs-admin, on: crs, type: "block-user +447700900001" }
  - { id: block-bob, after: told + 80s, by: crs-admin, on: crs, type: "block-user +447700900002" }
  - { id: dial, after: told + 85s, by: carol, on: carol-phone, type: "call bob" }
  - { id: print, at: "08:03:10", by: cms-operator, on: cms, type: "print-qr +447700900001" }
  - { id: carry, at: "08:03:20", by: cms-operator, type: "carry alice-qr-1 alice" }
${EXPECT}`;

test('steps after a moment are due when the moment has come', (t) => {
  const performance = performanceOf({ yaml: LOSS, ends: '08:10' });
  t.is(performance.nextDue, 0);
  performance.advanceTo(2 * MINUTE + 30 * SECOND);
  t.is(performance.nextDue, 3 * MINUTE);
  performance.finish();
  t.true(performance.over);
  t.is(performance.now, 10 * MINUTE);
  t.is(performance.nextDue, undefined);
  const at = Object.fromEntries(
    performance.typed.flatMap(({ typed, step }) => (step === undefined ? [] : [[step.id, typed.time]])),
  );
  t.is(at['wipe'], 3 * MINUTE + 30 * SECOND);
  t.is(at['block'], 4 * MINUTE);
});

test('a step after a moment that came before the first step is due, like every other', (t) => {
  const yaml = `moments:
  begun: { first: trace.began, opening: included }
steps:
  - { id: early, after: begun + 30s, by: alice, on: alice-phone, type: "call bob --for 2s" }
  - { id: late, after: begun + 90s, by: bob, on: bob-phone, type: "call alice --for 2s" }
${EXPECT}`;
  const performance = performanceOf({ yaml, ends: '08:05' });
  performance.finish();
  t.deepEqual(
    performance.typed.flatMap(({ typed, step }) => (step === undefined ? [] : [[step.id, typed.time]])),
    [
      ['early', 30 * SECOND],
      ['late', 90 * SECOND],
    ],
  );
});

test('a line that comes due in the opening is refused, and a probe is not made', (t) => {
  const yaml = `moments:
  begun: { first: trace.began, opening: included }
steps:
  - { id: early, after: begun + 1s, by: alice, on: alice-phone, type: "call bob --for 2s" }
probes:
  - { id: p, row: live-call, after: begun + 1s, by: thief, type: "call-as alice bob", predict: refused }
`;
  const performance = performanceOf({ yaml, ends: '08:05' });
  performance.finish();
  const { events } = performance.world.trace;
  const typed = events.find(({ type }) => type === 'step.typed');
  const unmade = events.find(({ type }) => type === 'probe.not-made');
  t.like(typed?.data, { step: 'early', refused: 'RUN_OPENING' });
  t.like(unmade?.data, { id: 'p', reason: 'it comes before the opening is over' });
  t.true((events.find(({ type }) => type === 'opening.ended')?.n ?? 0) > (unmade?.n ?? Infinity));
});

test('the ladder shows who sent what to whom', (t) => {
  const performance = performanceOf({ yaml: LOSS, ends: '08:10' });
  performance.finish();
  const { events } = performance.world.trace;
  const labels = ladderOf(events, ladderTableOf(SHIPPED_KINDS)).map(
    ({ from, to, label }) => `${from} > ${to}: ${label.replace(/\d{3,} octets|\d+ packets/, 'n')}`,
  );
  for (const expected of [
    'alice > crs: INVITE bob (I_MESSAGE n)',
    'crs > bob: INVITE from alice',
    'bob > crs: 180 Ringing: call from alice',
    'bob > crs: 200 OK: answers alice',
    'alice > bob: first authentic SRTP packet',
    'alice > thief: loses alice-phone',
    'alice > crs-admin: my phone is gone',
    'cms-operator > alice: carries alice-qr-1',
    'mdm > alice-phone: wipe',
    'alice-phone > mdm: wiped',
    'crs > bob: session ended: blocked',
    'crs > carol: 480 not registered',
  ])
    t.true(labels.includes(expected), `${expected}\n${labels.join('\n')}`);
  t.true(
    labels.some((label) => label.startsWith('crs > bob: TLS alert')),
    'a refused handshake',
  );
  t.true(
    labels.some((label) => label.startsWith('bob > crs: TLS-PSK handshake as ')),
    'one that was not',
  );
  t.true(
    labels.some((label) => /^alice > crs: RTCP: \d+ reports sent/.test(label)),
    'what RTCP said',
  );
  const measures = Object.fromEntries(measuresOf(events).map(({ name, value }) => [name, value]));
  t.is(measures['calls connected'], 1);
  t.is(measures['packets with a wrong tag'], 0);
  t.is(Object.fromEntries(measuresOf([]).map(({ name, value }) => [name, value]))['media loss'], null);
});

test('each end says how it heard a call, under the name of the call', (t) => {
  const parameters = { 'network-profile': 'perfect' };
  const performance = performanceOf({ yaml: LOSS, ends: '08:10', parameters });
  performance.finish();
  const heard = heardCallsOf(performance.world.trace.events, performance.heard);
  t.deepEqual(heard.map(({ call, listener }) => `${call} by ${listener}`).sort(), [
    'alice-to-bob#1 by alice',
    'alice-to-bob#1 by bob',
  ]);
  for (const { lost, missingPercent, event } of heard) t.true(lost === 0 && missingPercent < 5 && event > 0);
});

test('somebody else may type, be refused, and leave', (t) => {
  const performance = performanceOf({ ends: '08:10' });
  performance.advanceTo(MINUTE);
  performance.type('alice', 'alice-phone', 'call bob --for 2s');
  t.is(
    codeOf(() => performance.type('alice', 'alice-phone', 'call 0770')),
    'MIKEY_NUMBER_NATIONAL',
  );
  performance.typeQuietly('alice', 'alice-phone', 'dance');
  t.deepEqual(
    performance.typed.slice(-3).map(({ refused }) => refused?.split(':')[0]),
    [undefined, 'MIKEY_NUMBER_NATIONAL', 'CONSOLE_UNKNOWN_COMMAND'],
  );
  performance.advanceTo(2 * MINUTE);
  performance.leave();
  performance.finish();
  performance.leave();
  t.true(performance.over);
  t.is(performance.now, 10 * MINUTE, 'who leaves ends nothing');
  t.is(performance.world.trace.events.filter(({ type }) => type === 'exercise.left').length, 1);
  t.is(performance.world.trace.events.filter(({ type }) => type === 'trace.ended').length, 1);
});

test('a run may end after a moment', (t) => {
  const performance = performanceOf({ yaml: LOSS, ends: '{ after: told + 2m }' });
  performance.finish();
  t.is(performance.now, 5 * MINUTE);
});

test('a control without a third user is told in the trace, and in the verdict', (t) => {
  const probes = `${LOSS.replace(EXPECT, '')}probes:
  - { id: p, row: live-call, at: "08:02:30", by: thief, on: thief, type: "call-as alice bob", predict: refused, because: "nothing is held" }
`;
  const performance = performanceOf({ yaml: probes, ends: '08:05' });
  performance.advanceTo(2 * MINUTE);
  performance.world.type('crs-admin', 'crs', 'block-user +447700900003');
  performance.finish();
  const { events } = performance.world.trace;
  const result = events.find((event) => event.type === 'probe.result');
  t.is(result?.type === 'probe.result' && result.data.positiveControl, 'inconclusive');
  t.regex((result?.type === 'probe.result' && result.data.positiveBecause) || '', /one more user/);
  const check = judge(performance.world.options.screenplay, events).checks.find(({ id }) => id === 'p');
  t.is(check?.code, 'SCENARIO_PROBE_CONTROL');
  t.regex(check?.why ?? '', /^opened, but the right key could not be tried \(.*there is none\)$/);
  t.deepEqual(check?.evidence, [result?.n]);
});

test('a probe whose line is refused has no outcome, and says why', (t) => {
  const probes = `${LOSS.replace(EXPECT, '')}probes:
  - { id: p, row: dec-in, at: "08:02:30", by: thief, on: thief, type: "decrypt bob-to-alice#9", predict: refused, because: "no such call" }
  - { id: q, row: meta, at: "08:02:40", by: insider, on: insider, type: call-graph, predict: opened, because: "it routes them" }
  - { id: r, row: dec-in, at: "08:02:50", by: insider, on: insider, type: "decrypt alice-to-bob#1 --with crs", predict: refused, because: "sealed to bob" }
  - { id: s, row: live-call, at: "08:03", by: thief, type: "call-as mallory bob", predict: refused, because: "there is no Mallory" }
  - { id: t, row: meta, at: "08:03:10", by: thief, type: holdings, predict: refused, because: "it lists what it has" }
`;
  const performance = performanceOf({ yaml: probes, ends: '08:05' });
  performance.finish();
  const results = performance.world.trace.events.flatMap((event) =>
    event.type === 'probe.result' ? [event.data] : [],
  );
  t.deepEqual(
    results.map(({ outcome }) => outcome),
    ['inconclusive', 'opened', 'refused', 'inconclusive', 'inconclusive'],
  );
  t.regex(results[0]?.because ?? '', /^the line was refused: ATTACK_NO_CALL: there was no call/);
  t.regex(results[3]?.because ?? '', /^the line was refused: ATTACK_NO_USER: there is no user mallory/);
  t.regex(results[4]?.because ?? '', /^the line is no attack/);
  // What was no attack is not waited for: the next line of the attacker is no probe.
  const began = () =>
    performance.world.trace.events.filter((event) => event.type === 'attack.began' && event.on === 'thief')
      .length;
  const before = began();
  performance.world.type('thief', 'thief', 'decrypt alice-to-bob#1');
  t.is(began() - before, 1, 'one attempt, without controls');
});
