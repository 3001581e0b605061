import test from 'ava';
import fc from 'fast-check';
import { CalldrillError } from '../../../sim/errors.ts';
import { PASSWORD_VARIABLE, redisAddress } from './redis-address.ts';

test('an address has a host, and perhaps a port, a database, a user and TLS', (t) => {
  const plain = { host: 'lab', port: 6379, tls: false, database: 0, shown: 'redis://lab:6379' };
  t.deepEqual(redisAddress('redis://lab'), plain);
  t.deepEqual(redisAddress('redis://lab:6379'), plain);
  t.like(redisAddress('rediss://lab:6380/3'), {
    port: 6380,
    tls: true,
    database: 3,
    shown: 'rediss://lab:6380/3',
  });
  t.like(redisAddress('redis://[::1]:7'), { host: '::1', port: 7 });
  t.like(redisAddress('redis://me:p%40ss@lab'), {
    username: 'me',
    password: 'p@ss',
    shown: 'redis://lab:6379',
  });
});

test('a password of the environment is taken where the address has none', (t) => {
  const env = { [PASSWORD_VARIABLE]: 'hidden' };
  t.is(redisAddress('redis://lab', env).password, 'hidden');
  t.is(redisAddress('redis://:own@lab', env).password, 'own');
  t.false('password' in redisAddress('redis://lab', { [PASSWORD_VARIABLE]: '' }));
});

test('what is shown, and what is refused, has no password', (t) => {
  const secret = fc.string({
    minLength: 6,
    maxLength: 20,
    unit: fc.constantFrom('q', 'z', 'Q', 'Z', '7', '8'),
  });
  const shape = fc.constantFrom(
    'redis://u:X@lab',
    'http://u:X@lab',
    'redis://u:X@lab/a/b',
    'redis://u:X@lab?a=1',
    'redis://u:X@',
    'u:X@lab',
    'redis://u:X%@lab',
  );
  fc.assert(
    fc.property(shape, secret, (written, password) => {
      try {
        return !redisAddress(written.replace('X', password)).shown.includes(password);
      } catch (thrown) {
        return (
          thrown instanceof CalldrillError &&
          thrown.code === 'QUEUE_URL' &&
          !thrown.message.includes(password)
        );
      }
    }),
  );
  t.pass();
});

for (const written of [
  '',
  'lab',
  'lab:6379',
  'http://lab',
  'redis://',
  'redis://lab/x',
  'redis://lab/1/2',
  'redis://lab#a',
  'redis://lab:99999',
])
  test(`no address: '${written}'`, (t) => {
    t.throws(() => redisAddress(written), { code: 'QUEUE_URL' });
  });
