/** Calls that get new keys while they go on: what a recording of each part takes, and what a server in wrong hands can offer. */
import test from 'ava';
import { parsePeriod } from '../../../network/mikey/index.ts';
import type { Arm } from '../attack.ts';
import { Hideout } from '../hideout.fixture.ts';
import { refuses, toldBy } from '../outcome.fixture.ts';
import { Forge } from './forge.ts';

/** Alice is in a call with Bob over the end of October; the thief has both phones of October, and nothing of November. */
function acrossMidnight(): Hideout {
  const hideout = new Hideout({ begins: '2015-10-31T23:50:00Z', controlsCrs: true });
  const { bed } = hideout;
  hideout.seize('alice');
  hideout.seize('bob');
  bed.carryDisc('--month 2015-11');
  for (const phone of [bed.alice, bed.bob, bed.carol]) bed.type(phone, 'fetch');
  bed.runTo('2015-10-31T23:59:40Z');
  bed.type(bed.alice, 'call bob --for 50s', 'alice');
  bed.runTo('2015-11-01T00:00:10Z');
  return hideout;
}

test('a call without new keys opens with the keys of the month in which it began, the part after it too; with new ones it does not', (t) => {
  for (const renews of [false, true]) {
    const hideout = acrossMidnight();
    const { bed } = hideout;
    if (renews) bed.type(bed.alice, 'rekey', 'alice');
    bed.runTo('2015-11-01T00:01:00Z');
    const opened = (since: string) =>
      hideout.probe(`decrypt alice-to-bob#1${since === '' ? '' : ` --since 2015-11-01T00:00:${since}Z`}`)
        .attempt;
    t.deepEqual(toldBy(opened('')), ['opened']);
    const first = opened('00');
    t.deepEqual(toldBy(first), ['opened']);
    const seconds = first.audioSeconds ?? 0;
    if (renews) t.true(seconds > 18 && seconds < 24, `${seconds} s of both, until the new keys`);
    else t.true(seconds > 55 && seconds < 65, `${seconds} s of both`);
    if (renews) refuses(t, opened('20'), 'no-rsk');
    else t.deepEqual(toldBy(opened('20')), ['opened']);
  }
});

test('with the key of the new month, or that of the one who asked where the callee did, the part under new keys opens', (t) => {
  for (const asks of ['alice', 'bob'] as const) {
    const hideout = acrossMidnight();
    const { bed } = hideout;
    bed.type(bed[asks], 'rekey', asks);
    bed.runTo('2015-11-01T00:01:00Z');
    hideout.seize(asks === 'alice' ? 'bob' : 'alice');
    const { attempt, positive, negative } = hideout.probe(
      'decrypt alice-to-bob#1 --since 2015-11-01T00:00:20Z',
    );
    t.deepEqual(toldBy(attempt), ['opened'], attempt.because);
    t.is(positive.outcome, 'opened');
    t.is(negative.outcome, 'refused');
  }
});

test('a server in wrong hands offers new keys within a call: of the old month they are refused, and honest ones are taken', (t) => {
  const made = (arm: Arm) => {
    const hideout = acrossMidnight();
    const month = parsePeriod('2015-10');
    const { ports, random } = hideout.bed;
    const attack = new Forge(hideout.stage, {
      ...{ ports, random: random.stream('thief'), host: hideout.host, holder: 'thief' },
      ...{ user: 'alice', peer: 'bob', way: { through: 'crs', within: 'the call' }, month, sent: undefined },
    });
    return hideout.outcomeOf(attack, hideout.truthOf('alice', month), arm);
  };
  const all = acrossMidnight();
  const probed = all.probe('forge alice bob --via call --month 2015-10');
  t.deepEqual(
    [probed.positive.outcome, probed.attempt.reason],
    ['opened', 'wrong-month'],
    'one after the other',
  );
  const lasted = all.bed.last('handset.call-ended', 'alice-phone')?.seconds ?? 0;
  t.true(lasted >= 50, `the call goes on: ${lasted} s`);
  refuses(t, made('attempt'), 'wrong-month');
  t.is(made('positive').because, "bob's phone accepted it as from alice");
  refuses(t, made('negative'), 'no-ssk');
});

test('nobody is offered new keys within a call when there is none', (t) => {
  const hideout = new Hideout({ controlsCrs: true });
  hideout.seize('alice');
  refuses(t, hideout.probe('forge alice bob --via call').attempt, 'no-path');
});
