import test from 'ava';
import { parsePeriod } from '../../network/mikey/index.ts';
import { codeOf } from '../testbed.fixture.ts';
import { INSTANT, PERIOD } from './commands/desk.ts';
import { Hideout, type HideoutOptions } from './hideout.fixture.ts';

/** What a line begins: name, asset and capability, as the trace has them. */
function begun(line: string, options: HideoutOptions = {}): readonly [string, string, string] | undefined {
  const hideout = new Hideout({ controlsCrs: true, ...options });
  hideout.call('alice', 'bob', 1);
  hideout.type(line);
  const began = hideout.bed.last('attack.began');
  return began === undefined ? undefined : [began.attack, began.asset, began.capability];
}

test('each line begins its attack', (t) => {
  for (const [line, ...expected] of [
    ['decrypt alice-to-bob#1', 'decrypt', 'call alice-to-bob#1', 'decrypt'],
    ['decrypt alice-to-bob#1 --with crs', 'decrypt', 'call alice-to-bob#1', 'decrypt'],
    ['read-signalling alice', 'read-signalling', 'signalling of alice', 'read signalling'],
    ['search-relay alice-to-bob#1', 'search-relay', 'call alice-to-bob#1', 'decrypt'],
    ['call-graph', 'call-graph', 'call graph', 'metadata'],
    ['call-as alice bob', 'call-as', 'identity alice', 'place calls'],
    ['receive-as alice bob', 'receive-as', 'identity alice', 'receive calls'],
    ['fetch-package alice 2015-11', 'fetch-package', 'package 2015-11 of alice', 'fetch package'],
    ['unwrap-package alice 2015-11', 'unwrap-package', 'keys 2015-11 of alice', 'unwrap package'],
    ['serve-package alice 2015-10', 'serve-package', 'keys of alice', 'serve package'],
    ['forge alice bob', 'forge', 'identity alice', 'forge'],
    ['forge alice bob --via carol', 'forge', 'identity alice', 'forge'],
    ['forge alice bob --sent 2015-10-31T23:58:00Z', 'backdate', 'identity alice', 'forge'],
    ['replay alice-to-bob#1', 'replay', 'I_MESSAGE of alice-to-bob#1', 'replay'],
    ['substitute identity alice bob', 'substitute', 'calls alice to bob', 'show another caller'],
    ['substitute content alice bob', 'substitute', 'calls alice to bob', 'change the conversation'],
    ['enumerate alice', 'enumerate', 'list of users', 'enumerate'],
    ['impersonate-crs bob-phone bob', 'impersonate-crs', 'connection of bob-phone', 'play the CRS'],
    ['scan-ports', 'scan-ports', 'ports of the CRS', 'reach undeclared ports'],
  ] as const)
    t.deepEqual(begun(line), expected, line);
});

test('help lists them in this order, each with an example that can be read', (t) => {
  const { console } = new Hideout();
  t.deepEqual(
    console.commands.map(({ name }) => name),
    [
      'decrypt',
      'read-signalling',
      'search-relay',
      'call-graph',
      'call-as',
      'receive-as',
      'fetch-package',
      'unwrap-package',
      'serve-package',
      'forge',
      'replay',
      'substitute',
      'enumerate',
      'impersonate-crs',
      'scan-ports',
      'holdings',
    ],
  );
  for (const { examples } of console.commands)
    for (const example of examples) t.notThrows(() => console.check(example), example);
  t.deepEqual(
    console.commands.filter(({ disturbs }) => !disturbs).map(({ name }) => name),
    ['decrypt', 'read-signalling', 'search-relay', 'call-graph', 'unwrap-package', 'holdings'],
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
    ['scan-ports --ports 1-1025', 'CONSOLE_VALUE'],
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
  const outcome = (line: string): string => {
    const hideout = new Hideout({ controlsCrs: true });
    hideout.seize('alice');
    hideout.type(line);
    hideout.bed.run(120);
    return hideout.bed.last('attack.ended')?.because ?? '';
  };
  t.is(outcome('forge alice bob'), "bob's phone accepted it as from alice");
  t.is(outcome('forge alice bob --via crs'), "bob's phone accepted it as from alice");
  t.is(outcome('forge alice bob --via carol'), 'the call was refused with 403');
  t.is(outcome('forge alice bob --month 2015-11'), 'no SSK of alice for 2015-11 is held');
  t.is(outcome('forge alice bob --sent 2015-10-13T08:00:00Z'), "bob's phone refused it: MIKEY_SKEW");
});

test('options of a line reach its attack', (t) => {
  const hideout = new Hideout({ controlsCrs: true, colludes: 'carol' });
  hideout.call('alice', 'bob', 1);
  const because = (line: string): string => hideout.probe(line).attempt.because;
  t.regex(because('decrypt alice-to-bob#1 --with crs'), /no key that is held opens its SSV/);
  t.regex(because('decrypt alice-to-bob#1'), /stays sealed in TLS/);
  t.regex(because('read-signalling alice --given-psk'), /SIP messages read/);
  t.regex(because('unwrap-package alice 2015-10 --given'), /^1 package, and it does not open/);
  t.is(because('unwrap-package alice 2015-10'), 'no package of 2015-10 is held');
  t.is(because('scan-ports --ports 10-12'), '3 of 3 ports answer: 10, 11, 12');
  t.is(because('substitute identity alice bob'), "bob's phone shows carol as the verified caller");
  t.is(because('replay alice-to-bob#1 --malleated'), "bob's phone refused it: MIKEY_REPLAY");
  t.is(because('replay alice-to-bob#1 --after-restart'), "bob's phone refused it: MIKEY_REPLAY_UNKNOWN");
});
