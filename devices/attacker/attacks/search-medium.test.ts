import test from 'ava';
import { codeOf, NUMBERS } from '../../testbed.fixture.ts';
import { PhoneStorage } from '../../media/index.ts';
import { Flash } from '../../hardware/index.ts';
import { Hideout, replaced } from '../hideout.fixture.ts';
import { NOTHING, type Holdings } from '../holdings.ts';
import { refuses, toldBy } from '../outcome.fixture.ts';
import { Recorder } from '../recorder.ts';
import { SearchMedium } from './search-medium.ts';

const searchOf = (hideout: Hideout, image?: Uint8Array, recorder = new Recorder([])): SearchMedium => {
  const stage = image === undefined ? hideout.stage : replaced(hideout.stage, { storageInHand: () => image });
  return new SearchMedium(stage, recorder, {
    ...{ medium: 'alice-phone', holder: 'thief', host: hideout.host, ports: hideout.bed.ports },
    random: hideout.bed.random.stream('thief'),
  });
};

/** A chip with the keys of a user, of which `gone` makes an end. */
function chipOf(
  hideout: Hideout,
  { kms, userKeys, psks, updateKeys }: Holdings,
  gone: (flash: Flash) => void,
): Uint8Array {
  const flash = new Flash(hideout.bed.random.stream('chip'));
  const [keys, psk, updateKey] = [userKeys[0], psks[0], updateKeys[0]];
  if (kms === undefined || keys === undefined || psk === undefined || updateKey === undefined)
    throw new Error('these are no keys for a phone');
  const crs = { host: 'crs', port: 5061 };
  new PhoneStorage(flash, 'unlinked').enrol({ crs, psk, updateKey: updateKey.key, kms, keys });
  gone(flash);
  return flash.image();
}

const deleted = (flash: Flash): void => {
  for (const name of flash.names()) flash.delete(name);
};

test('what was deleted is found and lets somebody in, and what was erased is gone', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const outcome = hideout.outcomeOf(searchOf(hideout, chipOf(hideout, alice, deleted)));
  t.deepEqual(toldBy(outcome), ['opened'], outcome.because);
  t.deepEqual(
    outcome.means.map(({ kind }) => kind),
    ['PSK'],
  );
  refuses(
    t,
    hideout.outcomeOf(
      searchOf(
        hideout,
        chipOf(hideout, alice, (flash) => void flash.wipe()),
      ),
    ),
    'erased',
  );
});

test('what the phone still uses is no remnant', (t) => {
  const hideout = new Hideout();
  const intact = hideout.bed.alice.extract();
  t.deepEqual(toldBy(hideout.outcomeOf(searchOf(hideout, intact))), ['inconclusive']);
  t.deepEqual(
    toldBy(
      hideout.outcomeOf(
        searchOf(
          hideout,
          chipOf(hideout, hideout.truthOf('alice'), () => undefined),
        ),
      ),
    ),
    ['inconclusive'],
  );
});

test('a remnant that opens nothing is none: the CRS says what became of the PSK', (t) => {
  const hideout = new Hideout();
  const image = chipOf(hideout, hideout.truthOf('alice'), deleted);
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  hideout.bed.run(5);
  refuses(t, hideout.outcomeOf(searchOf(hideout, image)), 'blocked');
});

test('a recording is tried first: a call that a deleted RSK opens is heard, blocked or not', (t) => {
  const hideout = new Hideout();
  hideout.call('bob', 'alice');
  const image = chipOf(hideout, hideout.truthOf('alice'), deleted);
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  hideout.bed.run(5);
  const outcome = hideout.outcomeOf(searchOf(hideout, image, hideout.recorder));
  t.deepEqual(toldBy(outcome), ['opened']);
  t.true((outcome.audioSeconds ?? 0) > 3);
  t.deepEqual(
    outcome.means.map(({ kind }) => kind),
    ['PSK', 'RSK'],
  );
});

test('an update key that was left opens a package that is held', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const image = chipOf(hideout, alice, (flash) => {
    flash.sanitise(flash.names().find((name) => name.startsWith('psk/')) ?? '');
    deleted(flash);
  });
  const octets = hideout.bed.crs.accounts.packageOf(NUMBERS.alice, hideout.period) ?? new Uint8Array(0);
  const outcome = hideout.outcomeOf(searchOf(hideout, image), { ...NOTHING, packages: [octets] });
  t.deepEqual([outcome.outcome, outcome.means.map(({ kind }) => kind)], ['opened', ['update key']]);
  refuses(t, hideout.outcomeOf(searchOf(hideout, image)), 'no-psk');
});

test('the controls find a bystander’s deleted keys, and no erased ones', (t) => {
  const hideout = new Hideout();
  const positive = hideout.outcomeOf(searchOf(hideout), NOTHING, 'positive');
  t.deepEqual([positive.outcome, positive.because], ['opened', 'a PSK that was left lets bob in at crs']);
  refuses(t, hideout.outcomeOf(searchOf(hideout), NOTHING, 'negative'), 'erased');
});

test('a medium that is not in hand is not searched', (t) => {
  const hideout = new Hideout();
  t.is(
    codeOf(() => hideout.type('search-medium carols-tablet')),
    'ATTACK_NOT_IN_HAND',
  );
});
