import test from 'ava';
import { getShortestPaths } from 'xstate/graph';
import { MINUTE, VirtualClock } from '../../sim/clock.ts';
import { Statechart } from '../statechart.ts';
import { eventsOf, visitsOf, type Running } from '../model-paths.fixture.ts';
import { orderMachine } from './machine.ts';

const EVENT = { type: 'ACKNOWLEDGED' } as const;

function start(clock = new VirtualClock()): Running {
  const told: string[] = [];
  const chart = new Statechart(orderMachine, {
    clock,
    name: 'chart',
    input: { retryMs: 60_000, send: () => told.push('send') },
  });
  chart.start();
  return {
    told,
    value: () => chart.value,
    can: () => chart.can(EVENT),
    send: () => chart.send(EVENT),
  };
}

test('an order ends when it is acknowledged, and only then', (t) => {
  const paths = getShortestPaths(orderMachine, {
    input: { retryMs: 1, send: () => undefined },
    events: [EVENT],
  });
  t.deepEqual(visitsOf(start, paths.map(eventsOf), ['ACKNOWLEDGED']), [
    'ordered --ACKNOWLEDGED--> acknowledged',
  ]);
});

test('an order is sent at once, and again after each wait, until it is acknowledged', (t) => {
  const clock = new VirtualClock();
  const order = start(clock);
  t.deepEqual(order.told, ['send']);
  clock.runUntil(3 * MINUTE);
  t.deepEqual(order.told, ['send', 'send', 'send', 'send']);
  order.send('ACKNOWLEDGED');
  clock.runUntil(30 * MINUTE);
  t.is(order.told.length, 4);
});
