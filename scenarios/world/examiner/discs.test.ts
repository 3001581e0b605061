import test from 'ava';
import { performanceOf } from '../hall.fixture.ts';

const STEPS = [
  ['08:01', 'cms-operator', 'take-blank nov'],
  ['08:02', 'cms-operator', 'insert nov cms'],
  ['08:03', 'cms-operator', 'burn-disc', 'cms'],
  ['08:04', 'cms-operator', 'eject cms'],
  ['08:05', 'cms-operator', 'carry nov crs-admin'],
  ['08:06', 'crs-admin', 'insert nov crs'],
  ['08:07', 'crs-admin', 'load-disc', 'crs'],
  ['08:08', 'crs-admin', 'eject crs'],
  ['08:09', 'crs-admin', 'destroy nov'],
] as const;

/** What is said of the discs when October has ended, after all of these steps but the last ones. */
function found(without = 0): readonly unknown[] {
  const yaml = STEPS.slice(0, STEPS.length - without).map(
    ([at, by, type, on = by]) =>
      `  - { at: "${at}", by: ${by}, ${on === by ? '' : `on: ${on}, `}type: "${type}" }`,
  );
  const performance = performanceOf({
    yaml: `steps:\n${yaml.join('\n')}\nexpect:\n  - { id: begun, see: trace.began, times: 1 }\n`,
    ends: '2015-11-01 01:00',
  });
  performance.finish();
  return performance.world.trace.events.flatMap((event) =>
    event.type === 'audit.discs' ? [event.data] : [],
  );
}

test('when a month ends every disc is told: burnt, loaded, destroyed, or left over', (t) => {
  const all = { month: '2015-10', burnt: 2, loaded: 2, destroyed: 2, unaccounted: 0 };
  t.deepEqual(found(), [all]);
  t.deepEqual(found(1), [{ ...all, destroyed: 1, unaccounted: 1 }]);
  t.deepEqual(found(3), [{ ...all, loaded: 1, destroyed: 1, unaccounted: 1 }]);
});
