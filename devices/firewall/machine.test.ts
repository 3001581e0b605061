import test from 'ava';
import { createActor } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { eventsOf, visitsOf, type Running } from '../model-paths.fixture.ts';
import { firewallMachine } from './machine.ts';

const EVENTS = [{ type: 'STOP' }, { type: 'START' }] as const;

function start(): Running {
  const actor = createActor(firewallMachine).start();
  const eventNamed = (name: string) => EVENTS.find(({ type }) => type === name) ?? EVENTS[0];
  return {
    told: [],
    value: () => actor.getSnapshot().value,
    can: (event) => actor.getSnapshot().can(eventNamed(event)),
    send: (event) => actor.send(eventNamed(event)),
  };
}

test('it filters from the beginning, and a stop lasts until it is started', (t) => {
  const paths = getShortestPaths(firewallMachine, { events: [...EVENTS] });
  t.is(start().value(), 'filtering');
  t.deepEqual(visitsOf(start, paths.map(eventsOf), ['STOP', 'START']), [
    'filtering --STOP--> stopped',
    'stopped --START--> filtering',
  ]);
});
