/** The world of a scenario: its users and their handsets, other people, devices, and the network between them. */
import { readAccounts } from './account.ts';
import { castOf } from './cast.ts';
import { readDevice } from './device.ts';
import { Fields } from './fields.ts';
import { Names } from './names.ts';
import { EMPTY_NETWORK, readNetwork } from './network.ts';
import type { Item, Reading } from './reading.ts';
import type { DeclaredWorld } from './screenplay.ts';
import { EMPTY_TOPOLOGY, readTopology } from './topology.ts';
import { readUser, refuseSharedNumbers } from './user.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is used in place of a world that could not be read: only what stands in every world. */
export const EMPTY_WORLD: DeclaredWorld = {
  users: [],
  people: [],
  accounts: [],
  network: EMPTY_NETWORK,
  topology: EMPTY_TOPOLOGY,
  devices: [],
};

const RENAME_END = 'A link is named after its two ends: rename a user, device, site or CRS.';

/** All of `world`, its references and numbers checked; what is wrong is reported, and the rest is there all the same. */
export function readWorld(reading: Reading, vocabulary: Vocabulary, item: Item): DeclaredWorld {
  const fields = Fields.of(reading, item);
  if (fields === undefined) return EMPTY_WORLD;
  const { kinds } = vocabulary;
  const names = new Names(reading, kinds);
  const users = reading.named(fields.item('users'), (name, each) =>
    readUser(reading, kinds, names, name, each),
  );
  const people = fields.optional('people', (list) => reading.list(list)) ?? [];
  const others = people.flatMap((each) => {
    const name = reading.name(each);
    if (name !== undefined) names.take(each, name);
    return name ?? [];
  });
  const devices = reading.named(fields.item('devices'), (name, each) =>
    readDevice(reading, kinds, names, name, each),
  );
  const accounts = readAccounts(reading, names, item, fields.item('accounts'));
  const network = fields.optional('network', (each) => readNetwork(reading, vocabulary, names, each));
  const topology =
    fields.optional('topology', (each) => readTopology(reading, vocabulary, names, each)) ?? EMPTY_TOPOLOGY;
  fields.finish();
  refuseSharedNumbers(reading, users);
  const cast = castOf({ users, people: others, accounts, devices, topology }, kinds);
  names.settle(cast);
  // Two of one name have two links of one name: that is one mistake.
  const renamed = reading.problems.some(({ code }) => code === 'SCENARIO_DUPLICATE_ID');
  for (const link of renamed ? [] : cast.twice)
    reading.problem('SCENARIO_DUPLICATE_ID', item.where, `there would be two links '${link}'`, RENAME_END);
  return { users, people: others, accounts, network: network ?? EMPTY_NETWORK, topology, devices };
}
