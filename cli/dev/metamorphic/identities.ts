/** Gives the users of a scenario other names and other numbers, wherever its text says them and however the numbers are spelt. */
import { assert } from '../../../sim/errors.ts';
import type { Screenplay } from '../../../scenarios/language/index.ts';

/** Names that sort otherwise than those of most scenarios. */
const NAMES = ['yusuf', 'xenia', 'adele', 'wim', 'boris', 'violet', 'cosmo', 'ursula'];
/** Digits of a number that tell users apart: all but those of the country. */
const DIGITS = 10;
/** What people write between the digits of a number. */
const BETWEEN = '[ .()-]*';

/** What turns a text of the scenario into that of its twin with other users. */
export function otherIdentities({ text, world }: Screenplay): (text: string) => string {
  const free = NAMES.filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
  assert(free.length >= world.users.length, 'there are names for all users');
  const renamings = world.users.flatMap(({ name, number }, at) => {
    const digits = number.slice(-DIGITS);
    return [
      // Hyphens and dots stand between words.
      { pattern: new RegExp(`\\b${name}\\b`, 'g'), put: () => free[at] ?? name },
      {
        pattern: new RegExp(digits.split('').join(BETWEEN), 'g'),
        put: (spelt: string) => speltAs(otherNumber(digits, at), spelt),
      },
    ];
  });
  return (said) => renamings.reduce((all, { pattern, put }) => all.replace(pattern, put), said);
}

/** A number that belongs to nobody, and to none of the scenarios. */
function otherNumber(digits: string, at: number): string {
  return `${digits.slice(0, -3)}${String(997 - 7 * at)}`;
}

/** The digits, with what stands between those of `spelt`. */
function speltAs(digits: string, spelt: string): string {
  let at = 0;
  return spelt.replace(/\d/g, () => digits[at++] ?? '');
}
