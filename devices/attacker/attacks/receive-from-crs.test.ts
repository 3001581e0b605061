import test from 'ava';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING } from '../holdings.ts';
import { labelsOf, refuses, toldBy } from '../outcome.fixture.ts';
import { ReceiveFromCrs } from './receive-from-crs.ts';

const receivingOf = (hideout: Hideout): ReceiveFromCrs =>
  new ReceiveFromCrs(hideout.stage, {
    ...{ user: 'alice', peer: 'bob', direction: 'receive', holder: 'thief' },
    ...{ host: hideout.host, ports: hideout.bed.ports, random: hideout.bed.random.stream('thief') },
  });

test('a call that the CRS hands over is answered with the RSK of the victim, and no PSK', (t) => {
  const hideout = new Hideout({ controlsCrs: true });
  const alice = hideout.truthOf('alice');
  const outcome = hideout.outcomeOf(receivingOf(hideout), { ...alice, psks: [] });
  t.deepEqual(toldBy(outcome), ['opened'], outcome.because);
  t.deepEqual(
    labelsOf(outcome.means).map((label) => label.slice(0, 3)),
    ['RSK'],
  );
  t.deepEqual(outcome.sources, ['crs']);
  t.is(hideout.bed.crs.unrest, undefined);
});

test('without that RSK it rings nowhere: the phone of the attacker refuses the message itself', (t) => {
  const hideout = new Hideout({ controlsCrs: true });
  refuses(t, hideout.outcomeOf(receivingOf(hideout)), 'no-rsk');
  const carol = hideout.truthOf('carol');
  const before = hideout.bed.events('mikey.refused').length;
  refuses(t, hideout.outcomeOf(receivingOf(hideout), carol), 'no-rsk');
  t.is(hideout.bed.events('mikey.refused').length, before + 1);
});

test('the controls open for a bystander and stay shut with another RSK', (t) => {
  const hideout = new Hideout({ controlsCrs: true });
  t.is(hideout.outcomeOf(receivingOf(hideout), NOTHING, 'positive').outcome, 'opened');
  t.is(hideout.outcomeOf(receivingOf(hideout), NOTHING, 'negative').reason, 'no-rsk');
});
