/** A user of the service: a number, and usually a handset that holds keys. */
import { handsetOf } from './cast.ts';
import { Fields } from './fields.ts';
import { readHandset } from './handset.ts';
import type { Names } from './names.ts';
import { parseNumber } from './number.ts';
import type { Item, Reading } from './reading.ts';
import type { User } from './screenplay.ts';
import { namesSomebody } from './settings.ts';
import { ACCOUNT } from './standing.ts';
import type { KindWords } from './vocabulary.ts';

/** Never undefined: what is wrong is reported and left empty, so that references to the name are no second mistake. */
export function readUser(
  reading: Reading,
  kinds: Readonly<Record<string, KindWords>>,
  names: Names,
  name: string,
  item: Item,
): User {
  names.take(item, name);
  const fields = Fields.of(reading, item);
  const where = item.key ?? item.where;
  if (fields === undefined) return { name, where, number: '', account: ACCOUNT, enrolled: false };
  const number = fields.required('number', (each) => {
    const text = reading.text(each);
    return text === undefined ? undefined : reading.attempt(each, () => parseNumber(text));
  });
  const account = fields.optional('account', (each) => readAccountName(reading, names, each));
  const handset = fields.optional('handset', (each) => {
    names.take(each, handsetOf(name));
    const own = Fields.of(reading, each);
    if (own === undefined) return undefined;
    refuseOtherUsers(reading, own, kinds['handset'], name);
    return readHandset(reading, own, kinds['handset']);
  });
  const enrolled = fields.optional('enrolled', (each) => {
    const value = reading.boolean(each);
    if (value === true && !fields.has('handset'))
      reading.problem(
        'SCENARIO_KEY_CONFLICT',
        each.where,
        `'${name}' is enrolled but has no handset`,
        'Add a handset, or write enrolled: false.',
      );
    return value;
  });
  fields.finish();
  return {
    name,
    where,
    // A number that was refused leaves a placeholder: the file is refused anyway, and who refers to the user made no mistake.
    number: number ?? '',
    account: account ?? ACCOUNT,
    enrolled: enrolled ?? handset !== undefined,
    ...(handset === undefined ? {} : { handset }),
  };
}

function readAccountName(reading: Reading, names: Names, item: Item): string | undefined {
  const name = reading.name(item);
  if (name === undefined) return undefined;
  names.later(({ accounts }) => {
    reading.known(item, name, 'SCENARIO_UNKNOWN_ACCOUNT', accounts, `there is no account '${name}'`);
  });
  return name;
}

/** Whose phone it is stands above it already. */
function refuseOtherUsers(
  reading: Reading,
  handset: Fields,
  kind: KindWords | undefined,
  user: string,
): void {
  for (const [key, setting] of Object.entries(kind?.settings ?? {})) {
    const item = namesSomebody(setting) ? handset.item(key) : undefined;
    if (item !== undefined)
      reading.problem(
        'SCENARIO_KEY_CONFLICT',
        item.key ?? item.where,
        `the handset of a user is that user's, so '${handsetOf(user)}' has no '${key}'`,
        `Leave '${key}' out; a phone for somebody else is a device of kind handset, in world.devices.`,
      );
  }
}

/** Keys are bound to numbers: two users cannot share one. */
export function refuseSharedNumbers(reading: Reading, users: readonly User[]): void {
  const owners = new Map<string, string>();
  for (const { name, number, where } of users) {
    const owner = owners.get(number);
    if (owner !== undefined && number !== '')
      reading.problem('SCENARIO_DUPLICATE_ID', where, `'${name}' has the number of '${owner}', ${number}`);
    owners.set(number, name);
  }
}
