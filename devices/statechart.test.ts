import test from 'ava';
import fc from 'fast-check';
import { createActor, type ActorOptions, type AnyActorLogic } from 'xstate';
import { MILLISECOND, VirtualClock } from '../sim/clock.ts';
import { handsetMachine, type HandsetBody, type HandsetEvent } from './handset/machine.ts';
import type { ChartValue } from './chart-table.ts';
import { Statechart } from './statechart.ts';

const TYPES: readonly HandsetEvent['type'][] = [
  'INSTALL',
  'ENROLLED',
  'KEYS_CHANGED',
  'MONTH_BEGAN',
  'SESSION_SECURED',
  'SESSION_CLOSED',
  'SESSION_REFUSED',
  'REGISTERED',
  'REGISTER_REFUSED',
  'DIAL',
  'INVITED',
  'ANSWER',
  'ANSWERED',
  'CALL_REFUSED',
  'CANCELLED',
  'REKEY',
  'HANG_UP',
  'PEER_HUNG_UP',
  'RESTART',
  'POWER_OFF',
  'POWER_ON',
  'WIPE',
];
const DELAYS = { renew: 700, noAnswer: 300 };

/** A body that says what it is made to do and when; `opens` answers some of it with an event, from inside the action. */
function bodyOf(told: string[], clock: VirtualClock, send: (event: HandsetEvent) => void): HandsetBody {
  const note = (what: string) => () => void told.push(`${clock.now()} ${what}`);
  return {
    mayInstall: () => true,
    hasKeysOfThisMonth: () => clock.now() % 5_000 !== 0,
    mayAskForKeys: () => false,
    mayMoveCall: () => clock.now() % 3_000 === 0,
    reportInstalled: note('reportInstalled'),
    reportInstallRefused: note('reportInstallRefused'),
    reportAwaitingKeys: note('reportAwaitingKeys'),
    reconnectDelayMs: () => 100 + (clock.now() % 7),
    openSession: () => {
      note('openSession')();
      if (told.length % 3 === 0) send({ type: 'SESSION_SECURED' });
    },
    closeSession: note('closeSession'),
    sendRegister: () => {
      note('sendRegister')();
      if (told.length % 2 === 0) send({ type: 'REGISTERED' });
    },
    askForPackages: note('askForPackages'),
    placeCall: note('placeCall'),
    ring: note('ring'),
    answerCall: note('answerCall'),
    startMedia: note('startMedia'),
    renewKeys: note('renewKeys'),
    moveCall: note('moveCall'),
    endCall: (reason) => note(`endCall ${reason}`)(),
    eraseEverything: note('eraseEverything'),
  };
}

interface Walker {
  readonly told: string[];
  readonly clock: VirtualClock;
  readonly chart: Statechart<typeof handsetMachine>;
}

function walker(kept?: {
  readonly clock: VirtualClock;
  readonly value: ChartValue;
  readonly told: string[];
}): Walker {
  const clock = kept?.clock ?? new VirtualClock();
  const told = kept?.told ?? [];
  const body = bodyOf(told, clock, (event) => chart.send(event));
  const chart = new Statechart(handsetMachine, {
    clock,
    name: 'chart',
    input: { body, delays: DELAYS },
    kept: kept?.value,
  });
  if (kept === undefined) chart.start();
  return { told, clock, chart };
}

/** Runs XState's own timers on ours. */
function xstateClock(clock: VirtualClock): NonNullable<ActorOptions<AnyActorLogic>['clock']> {
  return {
    setTimeout: (action, milliseconds) => clock.schedule(milliseconds * MILLISECOND, () => action()),
    clearTimeout: (id) => clock.cancel(Number(id)),
  };
}

const USUAL: readonly HandsetEvent['type'][] = [
  'ENROLLED',
  'SESSION_SECURED',
  'REGISTERED',
  'SESSION_CLOSED',
  'DIAL',
  'INVITED',
];

const walks = fc.array(
  fc.tuple(fc.constantFrom(...USUAL, ...USUAL, ...TYPES), fc.integer({ min: 0, max: 900 })),
  { maxLength: 40, size: 'max' },
);

test('on any walk it does what an actor of XState does, in the same order and at the same times', (t) => {
  const visited = new Set<string>();
  fc.assert(
    fc.property(walks, (walk) => {
      const ours = walker();
      const clock = new VirtualClock();
      const told: string[] = [];
      const body = bodyOf(told, clock, (event) => actor.send(event));
      const actor = createActor(handsetMachine, {
        clock: xstateClock(clock),
        input: { body, delays: DELAYS },
      });
      actor.start();
      for (const [type, wait] of [['INSTALL', 0] as const, ...walk]) {
        actor.send({ type });
        ours.chart.send({ type });
        clock.runUntil(clock.now() + wait * MILLISECOND);
        ours.clock.runUntil(clock.now());
        t.deepEqual(ours.chart.value, actor.getSnapshot().value);
        t.deepEqual(ours.told, told);
        visited.add(JSON.stringify(ours.chart.value));
      }
      t.is(ours.clock.pending, clock.pending, 'the same delays are waited for');
    }),
    { seed: 1, numRuns: 300 },
  );
  t.true(visited.size > 15, `${visited.size} states were visited`);
});

test('one that is kept at any moment and taken up again goes on as it would have', (t) => {
  fc.assert(
    fc.property(walks, walks, (before, after) => {
      const first = walker();
      const go = ({ chart, clock }: Walker, walk: typeof before) => {
        for (const [type, wait] of walk) {
          chart.send({ type });
          clock.runUntil(clock.now() + wait * MILLISECOND);
        }
      };
      go(first, [['INSTALL', 0], ...before]);
      const clock = new VirtualClock(structuredClone(first.clock.save()));
      const second = walker({ clock, value: structuredClone(first.chart.save()), told: [...first.told] });
      t.deepEqual(clock.unclaimed, []);
      go(first, after);
      go(second, after);
      t.deepEqual(second.told, first.told);
      t.deepEqual(second.chart.value, first.chart.value);
      t.deepEqual(second.clock.save(), first.clock.save());
    }),
    { seed: 2, numRuns: 200 },
  );
});

test('what a guard throws is thrown at who sent the event', (t) => {
  const clock = new VirtualClock();
  const body = {
    ...bodyOf([], clock, () => undefined),
    mayInstall: () => {
      throw new Error('the gate is broken');
    },
  };
  const chart = new Statechart(handsetMachine, {
    clock,
    name: 'chart',
    input: { body, delays: DELAYS },
  }).start();
  t.throws(() => chart.send({ type: 'INSTALL' }), { message: /the gate is broken/ });
});

test('one that is stopped hears nothing and waits for nothing', (t) => {
  const { chart, clock, told } = walker();
  for (const type of ['INSTALL', 'ENROLLED', 'SESSION_CLOSED'] as const) chart.send({ type });
  chart.stop();
  const before = [...told];
  t.is(clock.pending, 0);
  chart.send({ type: 'RESTART' });
  t.deepEqual(told, before);
  t.true(chart.done);
});
