import test from 'ava';
import { bystanderOf, noBystander } from './bystander.ts';
import { Hideout } from './hideout.fixture.ts';

test('a bystander is the first user whom it does not concern', (t) => {
  const { stage } = new Hideout();
  t.is(bystanderOf(stage, []), 'alice');
  t.is(bystanderOf(stage, ['alice']), 'bob');
  t.is(bystanderOf(stage, ['bob', 'alice']), 'carol');
  t.is(bystanderOf(stage, ['alice', 'bob', 'carol']), undefined);
});

test('whoever is blocked, or has no phone with keys in hand, cannot stand by', (t) => {
  const { bed, stage, phones } = new Hideout();
  bed.type(bed.crs, `block-user ${stage.numberOf('alice')}`);
  t.is(bystanderOf(stage, []), 'bob');
  phones.delete('bob');
  t.is(bystanderOf(stage, []), 'carol');
  t.is(bystanderOf(stage, ['carol']), undefined);
  bed.type(bed.crs, `unblock-user ${stage.numberOf('alice')}`);
  t.is(bystanderOf(stage, ['carol']), 'alice');
});

test('why there is none is said', (t) => {
  t.is(
    noBystander(['alice', 'bob']),
    'the positive control needs one more user, enrolled and not blocked, beside alice and bob: there is none',
  );
});
