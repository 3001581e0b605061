/** What was not looked at: a reader must not take silence for a pass. */
import { isTested, type ClauseResult, type SuiteResult } from '../../scenarios/evidence/model.ts';
import { numbered } from '../tally.ts';
import { listed, type Basis, type ConclusionLine } from './conclusion-line.ts';

/** How many are named in one sentence. */
const NAMED = 6;

/** Clauses, rows, probes and variants that nothing says anything of. */
export function unseenOf(suite: SuiteResult): readonly ConclusionLine[] {
  return [...clausesOf(suite), ...rowsOf(suite), ...checksOf(suite), ...variantsOf(suite)];
}

function clausesOf({ clauses }: SuiteResult): readonly ConclusionLine[] {
  const unseen = clauses.filter((clause) => clause.verdict === 'not-tested' || !isWhollyTested(clause));
  if (unseen.length === 0) return [];
  const untouched = unseen.filter((clause) => !partsOf(clause).some(isTested));
  const named = untouched.filter(({ modality }) => modality === 'must' || modality === 'shall');
  const binding =
    named.length === 0
      ? ''
      : ` Of must and shall none of: ${listed(
          named.map(({ id }) => id),
          NAMED,
        )}.`;
  return [
    {
      text: `${unseen.length} of ${numbered(clauses.length, 'clause')} were not tested in all their parts, ${untouched.length} of them in none.${binding}`,
      grounds: unseen.map(({ id }): Basis => ({ kind: 'clause', id })),
    },
  ];
}

const partsOf = ({ checks }: ClauseResult) => checks.flatMap(({ parts }) => parts);

function isWhollyTested(clause: ClauseResult): boolean {
  return partsOf(clause).every(isTested);
}

function rowsOf({ scenarios }: SuiteResult): readonly ConclusionLine[] {
  const rows = scenarios.flatMap(({ id, notTested }) => notTested.map(({ row }) => ({ scenario: id, row })));
  if (rows.length === 0) return [];
  return [
    {
      text: `${numbered(rows.length, 'row of the probe matrices is', 'rows of the probe matrices are')} not tested: ${listed(
        rows.map(({ scenario, row }) => `${scenario}/${row}`),
        NAMED,
      )}.`,
      grounds: rows.map((row): Basis => ({ kind: 'row', ...row })),
    },
  ];
}

/** Checks of a run that came to nothing, because what they look at was not done; what is not of a variant is not applicable in it. */
function checksOf({ scenarios }: SuiteResult): readonly ConclusionLine[] {
  const checks = scenarios.flatMap(({ id: scenario, variants }) =>
    variants.flatMap(({ name: variant, checks: all }) =>
      all.filter(({ verdict }) => verdict === 'not-tested').map(({ id }) => ({ scenario, variant, id })),
    ),
  );
  if (checks.length === 0) return [];
  const names = checks.map(({ scenario, variant, id }) => `${scenario}/${variant}/${id}`);
  return [
    {
      text: `${numbered(checks.length, 'check was', 'checks were')} not tested in the runs that they are of: ${listed(names, NAMED)}.`,
      grounds: checks.map((check): Basis => ({ kind: 'check', ...check })),
    },
  ];
}

function variantsOf({ scenarios }: SuiteResult): readonly ConclusionLine[] {
  const left = scenarios.flatMap(({ id, declares, variants, missing }) => {
    const known = new Set([...variants, ...missing].map(({ name }) => name));
    return declares.filter((name) => !known.has(name)).map((name) => `${id}/${name}`);
  });
  if (left.length === 0) return [];
  return [
    {
      text: `${numbered(left.length, 'variant was', 'variants were')} not run: ${listed(left, NAMED)}.`,
      grounds: [],
    },
  ];
}
