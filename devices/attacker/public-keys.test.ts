import test from 'ava';
import { Hideout, replaced } from './hideout.fixture.ts';
import { NOTHING } from './holdings.ts';
import { publicKeysFor } from './public-keys.ts';

const hideout = new Hideout();
const [keys] = hideout.truthOf('alice').userKeys;
const own = hideout.bed.cms.escrow.kms;
const other = hideout.bed.newCms('other-cms').escrow.kms;

test('where there is one KMS its public keys are everybody’s', (t) => {
  if (keys === undefined) return t.fail('Alice has keys');
  t.is(publicKeysFor(hideout.stage, NOTHING, keys), own);
  t.is(publicKeysFor(hideout.stage, { kms: other }, keys), other, 'what is held is used');
});

test('where there are several those go with a set of keys that verify it, whatever is held', (t) => {
  if (keys === undefined) return t.fail('Alice has keys');
  for (const kmsKeys of [
    [own, other],
    [other, own],
  ]) {
    const stage = replaced(hideout.stage, { kmsKeys });
    for (const kms of [undefined, own, other]) t.is(publicKeysFor(stage, { kms }, keys), own);
    const ssk = keys.ssk.map((octet) => octet ^ 0x01);
    t.is(publicKeysFor(stage, NOTHING, { ...keys, ssk }), undefined, 'nobody has made these');
    t.is(publicKeysFor(stage, { kms: other }, { ...keys, ssk }), other);
  }
});
