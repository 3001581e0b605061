/** A cell of the matrix says refused only of what was tried and refused. */
import test from 'ava';
import type { CheckResult, ScenarioResult, VariantResult } from '../scenarios/evidence/model.ts';
import { matrixTable } from './html/matrix.ts';
import { Markup } from './html/markup.ts';
import { matrixOf } from './matrix.ts';
import { GREEN } from './sample.fixture.ts';

const [theft] = GREEN.scenarios;
const [run] = theft?.variants ?? [];
const PROBE = 'call-as-alice';

/** A scenario in which the path is open in one run, and whose other run has this check of the same probe. */
function matrixWith(t: { readonly fail: () => void }, other: Partial<CheckResult> | undefined): string {
  const check = run?.checks.find(({ id }) => id === PROBE);
  if (theft === undefined || run === undefined || check === undefined) return String(t.fail());
  const checks = other === undefined ? [] : [{ ...check, ...other }];
  const quiet: VariantResult = { ...run, name: 'quiet', reference: false, exposure: [], checks };
  const scenario: ScenarioResult = { ...theft, variants: [quiet, run] };
  const { variants, rows } = matrixOf(scenario);
  if (variants[0]?.name !== run.name) t.fail();
  const row = rows.find(({ path }) => path.bars.some(({ bar }) => bar.tries.includes(PROBE)));
  const html = matrixTable(scenario);
  if (!(html instanceof Markup) || !/With an error[^]*>quiet</.test(html.text)) {
    // Where nothing was tried, there is nothing to show beside the book.
    if (row?.cells[1]?.kind !== 'not-tried') t.fail();
  }
  return row?.cells[1]?.kind ?? 'none';
}

test('a run in which the same probe was refused says so; one in which it was not made, or nothing is to be believed of it, does not', (t) => {
  const probe = run?.checks.find(({ id }) => id === PROBE)?.probe;
  if (probe === undefined) return t.fail();
  t.is(matrixWith(t, { probe: { ...probe, outcome: 'refused', refusedAs: 'blocked' } }), 'refused');
  t.is(matrixWith(t, { probe: { ...probe, outcome: 'inconclusive' } }), 'not-known');
  const { probe: _, ...unmade } = run?.checks.find(({ id }) => id === PROBE) ?? {};
  t.is(matrixWith(t, undefined), 'not-tried');
  t.is(matrixWith(t, { ...unmade, id: 'another' }), 'not-tried');
  t.is(matrixWith(t, { verdict: 'not-applicable' }), 'not-tried');
});

test('what is open for longest in a run by the book comes first, and every exposure has a cell', (t) => {
  if (theft === undefined) return t.fail();
  const { rows } = matrixOf(theft);
  const [first] = rows;
  t.true(first?.path.bars.some(({ bar, variant }) => variant.reference && bar.firstFailure === undefined));
  const cells = rows.flatMap((row) => row.cells).filter(({ kind }) => kind === 'exposed').length;
  t.true(cells > 0);
  t.is(matrixTable({ ...theft, variants: [] }), undefined);
});
