/** The examiner reads a phone after everything that should have ended keys, and counts what opens apart from what is only there. */
import test from 'ava';
import type { TraceEvents } from '../../../sim/trace.ts';
import { performanceOf } from '../hall.fixture.ts';

const STEPS = `steps:
  - { at: "08:01", by: cms-operator, on: cms, type: "view-qr +447700900001" }
  - { at: "08:02", by: alice, type: "scan cms" }
  - { at: "08:03", by: mdm-admin, on: mdm, type: "wipe alice-phone" }
expect:
  - { id: begun, see: trace.began, times: 1 }
`;

/** What is found after the key update and after the wipe. */
function remnants(parameters: Readonly<Record<string, string>>): readonly TraceEvents['audit.remnants'][] {
  const lines = Object.entries(parameters).map(([name, value]) => `${name}: ${value}`);
  const yaml = `parameters: { ${lines.join(', ')} }\n${STEPS}`;
  const performance = performanceOf({ yaml, ends: '08:05' });
  performance.finish();
  return performance.world.trace.events.flatMap((event) =>
    event.type === 'audit.remnants' ? [event.data] : [],
  );
}

test('keys that are erased leave noise, which is counted and opens nothing', (t) => {
  const found = remnants({});
  t.deepEqual(
    found.map(({ phone, after, usable }) => [phone, after, usable]),
    [
      ['alice-phone', 'key update', 0],
      ['alice-phone', 'wipe', 0],
    ],
  );
  t.true(found.every(({ raw }) => raw > 0));
});

test('keys that are unlinked, and a phone that is wiped by deletion, leave keys to read', (t) => {
  t.deepEqual(
    remnants({ 'old-keys': 'unlinked' }).map(({ usable }) => usable),
    [3, 0],
    'a wipe by key erase takes the remnants of before with it',
  );
  t.deepEqual(
    remnants({ 'wipe-method': 'delete' }).map(({ usable }) => usable),
    [0, 3],
  );
});
