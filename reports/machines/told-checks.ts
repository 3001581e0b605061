/**
 * Every check of a suite in one list, for the files that programs read: those of its runs, of runs that failed, of what compares runs, and of
 * the deployment. What a run that failed would have shown is inconclusive, and is never left out.
 */
import {
  lossText,
  type CheckResult,
  type MissingRun,
  type SuiteResult,
  type Verdict,
} from '../../scenarios/evidence/model.ts';
import { TRACE_FILE, variantFolder } from '../paths.ts';
import { deploymentChecks } from '../tally.ts';
import { instantOf } from '../when.ts';

/** One check with everything that a file says of it. */
export interface ToldCheck {
  /** `scenario/variant/check`, `scenario/check` or `deployment/check`, as clauses name what decided them. */
  readonly place: string;
  /** Never that of another one of the suite. */
  readonly key: string;
  /** Scenario and variant, the scenario, or `deployment`. */
  readonly suite: readonly string[];
  /** `run` is a run that failed, itself. */
  readonly kind: 'expectation' | 'probe' | 'comparison' | 'deployment' | 'run';
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** True when the run came to no end. */
  readonly missing: boolean;
  readonly why: string;
  readonly was?: Verdict;
  readonly source: string;
  readonly replay: string;
  /** Whether the variant counts for clauses; absent where there is no one variant. */
  readonly reference?: boolean;
  /** Parts of the catalogue. */
  readonly parts: readonly string[];
  /** Paths below the results folder: what was recovered, then the trace. */
  readonly files: readonly string[];
  /** When the run ended, by the clock of the scenario: ISO 8601. */
  readonly ended?: string;
}

/** All checks, in the order of the report. */
export function toldChecks(suite: SuiteResult): readonly ToldCheck[] {
  const told = suite.scenarios.flatMap(({ id, file, variants, missing, across }) => [
    ...variants.flatMap((variant) => {
      const { name, reference, replay, checks, begins, ends } = variant;
      const folder = variantFolder(id, name);
      return checks.map((check) => ({
        ...plainOf(check),
        ...{ suite: [id, name], kind: check.kind, missing: false, replay, reference },
        ended: instantOf(begins, ends),
        files: [
          ...(check.probe?.artefact === undefined ? [] : [`${folder}/${check.probe.artefact}`]),
          `${folder}/${TRACE_FILE}`,
        ],
      }));
    }),
    ...missing.flatMap((run) => lostChecks(id, file, run)),
    ...across.map((check) => ({
      ...plainOf(check),
      ...{ suite: [id], kind: 'comparison' as const, missing: false, replay: suite.replay, files: [] },
    })),
  ]);
  const deployed = deploymentChecks(suite).map((check) => ({
    ...plainOf(check),
    ...{
      suite: ['deployment'],
      kind: 'deployment' as const,
      missing: false,
      replay: suite.replay,
      files: [],
    },
  }));
  return placed([...told, ...deployed]);
}

type Unplaced = Omit<ToldCheck, 'place' | 'key'>;

function plainOf({
  id,
  title,
  verdict,
  was,
  why,
  source,
  parts,
}: Pick<CheckResult, 'id' | 'title' | 'verdict' | 'was' | 'why' | 'source' | 'parts'>): Pick<
  ToldCheck,
  'id' | 'title' | 'verdict' | 'was' | 'why' | 'source' | 'parts'
> {
  return {
    ...{ id, title, verdict, why, source },
    parts: parts.map(({ part }) => part),
    ...(was === undefined ? {} : { was }),
  };
}

/** A run that failed and, behind it, each check that it would have been judged by. */
function lostChecks(scenario: string, file: string, run: MissingRun): readonly Unplaced[] {
  const { name, title, reference, replay, checks } = run;
  const same = {
    ...{ suite: [scenario, name], verdict: 'inconclusive' as const, missing: true, replay, reference },
    ...{ files: [], why: lossText(run) },
  };
  return [
    { ...same, kind: 'run', id: 'run', title, source: file, parts: [] },
    ...checks.map(({ id, kind, title: each, source, parts }) => ({
      ...same,
      ...{ kind, id, title: each, source, parts },
    })),
  ];
}

function placed(told: readonly Unplaced[]): readonly ToldCheck[] {
  const taken = new Set<string>();
  return told.map((check) => {
    const place = [...check.suite, ...(check.kind === 'run' ? [] : [check.id])].join('/');
    const own = JSON.stringify([check.kind, ...check.suite, check.id]);
    let key = own;
    for (let count = 2; taken.has(key); count++) key = `${own} ${count}`;
    taken.add(key);
    return { ...check, place, key };
  });
}

/** The file and the line of `taxi.yaml:12`; the file alone where there is no line. */
export function sourceOf(source: string): { readonly file: string; readonly line?: number } {
  const [, file, line] = /^(.*):([1-9]\d{0,8})$/s.exec(source) ?? [];
  return file === undefined ? { file: source } : { file, line: Number(line) };
}
