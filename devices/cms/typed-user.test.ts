import test from 'ava';
import type { RuleName } from '../rules.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

/** What becomes of a line on the CMS: its code, or the number that a user was added with. */
function added(line: string, ...broken: readonly RuleName[]): string {
  const bed = Testbed.enrolled({ broken });
  const before = bed.events('cms.user-added').length;
  const answer = bed.refusal(bed.cms, line);
  return bed.events('cms.user-added').length > before ? (bed.last('cms.user-added')?.number ?? '') : answer;
}

test('every spelling of a number is one number, or is refused', (t) => {
  const number = '+447700900011';
  for (const [line, outcome] of [
    ['add-user +447700900011 frank', number],
    ['add-user "+44 7700 900011" frank', number],
    ['add-user 07700900011 frank', 'MIKEY_NUMBER_NATIONAL'],
    ['add-user "tel:+447700900011;ext=1" frank', 'MIKEY_NUMBER_PARAMETERS'],
    ['add-user ＋４４７７００９０００１１ frank', 'MIKEY_NUMBER_CHARACTERS'],
  ] as const)
    t.is(added(line), outcome, line);
  t.is(added('add-user 07700900011 frank', 'cms.global-numbers-only'), number);
  t.is(added('add-user "+44 7700 900011" frank', 'cms.one-spelling'), '+44177001900011');
});

test('nobody else gets a number that is live, and whoever has it gets new keys as a re-issue with a reason only', (t) => {
  const alice = `add-user ${NUMBERS.alice} alice`;
  const reissue = `${alice} --re-issue --reason "phone lost"`;
  t.is(added(alice), 'CMS_LIVE_NUMBER');
  t.is(added('add-user "+44 7700 900001" alice'), 'CMS_LIVE_NUMBER');
  t.is(added(reissue), NUMBERS.alice);
  t.is(added(`${alice} --re-issue`), 'CMS_NO_REASON');
  t.is(added(`${alice} --re-issue --reason " "`), 'CMS_NO_REASON');
  t.is(added(`${alice} --reason "phone lost"`), 'CMS_LIVE_NUMBER');
  t.is(added(alice, 'cms.explicit-reissue'), NUMBERS.alice);
  t.is(added(reissue, 'cms.explicit-reissue'), NUMBERS.alice);
  t.is(added('add-user +447700900011 frank --re-issue --reason "phone lost"'), 'CMS_NOTHING_TO_REISSUE');
  t.is(added('add-user +447700900011 frank --reason "phone lost"'), 'CMS_NO_REASON');
  t.is(added('add-user +447700900011 frank --request REQ-7'), '+447700900011');
  for (const mallory of [
    'add-user "+44 7700 900001" mallory',
    'add-user "+44 7700 900001" mallory --re-issue --reason x',
  ])
    t.is(added(mallory), 'CMS_OTHER_PERSON');
  t.is(added('add-user "+44 7700 900001" mallory', 'cms.one-person-per-number'), 'CMS_LIVE_NUMBER');
  t.is(
    added('add-user "+44 7700 900001" mallory --re-issue --reason x', 'cms.one-person-per-number'),
    NUMBERS.alice,
  );
});
