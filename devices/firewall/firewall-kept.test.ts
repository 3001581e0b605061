/** A firewall that was kept passes, drops and shows what it would have anyway. */
import test from 'ava';
import * as fc from 'fast-check';
import { SECOND } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { LoneWorld } from '../dead-end.fixture.ts';
import { firewallConsole } from './console.ts';
import { DROP_LINES_MAX, DropLog } from './drop-log.ts';
import { Firewall, type FirewallState } from './firewall.ts';

class Rack {
  readonly world: LoneWorld;
  readonly firewall: Firewall;

  constructor(before?: Rack, kept?: FirewallState) {
    this.world = before === undefined ? new LoneWorld() : before.world.takenUp();
    this.firewall = new Firewall(this.world.ports, { name: 'firewall', protects: 'crs', kept });
  }

  /** What it answers. */
  happen({ waits, what }: Happening): unknown {
    this.world.run(waits);
    if (typeof what !== 'string') {
      const { protocol, source, port } = what;
      const packet = { protocol, from: { host: source, port: 1 }, to: { host: 'crs', port } };
      return this.firewall.passes({ ...packet, octets: new Uint8Array(0) });
    }
    try {
      return firewallConsole(this.firewall, this.world.trace).type(what, 'crs-admin');
    } catch (error) {
      if (error instanceof CalldrillError) return error.code;
      throw error;
    }
  }
}

const happening = fc.record({
  waits: fc.integer({ min: 0, max: SECOND }),
  what: fc.oneof(
    fc.record({
      protocol: fc.constantFrom('tcp', 'udp'),
      source: fc.constantFrom('a', 'b.vpn', 'c'),
      port: fc.constantFrom(22, 23, 5061, 50_000),
    }),
    fc.constantFrom('allow tcp 22 from a,vpn', 'deny any', 'deny udp', 'remove 1', 'remove 3'),
    fc.constantFrom('default allow', 'default deny', 'stop', 'start', 'start', 'show', 'log'),
  ),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

test('a firewall that was kept goes on as the one that it was kept from', (t) => {
  const happenings = fc.array(happening, { minLength: 1, maxLength: 30, size: 'max' });
  fc.assert(
    fc.property(happenings, happenings, (before, after) => {
      const original = new Rack();
      for (const each of before) original.happen(each);
      const kept = original.firewall.save();
      const copy = structuredClone(kept);
      const again = new Rack(original, copy);
      t.deepEqual(again.firewall.save(), kept);
      t.deepEqual(again.world.told(), [], 'it tells nothing of its being taken up');
      const told = original.world.trace.events.length;
      for (const each of after) t.deepEqual(again.happen(each), original.happen(each));
      t.deepEqual(again.world.told(), original.world.told(told));
      t.deepEqual(again.firewall.save(), original.firewall.save());
      t.deepEqual(copy, kept, 'what was kept stays as it was');
    }),
  );
});

test('a log that is full goes on dropping the oldest line', (t) => {
  const log = new DropLog();
  for (let port = 1; port <= DROP_LINES_MAX + 3; port++) log.add('tcp', 'a', port, port);
  const again = new DropLog(structuredClone(log.save()));
  t.deepEqual(again.save(), log.save());
  for (const each of [log, again]) t.false(each.add('udp', 'b', 1, 9_000));
  t.deepEqual(again.save(), log.save());
  t.is(again.madeRoom, 4);
});
