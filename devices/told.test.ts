/** Arrows name fields that there are: the compiler refuses this file where a mistake below is none any more. */
import test from 'ava';
import './crs/events.ts';
import { arrows } from './told.ts';

test('an arrow is drawn between fields of its event, the device and its server', (t) => {
  const table = arrows({
    'crs.handshake-refused': {
      from: '{on}',
      to: '{user|unknown}',
      label: 'TLS alert {alert} of {server}',
      kind: 'signalling',
    },
  });
  t.is(table['crs.handshake-refused']?.to, '{user|unknown}');
});

test('a name that is no field of the event does not compile', (t) => {
  const table = arrows({
    // @ts-expect-error -- sessions that are opened have a user, and no caller
    'crs.session-opened': { from: '{caller}', to: '{on}', label: 'session', kind: 'signalling' },
  });
  t.is(Object.keys(table).length, 1);
});
