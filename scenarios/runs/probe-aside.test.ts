import test from 'ava';
import { digestOfKept } from '../../sim/kept.ts';
import { SECOND } from '../../sim/clock.ts';
import { attackerKind } from '../../devices/attacker/kind.ts';
import type { AttackReport } from '../../devices/attacker/index.ts';
import { worldOf } from '../world/hall.fixture.ts';
import type { World } from '../world/index.ts';

/** Attacks that disturb nothing, with controls that need keys of users, of strangers, and of months that were never issued. */
const LINES = ['read-signalling alice', 'decrypt alice-to-bob#1'];

/** Each part of a quiet world. */
function partsOf(world: World): Readonly<Record<string, string>> {
  const state = world.checkpoint()?.state;
  return Object.fromEntries(Object.entries(state ?? {}).map(([part, kept]) => [part, digestOfKept(kept)]));
}

test('a probe that is tried aside leaves the world as it was, state and all', (t) => {
  const world = worldOf();
  world.runUntil(30 * SECOND);
  world.type('alice', 'alice-phone', 'call bob --for 6s');
  world.runUntil(70 * SECOND);
  const reports: AttackReport[] = [];
  for (const line of LINES) {
    const [before, trace] = [partsOf(world), world.trace.digest()];
    t.not(before['devices'], undefined, 'the moment is quiet');
    world
      .ofKind(attackerKind)
      .get('thief')
      ?.probeNext((report) => reports.push(report));
    world.attempt('thief', 'thief', line);
    t.deepEqual(partsOf(world), before, line);
    t.is(world.trace.digest(), trace, line);
  }
  t.deepEqual(
    reports.map(({ positive, negative }) => [positive.outcome, negative.outcome]),
    LINES.map(() => ['opened', 'refused']),
    'both controls of each were made',
  );
});
