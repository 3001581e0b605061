/** Verdicts from any prefix of a filed trace are those that were computed live, while the run had come so far: what is read back is what was there. */
import test from 'ava';
import { SECOND } from '../../sim/clock.ts';
import { judge } from '../evidence/verdicts/index.ts';
import { performanceOf } from '../world/hall.fixture.ts';
import { ownTrace } from './trace-file.ts';

const STORY = `steps:
  - { id: call, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 20s" }
  - { id: block, at: "08:02", by: crs-admin, on: crs, type: "block-user +447700900001" }
  - { id: again, at: "08:02:20", by: alice, on: alice-phone, type: "call bob --for 2s", refused: HANDSET_NOT_REGISTERED }
probes:
  - { id: replay, row: replay, at: "08:02:40", by: insider, on: insider, type: "replay alice-to-bob#1", predict: refused, because: "it is cached" }
moments:
  placed: { first: handset.call-placed }
  blocked: { first: crs.user-blocked }
expect:
  - { id: connects, see: handset.call-connected, within: 5s, of: placed }
  - { id: goes-off, see: handset.offline, within: 10s, of: blocked }
  - { id: quiet, never: handset.call-connected, after: blocked, given: { see: crs.user-blocked } }
  - { id: late, see: handset.call-placed, after: blocked }
`;
const STEP = 3 * SECOND;

test('verdicts from any prefix of a trace are those that were computed live', (t) => {
  const performance = performanceOf({ yaml: STORY, ends: '08:03' });
  const { world } = performance;
  const { screenplay } = world.options;
  const live: { readonly count: number; readonly judged: ReturnType<typeof judge> }[] = [];
  for (let time = 0; time < performance.endsAt; time += STEP) {
    performance.advanceTo(time);
    const { events } = world.record;
    live.push({ count: events.length, judged: judge(screenplay, events) });
  }
  performance.finish();
  live.push({ count: world.record.events.length, judged: judge(screenplay, world.record.events) });
  const filed = ownTrace(Buffer.from(world.record.toNdjson()));
  const seen = new Set<string>();
  for (const { count, judged } of live) {
    const again = judge(screenplay, filed.slice(0, count));
    t.deepEqual(written(again), written(judged), `after ${count} events`);
    for (const { id, verdict } of judged.checks) seen.add(`${id} ${verdict}`);
  }
  // Planted: the story has something to tell at each of its stages.
  t.true(seen.has('connects inconclusive') && seen.has('connects pass'), [...seen].join(', '));
  const [first, last] = [live[0], live.at(-1)];
  t.notDeepEqual(first && written(first.judged), last && written(last.judged));
});

/** What was judged, without the events themselves: those read back have labels where the live ones have secrets. */
function written({ moments, checks }: ReturnType<typeof judge>): unknown {
  return JSON.parse(
    JSON.stringify({
      moments: [...moments].map(([name, event]) => [name, event?.n ?? null]),
      checks: checks.map(({ id, verdict, why, evidence, parts }) => ({ id, verdict, why, evidence, parts })),
    }),
  );
}
