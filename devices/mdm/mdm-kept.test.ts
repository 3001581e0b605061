/** An MDM that was kept while orders wait for their phones sends them again when it would have, and takes the same acknowledgements. */
import test from 'ava';
import * as fc from 'fast-check';
import { MINUTE } from '../../sim/clock.ts';
import { DeadEnd, LoneWorld } from '../dead-end.fixture.ts';
import { Mdm, type MdmState } from './mdm.ts';
import { encodeMdmMessage } from './mdm-message.ts';

const PHONES = ['a-phone', 'b-phone'];

class Office {
  readonly world: LoneWorld;
  readonly end = new DeadEnd('mdm');
  readonly mdm: Mdm;

  constructor(before?: Office, kept?: MdmState) {
    this.world = before === undefined ? new LoneWorld() : before.world.takenUp();
    this.mdm = new Mdm('mdm', this.world.ports, this.end, PHONES, kept);
  }

  happen({ waits, phone, order }: Happening): void {
    this.world.run(waits);
    if (order === 0) this.mdm.order(phone);
    else if (order === 4) this.mdm.takeInventory(phone);
    else if (order === 5) this.mdm.setPolicy(phone, 'store', 'closed');
    else if (order === 6) this.mdm.allowApp(phone, 'chatter');
    else
      this.end.datagram(
        this.mdm.save().port,
        { host: phone, port: 2195 },
        encodeMdmMessage({ kind: 'wiped', order, values: {} }),
      );
  }
}

const happening = fc.record({
  waits: fc.integer({ min: 0, max: 20 * MINUTE }),
  phone: fc.constantFrom(...PHONES),
  /** An order that is acknowledged; a new one for 0, an inventory, a policy and an application for 4 to 6. */
  order: fc.constantFrom(0, 0, 1, 2, 3, 4, 5, 6),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

test('an MDM that was kept goes on as the one that it was kept from', (t) => {
  const happenings = fc.array(happening, { minLength: 1, maxLength: 12, size: 'max' });
  const seen = new Set<string>();
  fc.assert(
    fc.property(happenings, happenings, (before, after) => {
      const original = new Office();
      for (const each of before) original.happen(each);
      const kept = original.mdm.save();
      const again = new Office(original, structuredClone(kept));
      t.deepEqual(again.mdm.save(), kept);
      t.deepEqual([again.world.told(), again.end.said], [[], []], 'it tells nothing of its being taken up');
      t.deepEqual(again.world.clock.unclaimed, []);
      const [told, said] = [original.world.trace.events.length, original.end.said.length];
      for (const each of after) for (const office of [original, again]) office.happen(each);
      t.deepEqual(again.world.told(), original.world.told(told));
      t.deepEqual(again.end.said, original.end.said.slice(said));
      t.deepEqual(again.mdm.screen(), original.mdm.screen());
      t.deepEqual(again.mdm.save(), original.mdm.save());
      t.deepEqual(again.world.clock.timers, original.world.clock.timers);
      for (const { type } of again.world.trace.events) seen.add(type);
    }),
    { numRuns: 60 },
  );
  t.deepEqual([...seen].sort(), [
    'mdm.app-allowed',
    'mdm.inventory-asked',
    'mdm.policy-set',
    'mdm.wipe-acknowledged',
    'mdm.wipe-ordered',
    'mdm.wipe-sent',
  ]);
});
