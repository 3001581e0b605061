/** The world of a scenario: its users and their handsets, other people, devices, and the network between them. */
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

export const EMPTY_WORLD: DeclaredWorld = {
  users: [],
  people: [],
  network: EMPTY_NETWORK,
  topology: EMPTY_TOPOLOGY,
  devices: [],
};

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
  const network = fields.optional('network', (each) => readNetwork(reading, vocabulary, names, each));
  const topology =
    fields.optional('topology', (each) => readTopology(reading, vocabulary, names, each)) ?? EMPTY_TOPOLOGY;
  fields.finish();
  refuseSharedNumbers(reading, users);
  names.settle(castOf({ users, people: others, devices, topology }, kinds));
  return { users, people: others, network: network ?? EMPTY_NETWORK, topology, devices };
}
