import test from 'ava';
import { NUMBERS } from '../../testbed.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING, secretOf, wrongPsks } from '../holdings.ts';
import { OTHER_OFFERS, otherSuites, type OtherOffer } from '../other-offers.ts';
import { labelsOf, refuses, wholeOf } from '../outcome.fixture.ts';
import { Knock } from './knock.ts';

const at = (hideout: Hideout, offer: OtherOffer): Knock =>
  new Knock(hideout.stage, {
    ...{ user: 'carol', offer, ports: hideout.bed.ports, host: hideout.host },
    random: hideout.bed.random.stream('thief'),
  });

const SUITE_OFFERS = ['other-suites', 'null-cipher', 'certificate'] as const;

test('whatever is offered in place of the one suite is refused, and the CRS says for what', (t) => {
  const hideout = new Hideout();
  const carol = hideout.truthOf('carol');
  for (const offer of OTHER_OFFERS) {
    const before = hideout.bed.events('crs.handshake-refused').length;
    refuses(t, hideout.outcomeOf(at(hideout, offer), carol), 'wrong-suite');
    const [refusal, ...more] = hideout.bed.events('crs.handshake-refused').slice(before);
    t.deepEqual([refusal?.data.reason, refusal?.data.identity, more], ['wrong-suite', null, []], offer);
  }
  t.is(
    hideout.bed.events('crs.session-opened').length,
    3 + OTHER_OFFERS.filter((offer) => at(hideout, offer).aim().route === 'own-account').length,
    'each of a user comes in with the one suite',
  );
});

test('what a stranger can say takes no PSK, and is refused for nothing but the suite', (t) => {
  const hideout = new Hideout();
  for (const offer of ['certificate', 'plaintext', 'http', 'ssh'] as const) {
    const attack = at(hideout, offer);
    const { route, needs } = attack.aim();
    t.deepEqual([route, needs], ['outside', []], offer);
    refuses(t, hideout.outcomeOf(attack), 'wrong-suite');
  }
  t.is(at(hideout, 'null-cipher').aim().route, 'own-account');
});

test('who holds no PSK was not refused for the suite alone', (t) => {
  const hideout = new Hideout();
  refuses(t, hideout.outcomeOf(at(hideout, 'null-cipher')), 'no-psk', 'wrong-suite');
});

test('a CRS that goes on with what is offered is found by each kind of suites, and by nothing else', (t) => {
  const hideout = new Hideout({ broken: ['crs.refuses-other-suites'] });
  const carol = hideout.truthOf('carol');
  for (const offer of OTHER_OFFERS)
    t.is(
      hideout.outcomeOf(at(hideout, offer), carol).outcome,
      SUITE_OFFERS.some((each) => each === offer) ? 'opened' : 'refused',
    );
  t.deepEqual(wholeOf(hideout.outcomeOf(at(hideout, 'null-cipher'), carol)), [
    'opened',
    'crs takes suite 0x002C',
    labelsOf(carol.psks.map(secretOf.psk)),
    [],
  ]);
  t.is(hideout.bed.alice.service, 'registered');
});

test('a CRS that reads what comes in clear registers somebody there', (t) => {
  const hideout = new Hideout({ broken: ['crs.tls-only'] });
  const outcome = hideout.outcomeOf(at(hideout, 'plaintext'), hideout.truthOf('carol'));
  t.deepEqual([outcome.outcome, outcome.because], ['opened', 'crs answers in clear']);
  t.is(hideout.bed.events('crs.registered').filter(({ data }) => data.user === 'carol').length, 2);
  for (const offer of ['http', 'ssh'] as const)
    t.is(hideout.outcomeOf(at(hideout, offer), hideout.truthOf('carol')).outcome, 'opened');
  refuses(t, hideout.outcomeOf(at(hideout, 'certificate'), hideout.truthOf('carol')), 'wrong-suite');
});

test('of the controls, the one suite is taken and a bystander comes in, and another key does not', (t) => {
  const hideout = new Hideout();
  for (const offer of OTHER_OFFERS) {
    const positive = hideout.outcomeOf(at(hideout, offer), NOTHING, 'positive');
    t.deepEqual([positive.outcome, positive.because], ['opened', 'crs has registered alice']);
  }
  refuses(t, hideout.outcomeOf(at(hideout, 'ssh'), NOTHING, 'negative'), 'no-psk');
  const broken = new Hideout({ broken: ['crs.one-suite'] });
  t.is(broken.outcomeOf(at(broken, 'null-cipher'), NOTHING, 'positive').outcome, 'inconclusive');
});

test('who would not be let in with the one suite either was not refused for the suite alone', (t) => {
  const hideout = new Hideout();
  const carol = hideout.truthOf('carol');
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.carol}`);
  refuses(t, hideout.outcomeOf(at(hideout, 'null-cipher'), carol), 'blocked', 'wrong-suite');
  refuses(t, hideout.outcomeOf(at(hideout, 'plaintext'), carol), 'wrong-suite');
  const other = new Hideout();
  const wrong = { ...carol, psks: wrongPsks(other.truthOf('carol').psks) };
  refuses(t, other.outcomeOf(at(other, 'null-cipher'), wrong), 'no-psk', 'wrong-suite');
});

test('every offer of suites is without the one of the deployment, and of those that it names', (t) => {
  for (const [one, number, other] of [
    ['psk', 0x008c, 0x0090],
    ['dhe-psk', 0x0090, 0x008c],
  ] as const) {
    const kinds = SUITE_OFFERS.map((offer) => otherSuites(offer, one));
    const all = kinds.flat();
    t.false(all.includes(number));
    t.true(all.includes(other));
    t.is(new Set(all).size, all.length);
    t.deepEqual(
      kinds.map((suites) => suites.length),
      [73, 12, 27],
    );
  }
});
