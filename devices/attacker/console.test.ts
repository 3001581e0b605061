import test from 'ava';
import { parsePeriod } from '../../network/mikey/index.ts';
import { codeOf } from '../testbed.fixture.ts';
import { INSTANT, PERIOD } from './commands/desk.ts';
import { Hideout, type HideoutOptions } from './hideout.fixture.ts';
import { toldBy } from './outcome.fixture.ts';

/** What a line begins: name, route, kinds of means, asset and capability, as the trace has them. */
function begun(line: string, options: HideoutOptions = {}): readonly string[] | undefined {
  const hideout = new Hideout({ controlsCrs: true, ...options });
  hideout.call('alice', 'bob', 1);
  hideout.type(line);
  const began = hideout.bed.last('attack.began');
  return began && [began.attack, began.route, began.needs.join(' '), began.asset, began.capability];
}

test('each line begins its attack, and states its path', (t) => {
  const to = 'recorded calls of 2015-10 to bob';
  for (const [line, ...expected] of [
    ['decrypt alice-to-bob#1', 'decrypt', 'tap', 'psk rsk media', to, 'hear'],
    ['decrypt alice-to-bob#1 --with crs', 'decrypt', 'tap+crs', 'signalling rsk media', to, 'hear'],
    ['read-signalling alice', 'read-signalling', 'tap', 'psk', 'signalling of alice', 'read'],
    ['search-relay alice-to-bob#1', 'search-relay', 'crs', 'media', 'content of relayed calls', 'hear'],
    ['call-graph', 'call-graph', 'crs', 'crs-log', 'call graph', 'know'],
    ['call-as alice bob', 'call-as', 'own-account', 'psk ssk', 'identity alice', 'place calls'],
    ['receive-as alice bob', 'receive-as', 'own-account', 'psk rsk', 'identity alice', 'take calls'],
    [
      'fetch-package alice 2015-11',
      'fetch-package',
      'own-account',
      'psk',
      'package 2015-11 of alice',
      'fetch',
    ],
    [
      'unwrap-package alice 2015-11',
      'unwrap-package',
      'own-account',
      'psk update-key',
      'keys 2015-11 of alice',
      'obtain',
    ],
    [
      'serve-package alice 2015-10',
      'serve-package',
      'crs',
      'update-key rsk ssk',
      'key ring of alice',
      'install keys of 2015-10',
    ],
    ['forge alice bob', 'forge', 'own-account', 'psk ssk', 'identity alice', 'sign'],
    ['forge alice bob --via carol', 'forge', 'account:carol', 'psk ssk', 'identity alice', 'sign'],
    ['forge alice bob --via crs', 'forge', 'crs', 'ssk', 'identity alice', 'sign'],
    ['forge alice bob --via on-path', 'forge', 'on-path', 'psk ssk', 'identity alice', 'sign'],
    [
      'forge alice bob --sent 2015-10-31T23:58:00Z',
      'forge --sent',
      'own-account',
      'psk ssk',
      'identity alice',
      'sign',
    ],
    [
      'forge alice bob --via crs --month 2015-09 --sent 2015-09-30T23:58:00Z',
      'forge',
      'crs',
      'ssk',
      'identity alice',
      'sign after 2015-09',
    ],
    [
      'forge alice bob --via crs --month 2015-11',
      'forge --month',
      'crs',
      'ssk',
      'identity alice',
      'sign with keys of 2015-11',
    ],
    ['replay alice-to-bob#1', 'replay', 'crs', 'signalling', 'I_MESSAGE of alice-to-bob#1', 'reuse'],
    [
      'substitute identity alice bob',
      'substitute identity',
      'crs',
      'ssk',
      'shown caller of calls alice to bob',
      'change',
    ],
    [
      'substitute content alice bob',
      'substitute content',
      'crs',
      'ssk',
      'content of calls alice to bob',
      'change',
    ],
    ['enumerate alice', 'enumerate', 'outside', 'psk-identity', 'list of users', 'enumerate'],
    [
      'impersonate-crs bob-phone bob',
      'impersonate-crs',
      'on-path',
      'psk',
      'connection of bob-phone',
      'play the CRS',
    ],
    ['scan-ports', 'scan-ports', 'outside', '', 'ports of the CRS', 'reach'],
    [
      'decrypt alice-to-bob#1 --given-psk',
      'decrypt',
      'given',
      'psk rsk media',
      'recorded calls of 2015-10 to bob',
      'hear',
    ],
    [
      'decrypt alice-to-bob#1 --unwrap',
      'decrypt',
      'tap',
      'psk update-key rsk media',
      'recorded calls of 2015-10 to bob',
      'hear',
    ],
    [
      'read-signalling alice --unroll',
      'read-signalling',
      'tap',
      'psk update-key',
      'signalling of alice',
      'read',
    ],
    [
      'unroll alice 2015-11',
      'unroll',
      'tap',
      'psk update-key rsk media',
      'calls and signalling of 2015-11 to alice',
      'hear',
    ],
    ['receive-as alice bob --via crs', 'receive-as', 'crs', 'rsk', 'identity alice', 'take calls'],
    [
      'unwrap-package alice 2015-10 --with crs',
      'unwrap-package',
      'crs',
      'update-key package',
      'keys 2015-10 of alice',
      'obtain',
    ],
    [
      'escrow alice-to-bob#1 --with crs',
      'escrow',
      'tap+crs',
      'signalling zt media',
      'recorded calls of 2015-10 to bob',
      'hear',
    ],
    ['search-medium alice-phone', 'search-medium', 'physical', 'medium', 'keys on alice-phone', 'recover'],
    [
      'knock carol plaintext',
      'knock plaintext',
      'outside',
      '',
      'account of carol on the CRS',
      'be answered outside the one suite',
    ],
    [
      'call-as alice bob --hold',
      'call-as --hold',
      'own-account',
      'psk ssk',
      'identity alice',
      'go on with a call',
    ],
    [
      'fetch-package alice 2015-11 --in-session',
      'fetch-package --in-session',
      'own-account',
      'psk',
      'package 2015-11 of alice',
      'fetch',
    ],
  ] as const)
    t.deepEqual(begun(line), expected, line);
});

test('help lists them in this order, each with an example that can be read', (t) => {
  const { console } = new Hideout();
  t.deepEqual(
    console.commands.map(({ name }) => name),
    [
      'decrypt',
      'escrow',
      'read-signalling',
      'unroll',
      'search-medium',
      'search-relay',
      'call-graph',
      'register-as',
      'knock',
      'call',
      'call-as',
      'receive-as',
      'be-offered-as',
      'fetch-package',
      'unwrap-package',
      'serve-package',
      'forge',
      'replay',
      'substitute',
      'enumerate',
      'impersonate-crs',
      'scan-ports',
      'flood',
      'send-time',
      'read',
      'plant-payload',
      'mint',
      'add-psk',
      'drop-calls',
      'edit-log',
      'holdings',
    ],
  );
  for (const { examples } of console.commands)
    for (const example of examples) t.notThrows(() => console.check(example), example);
  t.deepEqual(
    console.commands.filter(({ disturbs }) => !disturbs).map(({ name }) => name),
    [
      'decrypt',
      'escrow',
      'read-signalling',
      'unroll',
      'search-relay',
      'call-graph',
      'unwrap-package',
      'holdings',
    ],
  );
});

test('what only whoever controls the CRS can do is refused to others, before anything else is', (t) => {
  const hideout = new Hideout();
  for (const line of [
    'search-relay alice-to-bob#9',
    'call-graph',
    'serve-package alice 2015-10',
    'replay alice-to-bob#9',
    'substitute identity alice bob',
    'forge alice bob --via crs',
    'decrypt alice-to-bob#9 --with crs',
  ])
    t.is(
      codeOf(() => hideout.type(line)),
      'ATTACK_NO_CRS',
      line,
    );
  t.is(hideout.bed.events('attack.began').length, 0);
});

test('users, calls, months and instants that are none are refused', (t) => {
  const hideout = new Hideout({ controlsCrs: true });
  for (const [line, code] of [
    ['enumerate mallory', 'ATTACK_NO_USER'],
    ['call-as alice mallory', 'ATTACK_NO_USER'],
    ['forge alice bob --via mallory', 'ATTACK_NO_USER'],
    ['decrypt alice-to-bob#9', 'ATTACK_NO_CALL'],
    ['search-relay alice-to-bob#9', 'ATTACK_NO_CALL'],
    ['replay alice-to-bob#9', 'ATTACK_NO_CALL'],
    ['decrypt alice-to-bob#1 --with mdm', 'CONSOLE_VALUE'],
    ['fetch-package alice november', 'MIKEY_PERIOD_INVALID'],
    ['substitute everything alice bob', 'CONSOLE_VALUE'],
    ['forge alice bob --sent yesterday', 'CONSOLE_VALUE'],
    ['scan-ports --ports 1-65536', 'CONSOLE_VALUE'],
  ] as const)
    t.is(
      codeOf(() => hideout.type(line)),
      code,
      line,
    );
  t.is(hideout.bed.events('attack.began').length, 0);
  t.deepEqual(hideout.console.complete('enumerate '), ['alice', 'bob', 'carol']);
});

test('an instant is whole seconds of UTC', (t) => {
  t.is(INSTANT.read('1970-01-01T00:00:01Z'), 1_000);
  for (const word of [
    '2015-10-31',
    '2015-10-31T23:58:00',
    '2015-10-31T23:58:00.5Z',
    'x2015-10-31T23:58:00Z',
    '2015-13-31T23:58:00Z',
  ])
    t.is(INSTANT.read(word), undefined, word);
  t.is(PERIOD.read('2015-11'), parsePeriod('2015-11'));
});

test('a forgery goes the way that is named: the account of the user itself when none is', (t) => {
  const outcome = (line: string): string | undefined => {
    const hideout = new Hideout({ controlsCrs: true, colludes: 'carol' });
    hideout.seize('alice');
    hideout.type(line);
    hideout.bed.run(120);
    const ended = hideout.bed.last('attack.ended');
    return ended?.reason ?? ended?.outcome;
  };
  t.is(outcome('forge alice bob'), 'opened');
  t.is(outcome('forge alice bob --via crs'), 'opened');
  t.is(outcome('forge alice bob --via carol'), 'identity-check');
  t.is(outcome('forge alice bob --month 2015-11'), 'no-ssk');
  t.is(outcome('forge alice bob --sent 2015-10-13T08:00:00Z'), 'outside-skew');
});

test('options of a line reach its attack', (t) => {
  const hideout = new Hideout({ controlsCrs: true, colludes: 'carol' });
  hideout.call('alice', 'bob', 1);
  const told = (line: string): string => toldBy(hideout.probe(line).attempt).join(' ');
  t.is(told('decrypt alice-to-bob#1 --with crs'), 'refused no-rsk');
  t.is(told('decrypt alice-to-bob#1'), 'refused no-psk no-rsk');
  t.is(told('read-signalling alice --given-psk'), 'opened');
  t.is(told('unwrap-package alice 2015-10 --given'), 'refused wrapped');
  t.is(told('unwrap-package alice 2015-10'), 'inconclusive');
  t.is(hideout.probe('scan-ports --ports 10-12').attempt.because, '3 of 3 ports answer: 10, 11, 12');
  t.is(told('substitute identity alice bob'), 'opened');
  t.is(told('replay alice-to-bob#1 --malleated'), 'refused replayed');
  t.is(told('replay alice-to-bob#1 --after-restart'), 'refused after-restart');
});
