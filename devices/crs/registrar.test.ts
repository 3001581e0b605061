/** Bindings as RFC 3261 section 10.3 has them, asked for by somebody who can say anything. */
import test from 'ava';
import { fromAscii } from '../../sim/octets.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';
import { intruder } from './intruder.fixture.ts';

/** A conversation of REGISTERs; each returns the status and the Contact of its answer. */
function registering(
  bed: Testbed,
  { from = `tel:${NUMBERS.carol}`, to = `tel:${NUMBERS.carol}` } = {},
): (...headers: readonly string[]) => { status: string; contact: string } {
  const { stream, heard } = intruder(bed);
  let n = 0;
  return (...headers) => {
    n++;
    const lines = [
      'REGISTER sip:crs SIP/2.0',
      `Via: SIP/2.0/TLS x:1;branch=z9hG4bKr${n}`,
      'Max-Forwards: 70',
      `From: <${from}>;tag=1`,
      `To: <${to}>`,
      'Call-ID: r',
      `CSeq: ${n} REGISTER`,
      ...headers,
      'Content-Length: 0',
    ];
    heard.text = '';
    stream.write(fromAscii(`${lines.join('\r\n')}\r\n\r\n`));
    bed.run(1);
    return {
      status: /^SIP\/2\.0 (\d+)/.exec(heard.text)?.[1] ?? '',
      contact: /^Contact: (.*)\r$/m.exec(heard.text)?.[1] ?? '',
    };
  };
}

const ends = (bed: Testbed): readonly string[] =>
  bed.events('crs.registration-ended').map(({ data }) => `${data.user} ${data.reason}`);

test('an answer lists the binding with what is left of its time', (t) => {
  const bed = Testbed.enrolled();
  const register = registering(bed);
  t.deepEqual(register('Contact: <sip:x:1>', 'Expires: 600'), {
    status: '200',
    contact: '<sip:x:1>;expires=600',
  });
  bed.run(99);
  t.deepEqual(
    register(),
    { status: '200', contact: '<sip:x:1>;expires=500' },
    'without a Contact it only asks',
  );
  t.deepEqual(register('Contact: <sip:x:2>;expires=60', 'Expires: 600').contact, '<sip:x:2>;expires=60');
  t.deepEqual(register('Contact: <sip:x:1>').contact, '<sip:x:1>;expires=3600');
  t.deepEqual(register('Contact: <sip:x:1>', 'Expires: 4294967295').contact, '<sip:x:1>;expires=3024000');
  t.deepEqual(ends(bed), []);
});

test('nobody registers another user: From and To are both the user of the session', (t) => {
  const bed = Testbed.enrolled();
  const alice = `tel:${NUMBERS.alice}`;
  for (const ends of [{ to: alice }, { from: alice }, { from: alice, to: alice }, { to: 'sip:carol@crs' }]) {
    const register = registering(bed, ends);
    t.is(register('Contact: <sip:x:1>', 'Expires: 600').status, '403');
    t.is(register().status, '403', 'nor is it told what is bound');
  }
  t.deepEqual(
    bed.events('crs.registered').filter(({ data }) => data.instance === 'unknown'),
    [],
  );
});

test('a binding that nobody renews ends, and the session goes on', (t) => {
  const bed = Testbed.enrolled();
  const register = registering(bed);
  register('Contact: <sip:x:1>', 'Expires: 60');
  t.true(bed.crs.registered.includes(NUMBERS.carol));
  bed.run(30);
  register('Contact: <sip:x:1>', 'Expires: 60');
  bed.run(58);
  t.deepEqual(ends(bed), [], 'renewed');
  bed.run(3);
  t.deepEqual(ends(bed), ['carol not renewed']);
  t.false(bed.crs.registered.includes(NUMBERS.carol));
  t.deepEqual(register(), { status: '200', contact: '' });
});

test('a phone ends its binding, and no other session does', (t) => {
  const bed = Testbed.enrolled();
  const [first, second] = [registering(bed), registering(bed)];
  for (const all of ['Contact: *', 'Contact: <sip:x:1>']) {
    first('Contact: <sip:x:1>');
    t.true(bed.crs.registered.includes(NUMBERS.carol));
    t.deepEqual(first(all, 'Expires: 0'), { status: '200', contact: '' });
    t.false(bed.crs.registered.includes(NUMBERS.carol));
  }
  t.deepEqual(ends(bed), ['carol asked for', 'carol asked for']);
  first('Contact: <sip:x:1>');
  t.deepEqual(second('Contact: *', 'Expires: 0').contact, '<sip:x:1>;expires=3599');
  t.is(second('Contact: *', 'Expires: 60').status, '400', 'a star is for the end only');
});

test('the end of a binding that is not there is answered, and told to nobody', (t) => {
  const bed = Testbed.enrolled();
  const [first, second] = [registering(bed), registering(bed)];
  const notes = () => bed.crs.log.entries.filter(({ kind }) => kind === 'registration ended').length;
  first('Contact: <sip:x:1>');
  second('Contact: *', 'Expires: 0');
  second('Contact: <sip:x:1>', 'Expires: 0');
  t.true(bed.crs.registered.includes(NUMBERS.carol), 'the binding of another session');
  t.deepEqual([ends(bed), notes()], [[], 0]);
  first('Contact: *', 'Expires: 0');
  t.deepEqual([ends(bed), notes()], [['carol asked for'], 1]);
  t.deepEqual(first('Contact: *', 'Expires: 0'), { status: '200', contact: '' });
  t.deepEqual([ends(bed), notes()], [['carol asked for'], 1], 'no binding at all');
});
