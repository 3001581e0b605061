/** The second judge of procedures and the first come to the same, of runs that went well and of those that did not, and of traces that lie. */
import test from 'ava';
import { MINUTE } from '../../sim/clock.ts';
import { judge } from '../../scenarios/evidence/verdicts/index.ts';
import { PROCEDURES_CHECK } from '../../scenarios/language/index.ts';
import { Performance, type PerformanceOptions } from '../../scenarios/runs/index.ts';
import { procedureOptions, recoveryWith, seen } from '../../scenarios/runs/procedures.fixture.ts';
import { chronicleOf } from '../../cli/verify/judge/chronicle.ts';
import { description } from '../../cli/verify/judge/declaration.ts';
import { discharged, errandsOf } from '../../cli/verify/judge/errands.ts';
import { fits } from '../../cli/verify/judge/eyewitness.ts';
import type { JsonObject } from '../../cli/verify/judge/json-text.ts';

const SHIELDED = { shielded: true };

const CASES: readonly (readonly [name: string, options: PerformanceOptions])[] = [
  ['all goes well', procedureOptions()],
  ['one is late', procedureOptions(recoveryWith(), SHIELDED)],
  ['one is refused', procedureOptions(recoveryWith({ block: { type: 'block-user 12' } }))],
  ['one is forgotten', procedureOptions(recoveryWith(), { broken: ['administrator.blocks-user'] })],
  ['one is left out', procedureOptions(recoveryWith({ destroy: { skipped: 'omitted' } }))],
  [
    'one is left out that another needs',
    procedureOptions(recoveryWith({ 'tell-mdm': { skipped: 'omitted' } })),
  ],
  ['one does not apply', procedureOptions(recoveryWith({ wipe: { notApplicable: 'a code' } }))],
  ['the rest is given up', procedureOptions(recoveryWith({}, { until: 'recovery.destroy' }))],
  ['nothing comes of one', procedureOptions(recoveryWith({ record: { done: seen('crs.user-unblocked') } }))],
  [
    'one waits in vain',
    procedureOptions(recoveryWith({ record: { whenNoticed: seen('crs.user-unblocked') } })),
  ],
  ['the run ends before one', procedureOptions(recoveryWith({ record: { takes: 60 * MINUTE } }))],
  ['somebody is played', procedureOptions(recoveryWith(), { played: ['crs-admin'] })],
];

/** What both say of a trace, which may have been changed. */
function rulings(options: PerformanceOptions, change: (line: string) => string = (line) => line) {
  const performance = new Performance(options);
  performance.finish();
  const { events } = performance.world.record;
  const changed = events.map((event) => JSON.parse(change(JSON.stringify(event))));
  const first = judge(options.screenplay, changed).checks.find(({ id }) => id === PROCEDURES_CHECK)?.verdict;
  const performed = JSON.parse(JSON.stringify(options.screenplay.performs)) as JsonObject[];
  const run = chronicleOf(changed.map((event) => `${JSON.stringify(event)}\n`).join(''));
  if (first === undefined) throw new Error('the check is there');
  return { first, second: discharged(errandsOf(performed, description), run, fits) };
}

for (const [name, options] of CASES) {
  test(`both judges agree where ${name}`, (t) => {
    const { first, second } = rulings(options);
    t.is<string, string>(second, first);
  });
}

test('what the trace says and did not happen deceives neither', (t) => {
  const lie = (line: string): string =>
    line.includes('"procedure.step-done"') && line.includes('recovery.block')
      ? line.replace(/"event":\d+/, '"event":1')
      : line;
  t.deepEqual(rulings(procedureOptions()), { first: 'pass', second: 'pass' });
  t.deepEqual(rulings(procedureOptions(), lie), { first: 'fail', second: 'fail' });
  const silence = (line: string): string =>
    line
      .replace(/"procedure\.(?!time-come)[a-z-]+"/, '"person.noted"')
      .replace(/"step":"recovery.block"/, '"step":"x"');
  t.deepEqual(rulings(procedureOptions(), silence), { first: 'fail', second: 'fail' });
});
