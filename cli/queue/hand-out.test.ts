import test from 'ava';
import { workersAtWork, workersText } from './hand-out.ts';

const NONE = { busy: [], idle: [], silent: [], others: [] };
const at = (host: string) => ({
  key: host,
  holdsMs: 1,
  peer: { host, pid: 7, tool: 'calldrill', build: 'b' },
});

test('it is said how many workers there are, and what is wrong with them', (t) => {
  const shown = 'redis://lab:6379';
  t.is(
    workersText(NONE, shown),
    'no worker of this build at redis://lab:6379: start one with calldrill worker redis://lab:6379',
  );
  t.is(workersText({ ...NONE, idle: [at('a')] }, shown), '1 worker at redis://lab:6379');
  t.is(
    workersText({ busy: [at('a')], idle: [at('b')], silent: [at('c')], others: [at('d')] }, shown),
    '2 workers at redis://lab:6379; silent: c/7; of another build, and given nothing: d/7',
  );
});

test('progress says who is working and who is silent, and names a few', (t) => {
  const many = ['a', 'b', 'c', 'd', 'e'].map(at);
  t.is(workersAtWork(NONE), 'no worker of this build');
  t.is(workersAtWork({ ...NONE, idle: [at('a')] }), '0 of 1 worker busy');
  t.is(
    workersAtWork({ ...NONE, busy: many, idle: [at('f')], silent: [at('g')] }),
    '5 of 6 workers busy (a/7, b/7, c/7 and 2 more), silent: g/7',
  );
});
