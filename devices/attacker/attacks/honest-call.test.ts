import test from 'ava';
import { SECOND } from '../../../sim/clock.ts';
import { codeOf, NUMBERS } from '../../testbed.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING } from '../holdings.ts';
import { refuses, toldBy } from '../outcome.fixture.ts';
import { HonestCall } from './honest-call.ts';

const callOf = (hideout: Hideout, user = 'alice', peer = 'bob'): HonestCall =>
  new HonestCall(hideout.stage, {
    ...{ user, peer, holder: 'thief', host: hideout.host, ports: hideout.bed.ports },
    random: hideout.bed.random.stream('thief'),
  });

test('two users who can call each other do, and the phones are idle again', (t) => {
  const hideout = new Hideout();
  const attack = callOf(hideout);
  const { attack: name, route, needs, asset, capability, victim } = attack.aim();
  t.deepEqual([name, route, needs], ['call', 'own-account', ['psk', 'ssk']]);
  t.deepEqual([asset, capability, victim], ['service of alice', 'call', null]);
  const outcome = hideout.outcomeOf(attack);
  t.deepEqual(toldBy(outcome), ['opened'], outcome.because);
  t.deepEqual([outcome.means, outcome.sources], [[], []]);
  t.deepEqual([hideout.bed.alice.line, hideout.bed.bob.line], ['idle', 'idle']);
});

test('who is blocked is refused as the CRS says, whatever the phone makes of it', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  hideout.bed.run(5);
  refuses(t, hideout.outcomeOf(callOf(hideout)), 'blocked');
  t.deepEqual(toldBy(hideout.outcomeOf(callOf(hideout, 'carol'))), ['opened']);
});

test('a called phone that lost its replay cache takes nothing so early, and says so', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.bob, 'restart', 'bob');
  hideout.bed.run(20);
  refuses(t, hideout.outcomeOf(callOf(hideout)), 'after-restart');
});

test('a month without its disc: there is no PSK, on the phone of whoever calls', (t) => {
  const hideout = new Hideout({ begins: '2015-10-31T23:50:00Z' });
  t.deepEqual(toldBy(hideout.outcomeOf(callOf(hideout))), ['opened'], 'in the last minutes');
  hideout.bed.run(1_800);
  refuses(t, hideout.outcomeOf(callOf(hideout)), 'no-psk', 'no-ssk');
  // The controls need no month on the CRS: what they show is the phones and the way between them.
  t.deepEqual(toldBy(hideout.outcomeOf(callOf(hideout), NOTHING, 'positive')), ['opened']);
  t.is(hideout.outcomeOf(callOf(hideout), NOTHING, 'negative').reason, 'no-ssk');
});

test('keys that went on a day that the clock should not have shown are erased', (t) => {
  const hideout = new Hideout({ begins: '2015-10-30T08:00:00Z' });
  hideout.bed.type(hideout.bed.alice, 'set-clock 432000', 'alice');
  hideout.bed.run(60);
  hideout.bed.type(hideout.bed.alice, 'set-clock -432000', 'alice');
  hideout.bed.run(60);
  t.is(hideout.outcomeOf(callOf(hideout)).reason, 'erased');
});

test('a clock that is days ahead is refused by the CRS, or by the phone that is called', (t) => {
  const hideout = new Hideout({ begins: '2015-10-14T08:00:00Z' });
  hideout.bed.type(hideout.bed.alice, 'set-clock 3600', 'alice');
  hideout.bed.run(60);
  refuses(t, hideout.outcomeOf(callOf(hideout)), 'outside-skew');
});

test('without a phone in hand, or while it is in a call, nothing is said', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.bob, 'call carol', 'bob');
  hideout.bed.run(10);
  t.deepEqual(toldBy(hideout.outcomeOf(callOf(hideout))), ['inconclusive']);
  hideout.phones.delete('bob');
  t.deepEqual(toldBy(hideout.outcomeOf(callOf(hideout))), ['inconclusive']);
});

test('the controls come about and fail, and the CRS is as it was', (t) => {
  const hideout = new Hideout();
  const { attempt, positive, negative } = hideout.probe('call alice bob');
  t.deepEqual([attempt, positive, negative].map(toldBy), [['opened'], ['opened'], ['refused', 'no-ssk']]);
  t.regex(positive.because, /hear each other/);
  t.is(hideout.bed.crs.unrest, undefined);
  hideout.bed.run(600);
  for (const { service } of [hideout.bed.alice, hideout.bed.bob, hideout.bed.carol])
    t.is(service, 'registered');
});

test('it is a probe or nothing: an attacker calls nobody in the name of users', (t) => {
  const hideout = new Hideout();
  for (const line of ['call alice bob', 'call alice bob --hold'])
    t.is(
      codeOf(() => hideout.type(line)),
      'ATTACK_ONLY_A_PROBE',
      line,
    );
  hideout.bed.run(10);
  t.is(hideout.bed.events('handset.call-placed').length, 0);
  t.true(hideout.bed.clock.now() > SECOND);
});

test('a plant that does not try is noticed where the call would have come about', (t) => {
  const hideout = new Hideout({ broken: ['attacker.really-tries'] });
  t.deepEqual(toldBy(hideout.probe('call alice bob').attempt), ['refused', 'no-path']);
});
