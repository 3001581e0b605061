import test from 'ava';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING } from '../holdings.ts';
import { refuses, toldBy, wholeOf } from '../outcome.fixture.ts';
import { StripOffer } from './strip-offer.ts';

const strip = ({ stage }: Hideout): StripOffer => new StripOffer(stage, 'alice', 'bob');

test('a phone does not ring for an offer without key management, and takes the next good call', (t) => {
  const hideout = new Hideout();
  const attack = strip(hideout);
  const { attack: name, route, needs, asset, capability } = attack.aim();
  t.deepEqual([name, route, needs], ['substitute strip', 'crs', []]);
  t.deepEqual([asset, capability], ['protection of calls alice to bob', 'take off']);
  refuses(t, hideout.outcomeOf(attack), 'no-signalling');
  t.is(hideout.bed.last('mikey.refused')?.code, 'SDP_KEY_MGMT_MISSING');
  t.is(hideout.bed.events('handset.ringing').length, 0);
  t.is(hideout.call('alice', 'bob', 2), 'alice-to-bob#2');
});

test('a phone that rings all the same is found', (t) => {
  const hideout = new Hideout({ broken: ['handset.wants-key-management'] });
  t.deepEqual(wholeOf(hideout.outcomeOf(strip(hideout))), [
    'opened',
    "bob's phone rings for a call of alice",
    [],
    ['crs'],
  ]);
  t.is(hideout.bed.events('handset.call-secure').length, 0);
});

test('without a call there is nothing to strip', (t) => {
  const hideout = new Hideout();
  hideout.phones.delete('alice');
  t.deepEqual(toldBy(hideout.outcomeOf(strip(hideout))), ['inconclusive']);
  hideout.phones.delete('bob');
  t.is(hideout.outcomeOf(strip(hideout)).because, 'bob has no phone with keys');
});

test('of the controls, an untouched offer rings, and one with a bad signature does not', (t) => {
  const hideout = new Hideout();
  t.is(hideout.outcomeOf(strip(hideout), NOTHING, 'positive').outcome, 'opened');
  refuses(t, hideout.outcomeOf(strip(hideout), NOTHING, 'negative'), 'no-ssk');
});
