import test from 'ava';
import { createActor } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { eventsOf, visitsOf, type Running } from '../model-paths.fixture.ts';
import { cmsMachine, type CmsEvent } from './machine.ts';

const EVENTS: readonly CmsEvent[] = [
  { type: 'SHOW_QR' },
  { type: 'HIDE_QR' },
  { type: 'DISC_INSERTED' },
  { type: 'DISC_BURNT' },
  { type: 'DISC_EJECTED' },
];

function start(): Running {
  const actor = createActor(cmsMachine).start();
  const named = (type: string): CmsEvent => EVENTS.find((each) => each.type === type) ?? { type: 'HIDE_QR' };
  return {
    told: [],
    value: () => Object.values(actor.getSnapshot().value).join(' '),
    can: (type) => actor.getSnapshot().can(named(type)),
    send: (type) => actor.send(named(type)),
  };
}

test('the screen and the drive go these ways, and no others', (t) => {
  const paths = getShortestPaths(cmsMachine, { events: EVENTS });
  const visits = visitsOf(
    start,
    paths.map(eventsOf),
    EVENTS.map(({ type }) => type),
  );
  t.deepEqual(
    visits.filter(
      (visit) => !visit.startsWith('showingQr discInserted') && !visit.startsWith('showingQr discBurnt'),
    ),
    [
      'showingQr empty --DISC_INSERTED--> showingQr discInserted',
      'showingQr empty --HIDE_QR--> userList empty',
      'showingQr empty --SHOW_QR--> showingQr empty',
      'userList discBurnt --DISC_EJECTED--> userList empty',
      'userList discBurnt --SHOW_QR--> showingQr discBurnt',
      'userList discInserted --DISC_BURNT--> userList discBurnt',
      'userList discInserted --DISC_EJECTED--> userList empty',
      'userList discInserted --SHOW_QR--> showingQr discInserted',
      'userList empty --DISC_INSERTED--> userList discInserted',
      'userList empty --SHOW_QR--> showingQr empty',
    ],
  );
  t.is(visits.length, 17, 'screen and drive do not disturb each other');
});
