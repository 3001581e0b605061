/** Phones at one site share the capacity of its link to the CRS, and phones elsewhere do not feel it. */
import test from 'ava';
import { MINUTE } from '../../sim/clock.ts';
import { worldOf } from './hall.fixture.ts';

/** Voice is 90 kbit/s each way in frames of Ethernet: one phone fits into this, and two do not. */
const CAPACITY = 'rate 128kbit limit 20';

interface Call {
  /** R as each end heard it. */
  readonly ratings: readonly number[];
  /** Where packets found a full queue. */
  readonly fullOn: readonly string[];
}

/** Alice calls from the cell, with this on links; the others are in the cell or at home. */
function called(whom: string, links: readonly string[], inCell: readonly string[]): Call {
  const at = ['alice', ...inCell].map((user) => `${user}-phone: cell`).join(', ');
  const world = worldOf({ world: `  topology: { sites: { cell: { kind: cell } }, at: { ${at} } }\n` });
  for (const link of links) world.type('net-admin', 'net', `link ${link} ${CAPACITY}`);
  world.type('alice', 'alice-phone', `call ${whom} --for 30s`);
  world.runUntil(world.now + 2 * MINUTE);
  const { events } = world.trace;
  const drops = events.flatMap(({ type, on, data }) =>
    type === 'network.dropped' && data.reason === 'queue-full' ? [on] : [],
  );
  return {
    ratings: events.flatMap(({ type, data }) => (type === 'handset.call-quality' ? [data.r ?? 0] : [])),
    fullOn: [...new Set(drops)],
  };
}

test('one phone has the capacity of its cell to itself', (t) => {
  const { ratings, fullOn } = called('bob', ['cell-crs'], []);
  t.is(ratings.length, 2);
  for (const r of ratings) t.true(r > 80, `${r}`);
  t.deepEqual(fullOn, []);
});

test('two phones at one site share the capacity of its link to the CRS, and both calls are bad', (t) => {
  const { ratings, fullOn } = called('bob', ['cell-crs'], ['bob']);
  t.is(ratings.length, 2);
  for (const r of ratings) t.true(r < 30, `${r}`);
  t.deepEqual(fullOn, ['cell-crs']);
});

test('planted: the same capacity for each phone alone is not shared, and nobody notices the other', (t) => {
  const { ratings, fullOn } = called('bob', ['alice-cell', 'bob-cell'], ['bob']);
  for (const r of ratings) t.true(r > 80, `${r}`);
  t.deepEqual(fullOn, []);
});

test('a call between phones at home does not feel the full cell', (t) => {
  const world = worldOf({
    world: '  topology: { sites: { cell: { kind: cell } }, at: { alice-phone: cell } }\n',
  });
  world.type('net-admin', 'net', 'link cell-crs rate 8kbit limit 5');
  world.type('bob', 'bob-phone', 'call carol --for 30s');
  world.runUntil(world.now + 2 * MINUTE);
  const ratings = world.trace.events.flatMap(({ type, data }) =>
    type === 'handset.call-quality' ? [data.r ?? 0] : [],
  );
  t.is(ratings.length, 2);
  for (const r of ratings) t.true(r > 85, `${r}`);
});
