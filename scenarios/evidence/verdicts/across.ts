/**
 * The verdict on what several variants of a scenario have in common: the same verdicts in each of them, with the same outcomes and reasons, though a
 * measure differs. It is a function of the runs that there are: a variant that was not run leaves it not tested, and nothing that is unclear in one
 * of them is taken for the same.
 */
import {
  isNotMade,
  type AcrossResult,
  type CheckResult,
  type ScenarioResult,
  type VariantResult,
  type Verdict,
} from '../model.ts';

/** What is compared, of which variants. */
type Comparison = Omit<AcrossResult, 'verdict' | 'why' | 'parts'>;
/** With the parts that it shows; the findings of before, if there are any, do not count. */
type AcrossDeclared = Comparison & {
  readonly parts: readonly Pick<AcrossResult['parts'][number], 'part'>[];
};

/** The runs that there are of the scenario. */
type Runs = Pick<ScenarioResult, 'variants' | 'missing'>;

interface AcrossRemark {
  readonly verdict: Exclude<Verdict, 'pass' | 'waived' | 'not-applicable'>;
  readonly why: string;
}

/** A difference outweighs what is unclear, and that what was not run: it stays whatever the other runs would have shown. */
export function judgeAcross({ parts, was: _was, ...declared }: AcrossDeclared, runs: Runs): AcrossResult {
  const against = [
    ...declared.variants.flatMap((variant) => absence(variant, runs) ?? []),
    ...declared.verdicts.flatMap((check) => objectionsTo(check, declared, runs)),
    ...objectionToMeasure(declared, runs),
  ];
  const [worst] = (['fail', 'inconclusive', 'not-tested'] as const).flatMap(
    (verdict) => against.find((each) => each.verdict === verdict) ?? [],
  );
  const judgement = worst ?? { verdict: 'pass' as const, why: sameness(declared, runs) };
  const found = parts.map(({ part }) => ({ part, ...judgement }));
  return { ...declared, parts: found, ...judgement };
}

/** Of a variant that was not run to its end nothing is known. */
function absence(variant: string, { variants, missing }: Runs): AcrossRemark | undefined {
  if (variants.some(({ name }) => name === variant)) return undefined;
  const lost = missing.find(({ name }) => name === variant);
  return lost === undefined
    ? { verdict: 'not-tested', why: `the variant '${variant}' was not run` }
    : {
        verdict: 'inconclusive',
        why: `the run of '${variant}' ${isNotMade(lost) ? 'was not made' : 'failed'}: ${lost.code}: ${lost.why}`,
      };
}

function objectionsTo(
  id: string,
  { variants }: Pick<AcrossDeclared, 'variants'>,
  runs: Runs,
): readonly AcrossRemark[] {
  const answers = runsOf(variants, runs).map(({ name, checks }) => {
    const check = checks.find((each) => each.id === id);
    return { name, verdict: foundOf(check) ?? 'not there', came: whatCame(check) };
  });
  const [first, ...others] = answers.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  const other = others.find(({ came }) => came !== first?.came);
  if (first !== undefined && other !== undefined) {
    const why = `${id} is ${first.came} in '${first.name}' and ${other.came} in '${other.name}'`;
    return [{ verdict: 'fail', why }];
  }
  return answers.flatMap(({ name, verdict, came }): readonly AcrossRemark[] => {
    if (verdict === 'pass') return [];
    const why = `${id} is ${verdict} in '${name}'`;
    if (verdict === 'inconclusive') return [{ verdict, why }];
    // What is broken everywhere hides whatever else would differ.
    return verdict === 'fail'
      ? [
          {
            verdict: 'inconclusive',
            why: `${id} is ${came} in '${name}', so nothing can be said of the others`,
          },
        ]
      : [{ verdict: 'not-tested', why }];
  });
}

/** What was found, whatever was waived of it. */
function foundOf(check: CheckResult | undefined): Verdict | undefined {
  return check?.was ?? check?.verdict;
}

/** Two probes that come to what was predicted are not the same when different things were. */
function whatCame(check: CheckResult | undefined): string | undefined {
  const probe = check?.probe;
  const verdict = foundOf(check);
  if (probe === undefined) return verdict;
  return `${verdict} (${probe.outcome}${probe.refusedAs === undefined ? '' : ` as ${probe.refusedAs}`})`;
}

function objectionToMeasure({ apart, variants }: Comparison, runs: Runs): readonly AcrossRemark[] {
  if (apart === undefined) return [];
  const { measure, by } = apart;
  return runsOf(variants, runs).flatMap((one, at, all): readonly AcrossRemark[] => {
    const value = measuredIn(measure, one);
    if (value === null) return [{ verdict: 'inconclusive', why: `'${one.name}' has no ${measure}` }];
    return all.slice(at + 1).flatMap((other): readonly AcrossRemark[] => {
      const another = measuredIn(measure, other);
      if (another === null || Math.abs(another - value) >= by) return [];
      const why = `${measure} is ${value} in '${one.name}' and ${another} in '${other.name}', not ${by} apart`;
      return [{ verdict: 'fail', why }];
    });
  });
}

/** Null where the run has no such measure, or nothing to measure. */
function measuredIn(measure: string, { measures }: Pick<VariantResult, 'measures'>): number | null {
  return measures.find(({ name }) => name === measure)?.value ?? null;
}

/** Those of the variants that were run. */
function runsOf(variants: readonly string[], runs: Runs): readonly VariantResult[] {
  return runs.variants.filter(({ name }) => variants.includes(name));
}

function sameness({ variants, verdicts, apart }: Comparison, runs: Runs): string {
  const count = verdicts.length === 1 ? '1 verdict is' : `${verdicts.length} verdicts are`;
  const same = `${count} the same in ${variants.join(', ')}`;
  if (apart === undefined) return same;
  const values = runsOf(variants, runs).map((run) => measuredIn(apart.measure, run));
  return `${same}, and ${apart.measure} is ${values.join(', ')}`;
}
