/** Plans of the shipped scenarios: when each line of a procedure is to be expected, and which are not done. */
import test from 'ava';
import { MINUTE, type Micros } from '../../sim/clock.ts';
import { resolveVariant, variantsOf, type Screenplay } from '../../scenarios/language/index.ts';
import { glyphsOf } from '../../reports/terminal/glyphs.ts';
import { installedLibrary } from '../library.ts';
import { effectsOf } from './line-effects.ts';
import { planLinesOf, type PlanLine } from './plan-line.ts';
import { planTable } from './plan-table.ts';
import { timelineOf } from './plan-timeline.ts';

const library = installedLibrary();
const files = await library.shipped();
const screenplays = await Promise.all(files.map((file) => library.load(file)));

function scenario(id: string): Screenplay {
  const found = screenplays.find((each) => each.id === id);
  if (found === undefined) throw new Error(`${id} is shipped`);
  return found;
}

function planOf(screenplay: Screenplay, variant = variantsOf(screenplay)[0]?.name): readonly PlanLine[] {
  if (variant === undefined) throw new Error('every scenario has a variant');
  return planLinesOf(resolveVariant(screenplay, variant), effectsOf(library.vocabulary));
}

function lineOf(lines: readonly PlanLine[], line: string): PlanLine {
  const found = lines.find((each) => each.line === line);
  if (found === undefined) throw new Error(`no line '${line}'`);
  return found;
}

const TEXT = (text: string): string => text;
const STYLE = { columns: undefined, glyphs: glyphsOf(true), strong: TEXT, quiet: TEXT, harm: TEXT };

for (const screenplay of screenplays)
  test(`${screenplay.id}: every line of a procedure has its time, and what is done comes no earlier than what it waits for`, (t) => {
    for (const { name } of variantsOf(screenplay)) {
      const { performs } = resolveVariant(screenplay, name);
      const own = new Set(performs.flatMap(({ steps }) => steps.flatMap(({ type }) => type ?? [])));
      const lines = planOf(screenplay, name);
      const without = lines.filter(
        ({ estimate, line, typed }) => estimate === undefined && typed !== 'no' && own.has(line),
      );
      t.deepEqual(without, [], name);
      const times = lines.flatMap(({ estimate }) => estimate ?? []);
      t.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
    }
  });

test('a step of a procedure says what it comes after: what is left out is passed over', (t) => {
  const lines = planOf(scenario('client-compromise'));
  const told = lineOf(lines, 'tell crs-admin my phone is gone').estimate ?? NaN;
  const at = (line: string): readonly [string, Micros] => {
    const { time, estimate } = lineOf(lines, line);
    return [time, ((estimate ?? NaN) - told) / MINUTE];
  };
  t.deepEqual(at('tell mdm-admin alice-phone is lost, wipe it'), ['reported + 2m', 2]);
  t.deepEqual(at('wipe alice-phone'), ['recovery.block + 8m', 10]);
  // `phones` before it is an option that nobody asked for.
  t.is(lineOf(lines, 'phones').typed, 'no');
  t.deepEqual(at('destroy-keys +447700900001'), ['recovery.wipe.order + 8m', 18]);
  t.deepEqual(at("add-user +447700900001 alice --re-issue --reason 'phone stolen' --request REQ-2015-41"), [
    'recovery.destroy + 1d',
    18 + 24 * 60,
  ]);
});

test('what is optional, left out, not applicable, cut off or done under a condition is marked with why', (t) => {
  const lines = planOf(scenario('client-compromise'));
  t.like(lineOf(lines, 'phones'), { typed: 'no', mark: 'left out: it is optional, and nobody asked for it' });
  t.like(lineOf(lines, 'tell crs-admin no answer from alice-phone'), {
    typed: 'perhaps',
    mark: 'only if recovery.wipe.acknowledged is not done in time',
  });
  const omitted = planOf(scenario('client-compromise'), 'only-wipe-out-of-reach');
  t.like(lineOf(omitted, 'destroy-keys +447700900001'), { typed: 'no', mark: 'left out: it is omitted' });
  const code = planOf(scenario('lost-qr'));
  t.regex(
    lineOf(code, 'tell mdm-admin alice-phone is lost, wipe it').mark,
    /^not applicable: lost is code, and it is for handset$/,
  );
  t.like(lineOf(code, 'tell line-manager alice needs new keys'), {
    typed: 'yes',
    mark: 'optional, and asked for',
  });
  const months = resolveVariant(scenario('crs-overretention'), 'two-months');
  const performs = months.performs.map((each) =>
    each.instance === 'march' ? { ...each, until: 'march.burn' } : each,
  );
  const cut = planLinesOf({ ...months, performs }, effectsOf(library.vocabulary));
  t.is(lineOf(cut, 'burn-disc --month 2016-03').typed, 'yes');
  for (const line of ['carry mar-disc crs-admin', 'insert mar-disc crs'])
    t.like(lineOf(cut, line), { typed: 'no', mark: 'cut off: nothing is done after march.burn' });
});

test('a picture has no line that is not typed, counts those, and tells conditions by a sign', (t) => {
  const screenplay = scenario('client-compromise');
  const lines = planOf(screenplay);
  const picture = timelineOf(lines, screenplay.begins, STYLE);
  t.notRegex(picture, /^\?/m);
  t.notRegex(picture, /mdm: phones/);
  t.regex(picture, /^~09:12:00 .*● .*tell mdm-admin alice-phone is lost, wipe it \(reported \+ 2m\)$/m);
  t.regex(
    picture,
    /○ .*tell crs-admin no answer from alice-phone \(recovery\.wipe\.acknowledged \+ 15m; only if/,
  );
  const count = lines.filter(({ typed }) => typed === 'no').length;
  t.true(
    picture.endsWith(
      `\n\n○ under a condition only\n${count} more lines are not typed here; the plan without --timeline says why\n`,
    ),
    picture.slice(-300),
  );
  for (const columns of [80, 120])
    for (const row of timelineOf(lines, screenplay.begins, { ...STYLE, columns }).split('\n'))
      t.true(row.length <= columns, row);
});

test('a table has every line, each that is not done with why', (t) => {
  const lines = planOf(scenario('client-compromise'));
  for (const columns of [80, 120, undefined]) {
    const table = planTable(lines, { columns, heading: TEXT });
    const flat = table.replaceAll(/\s+/g, ' ');
    t.true(flat.includes('left out: it is optional, and nobody asked for it'), String(columns));
    t.true(flat.includes('only if recovery.wipe.acknowledged is not done in time'), String(columns));
  }
});
