import test from 'ava';
import { getShortestPaths } from 'xstate/graph';
import { SECOND, VirtualClock } from '../../sim/clock.ts';
import { Statechart } from '../statechart.ts';
import { eventsOf, visitsOf, type Running } from '../model-paths.fixture.ts';
import { routedCallMachine, type RoutedCallBody, type RoutedCallEvent } from './machine.ts';

const EVENTS: readonly RoutedCallEvent[] = [
  { type: 'CALLEE_RINGS' },
  { type: 'CALLEE_ANSWERS' },
  { type: 'CALLEE_REFUSES' },
  { type: 'CALLER_CANCELS' },
  { type: 'CALLER_HANGS_UP' },
  { type: 'CALLEE_HANGS_UP' },
  { type: 'BLOCKED' },
  { type: 'SESSION_ENDED' },
];

function bodyTelling(told: string[]): RoutedCallBody {
  const note = (what: string) => () => void told.push(what);
  return {
    inviteCallee: note('inviteCallee'),
    passRinging: note('passRinging'),
    passAnswer: note('passAnswer'),
    refuseCaller: note('refuseCaller'),
    cancelCallee: note('cancelCallee'),
    endBoth: note('endBoth'),
    release: (reason) => void told.push(`release (${reason})`),
  };
}

function start(clock = new VirtualClock()): Running {
  const told: string[] = [];
  const chart = new Statechart(routedCallMachine, {
    clock,
    name: 'chart',
    input: { body: bodyTelling(told), noAnswerMs: 90_000 },
  });
  chart.start();
  const named = (type: string): RoutedCallEvent =>
    EVENTS.find((each) => each.type === type) ?? { type: 'BLOCKED' };
  return {
    told,
    value: () => chart.value,
    can: (type) => chart.can(named(type)),
    send: (type) => chart.send(named(type)),
  };
}

test('a call through the server goes these ways, and no others', (t) => {
  const paths = getShortestPaths(routedCallMachine, {
    input: { body: bodyTelling([]), noAnswerMs: 1 },
    events: EVENTS,
  });
  const visits = visitsOf(
    start,
    paths.map(eventsOf),
    EVENTS.map(({ type }) => type),
  );
  t.deepEqual(visits, [
    'connected --BLOCKED--> ended: endBoth, release (blocked)',
    'connected --CALLEE_HANGS_UP--> ended: endBoth, release (callee hung up)',
    'connected --CALLER_HANGS_UP--> ended: endBoth, release (caller hung up)',
    'connected --SESSION_ENDED--> ended: endBoth, release (session ended)',
    'inviting --BLOCKED--> ended: cancelCallee, refuseCaller, release (blocked)',
    'inviting --CALLEE_ANSWERS--> connected: passAnswer',
    'inviting --CALLEE_REFUSES--> ended: refuseCaller, release (refused)',
    'inviting --CALLEE_RINGS--> inviting: passRinging',
    'inviting --CALLER_CANCELS--> ended: cancelCallee, release (cancelled)',
    'inviting --SESSION_ENDED--> ended: cancelCallee, refuseCaller, release (session ended)',
  ]);
});

test('a call that nobody answers is given up after the wait', (t) => {
  const clock = new VirtualClock();
  const call = start(clock);
  clock.runUntil(90 * SECOND - 1);
  t.deepEqual(call.told, ['inviteCallee']);
  clock.runUntil(90 * SECOND);
  t.deepEqual(call.told.slice(1), ['cancelCallee', 'refuseCaller', 'release (no answer)']);
});

test('an answered call has no limit', (t) => {
  const clock = new VirtualClock();
  const call = start(clock);
  call.send('CALLEE_ANSWERS');
  clock.runUntil(3_600 * SECOND);
  t.is(call.value(), 'connected');
});
