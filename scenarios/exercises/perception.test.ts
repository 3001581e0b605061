import test from 'ava';
import { rehearse } from './rehearsal.fixture.ts';

const CALL = { csb: '1', from: 'alice', to: 'bob' };

test('a user notices what her phone shows by itself, and nothing of what is only in the trace', (t) => {
  const rehearsal = rehearse('alice');
  const { trace } = rehearsal.performance.world;
  const on = 'alice-phone';
  trace.append('handset.ringing', on, { ...CALL, shown: 'carol', header: '+447700900002', mismatch: true });
  trace.append('handset.call-refused', on, {
    ...CALL,
    call: 'alice-to-bob#1',
    status: 486,
    reason: 'Busy Here',
  });
  trace.append('handset.refused', on, { user: 'alice', reason: 'insecure, alert 20' });
  trace.append('handset.offline', on, { user: 'alice', reason: 'timeout' });
  trace.append('handset.enrol-refused', on, { code: 'MEDIA_CRC', message: 'the code is damaged' });
  trace.append('handset.awaiting-keys', on, { user: 'alice', period: '2015-11' });
  trace.append('handset.wiped', on, { user: 'alice', records: 3, method: 'key-erase' });
  trace.append('mikey.refused', on, {
    to: 'alice',
    csb: '00000001',
    claimed: 'bob',
    code: 'MIKEY_SKEW',
    message: 'too old',
    reason: 'outside-skew',
  });
  trace.append('handset.wiped', 'bob-phone', { user: 'bob', records: 3, method: 'key-erase' });
  trace.append('person.seized', 'thief', { by: 'thief', device: on, from: 'alice', octets: 1, sha256: '' });
  t.deepEqual(
    rehearsal.takeMessages().map(({ text }) => text),
    [
      'rings: call from carol (verified); WARNING: the network names another caller',
      'call to bob refused: 486 Busy Here',
      'the server refuses this phone (insecure, alert 20)',
      'no connection to the server (timeout)',
      'enrolment refused: the code is damaged',
      'no keys of 2015-11: out of service until new keys come',
      'this phone has been wiped',
    ].map((text) => `${on}: ${text}`),
    'a copy of the storage that leaves the phone with her is not noticed either',
  );
});

test('whoever loses a print notices, and who takes it back from themselves does not', (t) => {
  const rehearsal = rehearse('alice');
  const { performance } = rehearsal;
  performance.type('cms-operator', 'cms', 'print-qr +447700900001');
  performance.type('cms-operator', 'cms-operator', 'carry alice-qr-1 alice');
  rehearsal.enter('take alice-qr-1');
  performance.type('thief', 'thief', 'take alice-qr-1');
  t.deepEqual(
    rehearsal.takeMessages().map(({ text }) => text),
    ['cms-operator brings you alice-qr-1.', 'alice-qr-1 is no longer with you.'],
  );
});

test('a user whose phone gets its keys from a code notices both', (t) => {
  const rehearsal = rehearse('alice');
  const { performance } = rehearsal;
  performance.type('cms-operator', 'cms', 'view-qr +447700900001');
  rehearsal.enter('scan cms');
  t.deepEqual(
    rehearsal.takeMessages().map(({ text }) => text),
    ['alice-phone: enrolled as +447700900001', 'alice-phone: new keys of 2015-10'],
  );
});
