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

test('nobody else gets a number that is live, and whoever has it gets new credentials', (t) => {
  t.is(added(`add-user ${NUMBERS.alice} alice`), NUMBERS.alice);
  t.is(added('add-user "+44 7700 900001" mallory'), 'CMS_OTHER_PERSON');
  t.is(added('add-user "+44 7700 900001" mallory', 'cms.one-person-per-number'), NUMBERS.alice);
});
