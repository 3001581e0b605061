/** Limits that were kept count on from where they were: two of each are asked the same, one of them made of what the other kept. */
import test from 'ava';
import * as fc from 'fast-check';
import { SECOND, VirtualClock } from '../../sim/clock.ts';
import type { HandshakeOver } from '../../network/fabric.ts';
import { Gate, GATE_LIMITS, type GateState } from './gate.ts';
import { RequestRate } from './rate.ts';

const asked = fc.array(
  fc.record({
    waits: fc.integer({ min: 0, max: 40 * SECOND }),
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    what: fc.constantFrom('take', 'take', 'take', 'giveBack', 'hasRoom'),
  }),
  { maxLength: 40, size: 'max' },
);

test('a rate that was kept grants what it would have granted anyway', (t) => {
  fc.assert(
    fc.property(asked, asked, fc.integer({ min: 1, max: 9 }), (before, after, perMinute) => {
      const clock = new VirtualClock();
      const ask = (rate: RequestRate, { key, what }: (typeof before)[number]): boolean => {
        if (what === 'take') return rate.take(key);
        if (what === 'hasRoom') return rate.hasRoom(key);
        rate.giveBack(key);
        return true;
      };
      const rate = new RequestRate(clock, perMinute);
      for (const each of before) {
        clock.runUntil(clock.now() + each.waits);
        ask(rate, each);
      }
      const kept = rate.save();
      const again = new RequestRate(clock, perMinute, structuredClone(kept));
      t.deepEqual(again.save(), kept);
      for (const each of after) {
        clock.runUntil(clock.now() + each.waits);
        t.is(ask(again, each), ask(rate, each));
        t.deepEqual(again.save(), rate.save());
      }
    }),
  );
});

const knocks = fc.array(
  fc.record({
    waits: fc.integer({ min: 0, max: 3 * SECOND }),
    host: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    secured: fc.boolean(),
  }),
  { maxLength: 40, size: 'max' },
);

test('a gate that was kept lets in whom it would have let in anyway, and names the same sources', (t) => {
  const limits = { ...GATE_LIMITS, allSources: 2, sourcesNamed: 2 };
  let refused = 0;
  fc.assert(
    fc.property(knocks, knocks, (before, after) => {
      const clock = new VirtualClock();
      const gate = (kept?: GateState): { knock(on: (typeof before)[number]): string; state(): GateState } => {
        const notes: string[] = [];
        const made = new Gate({
          clock,
          failuresPerMinute: 3,
          limits,
          kept,
          note: (...line) => void notes.push(line.join(' ')),
        });
        return {
          knock({ host, secured }) {
            const over: HandshakeOver | undefined = made.admit({ host, port: 1 });
            over?.(secured);
            if (over === undefined) refused++;
            return `${over === undefined ? 'refused' : 'let in'} ${notes.splice(0).join()}`;
          },
          state: () => made.save(),
        };
      };
      const original = gate();
      for (const each of before) {
        clock.runUntil(clock.now() + each.waits);
        original.knock(each);
      }
      const kept = original.state();
      const again = gate(structuredClone(kept));
      t.deepEqual(again.state(), kept);
      for (const each of after) {
        clock.runUntil(clock.now() + each.waits);
        t.is(again.knock(each), original.knock(each));
        t.deepEqual(again.state(), original.state());
      }
    }),
  );
  t.true(refused > 100, 'sources that knock too often were among them');
});
