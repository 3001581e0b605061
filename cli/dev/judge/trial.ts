/**
 * The trial of one change in one variant: the changed file is read, and run in memory as the shipped one would be. What plays out the same is not played
 * again, but judged anew on the same trace; what begins the same is taken up where it first differs.
 */
import { assert, CalldrillError } from '../../../sim/errors.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { isRuleName } from '../../../devices/rules.ts';
import { CATALOGUE } from '../../../scenarios/catalogue/clauses.ts';
import {
  loadScreenplay,
  ScreenplayError,
  type ResolvedScreenplay,
  type Screenplay,
} from '../../../scenarios/language/index.ts';
import { judge, judgeClauses } from '../../../scenarios/evidence/verdicts/index.ts';
import {
  Beginnings,
  checkLines,
  outcomeOf,
  Performance,
  resolvedFor,
  runSeed,
  scenarioResultOf,
  TOOL,
  type PerformanceOptions,
  type RunOutcome,
  type VariantResult,
} from '../../../scenarios/runs/index.ts';
import { rulesOf, vocabulary, type Assets } from '../../../scenarios/world/index.ts';
import { KillTable, plantRequests } from '../../run/kills.ts';
import type { Change } from './change.ts';
import { NO_PROBES } from './empty-worlds.ts';
import { isAmong, isCheckOf, leavingOut } from './leave-out.ts';
import { noticedBy, noticedWithoutProbes, type JudgedCheck } from './noticed.ts';

/** One change, tried in one variant. */
export interface Trial {
  readonly change: Omit<Change, 'file' | 'line' | 'at' | 'variants' | 'scenario'>;
  readonly variant: string;
}

/** Whether a verdict, the loader or nobody noticed, each with its words. */
export type ChangeFate =
  | { readonly is: 'noticed'; readonly by: readonly string[] }
  /** The file is refused, or the run ended with a code. */
  | { readonly is: 'refused'; readonly by: readonly string[] }
  /** It says nothing: what was left out is not done in this variant anyway. */
  | { readonly is: 'void'; readonly by: readonly string[] }
  | { readonly is: 'survived'; readonly by: readonly string[] }
  /** A defect: nothing that a file says may break a run. */
  | { readonly is: 'broken'; readonly by: readonly string[] };

const SEED = '42';
/** Refusals that only say that a name is left of what is gone. */
const DANGLING: readonly string[] = [
  'SCENARIO_UNKNOWN_STEP',
  'SCENARIO_UNKNOWN_MOMENT',
  'SCENARIO_UNKNOWN_CHECK',
  'PROCEDURE_ORDER',
];

interface Clean {
  readonly trial: Trial;
  readonly options: PerformanceOptions;
  readonly outcome: RunOutcome;
  readonly beginnings: Beginnings;
  readonly screenplay: Screenplay;
}

/** Tries changes one after the other; those of one variant should come together, for it remembers how that goes unchanged. */
export class JudgeOfChanges {
  readonly #assets: Assets;
  #clean: Clean | undefined;

  constructor(assets: Assets) {
    this.#assets = assets;
  }

  /** Never throws: what breaks is the fate of the change. */
  fateOf(trial: Trial): ChangeFate {
    try {
      if (trial.change.plant !== undefined) return this.#planted(trial.change.plant, trial);
      // What the loader refuses need not be played, nor what it was before.
      const changed = this.#changed(trial);
      return this.#tried(trial, changed, this.#cleanOf(trial));
    } catch (error) {
      if (error instanceof ScreenplayError) return refusalOf(error);
      if (error instanceof CalldrillError) return { is: 'refused', by: [String(error.code)] };
      return { is: 'broken', by: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
    }
  }

  /** The file as it is changed; undefined where no file can say what is left out. */
  #changed({ change }: Trial): Screenplay | undefined {
    const { leftOut, procedure, text, original } = change;
    try {
      const changed = this.#read(change, text, procedure);
      return text === original && procedure === undefined ? undefined : changed;
    } catch (error) {
      if (leftOut !== undefined && error instanceof ScreenplayError && isDangling(error)) return undefined;
      throw error;
    }
  }

  #tried(trial: Trial, changed: Screenplay | undefined, clean: Clean): ChangeFate {
    const { kind, what, leftOut } = trial.change;
    if (leftOut !== undefined && !isDoneIn(clean.outcome.events, leftOut))
      return { is: 'void', by: ['it is not done here'] };
    const before = clean.outcome.result.checks;
    if (kind === 'empty' && what === NO_PROBES && changed !== undefined)
      return this.#withoutProbes(changed, trial, clean);
    if (changed !== undefined)
      return fateBy(noticedBy(before, this.#checksOf(resolved(changed, trial.variant), clean)));
    // Checks that stand or fall with what is left out notice nothing.
    const left = leftOut ?? [];
    const others = before.filter(({ id }) => !isCheckOf(id, left));
    return fateBy(noticedBy(others, this.#checksOf(leavingOut(clean.options.screenplay, left), clean)));
  }

  #withoutProbes(changed: Screenplay, { variant }: Trial, { options, outcome }: Clean): ChangeFate {
    const performance = new Performance({ ...options, screenplay: resolved(changed, variant) });
    performance.finish();
    const basis = { screenplay: changed, parameters: {}, seed: SEED, keySeed: SEED };
    const { result } = outcomeOf(basis, performance);
    const clauses = judgeClauses(CATALOGUE, [scenarioResultOf(changed, [result])]);
    return fateBy(noticedWithoutProbes(outcome.result.checks, clauses));
  }

  /** As `run --plant` has it: every check that must fail does, and did not without the plant. */
  #planted(plant: string, trial: Trial): ChangeFate {
    const { variant } = trial;
    const { screenplay, options, outcome } = this.#cleanOf(trial);
    assert(isRuleName(rulesOf(this.#assets.kinds), plant), 'a plant that was read is a rule');
    const plants = screenplay.plants.filter(
      (each) => each.name === plant && (each.variant ?? screenplay.variants[0]?.name ?? variant) === variant,
    );
    const plan = { screenplay: { ...screenplay, plants }, variants: [variant] };
    const requests = plantRequests([plan], { seed: SEED, keySeed: SEED, parameters: {} });
    const table = new KillTable(requests);
    const performance = new Performance({ ...options, broken: [plant] });
    performance.finish();
    const broken = outcomeOf({ screenplay, parameters: {}, seed: SEED, keySeed: SEED }, performance);
    for (const [request, declared] of requests) {
      const result: VariantResult = declared === undefined ? outcome.result : broken.result;
      table.add({ request, scenarios: [scenarioResultOf(screenplay, [result])] });
    }
    const failed = table.rows.flatMap(({ failedChecks }) => failedChecks);
    const caught = table.rows.length > 0 && table.rows.every((row) => row.caught);
    return { is: caught ? 'noticed' : 'survived', by: failed };
  }

  #checksOf(screenplay: ResolvedScreenplay, clean: Clean): readonly JudgedCheck[] {
    if (isPlayedAlike(screenplay, clean.options.screenplay))
      return judge(screenplay, clean.outcome.events).checks;
    const { text, plants, procedures } = clean.options.screenplay;
    // None of these is played: with those of the clean run, both begin the same.
    const options = { ...clean.options, screenplay: { ...screenplay, text, plants, procedures } };
    const performance = new Performance({ ...options, keeps: false }, clean.beginnings.find(options));
    performance.finish();
    return judge(screenplay, performance.world.record.events).checks;
  }

  #cleanOf(trial: Trial): Clean {
    const { original, source } = trial.change;
    const known = this.#clean;
    const isKnown = known?.trial.change.source === source && known.trial.change.original === original;
    if (isKnown && known?.trial.variant === trial.variant) return known;
    const screenplay = this.#read(trial.change, original);
    const options: PerformanceOptions = {
      screenplay: resolved(screenplay, trial.variant),
      seed: runSeed(SEED, screenplay.id),
      keySeed: SEED,
      assets: this.#assets,
      tool: TOOL,
      broken: [],
      played: [],
      probes: true,
      keeps: true,
    };
    // Variants begin alike, too.
    const beginnings = (isKnown ? known?.beginnings : undefined) ?? new Beginnings();
    const performance = new Performance(options, beginnings.find(options));
    performance.finish();
    beginnings.remember(options, performance);
    const outcome = outcomeOf({ screenplay, parameters: {}, seed: SEED, keySeed: SEED }, performance);
    this.#clean = { trial, options, outcome, beginnings, screenplay };
    return this.#clean;
  }

  #read(
    { source, procedures }: Trial['change'],
    text: string,
    changed?: Trial['change']['procedure'],
  ): Screenplay {
    const { kinds } = this.#assets;
    const all = changed === undefined ? procedures : [...procedures, changed];
    const sources = new Map(all.map((procedure) => [procedure.name, procedure]));
    const screenplay = loadScreenplay(text, source, vocabulary(kinds), sources);
    checkLines(screenplay, kinds);
    return screenplay;
  }
}

function resolved(screenplay: Screenplay, variant: string): ResolvedScreenplay {
  return resolvedFor({ screenplay, parameters: {} }, variant);
}

function fateBy(by: readonly string[]): ChangeFate {
  return by.length === 0 ? { is: 'survived', by } : { is: 'noticed', by };
}

function refusalOf({ problems }: ScreenplayError): ChangeFate {
  return { is: 'refused', by: [...new Set(problems.map(({ code }) => code))] };
}

function isDangling({ problems }: ScreenplayError): boolean {
  return problems.every(({ code }) => DANGLING.includes(code));
}

/** Whether any of what is left out is typed in a trace. What another line does as well is settled by that one, and typed by nobody. */
function isDoneIn(events: readonly AnyTraceEvent[], leftOut: readonly string[]): boolean {
  return events.some(({ type, data }) => type === 'step.typed' && isAmong(data.step, leftOut));
}

/** Whether only the judge can tell them apart: the same is due in both, and the moments it waits for are the same. */
function isPlayedAlike(one: ResolvedScreenplay, other: ResolvedScreenplay): boolean {
  return playedOf(one) === playedOf(other);
}

function playedOf({ steps, performs, probes, ends, moments }: ResolvedScreenplay): string {
  const times = [
    ...steps.map(({ when }) => when),
    ...probes.map(({ when }) => when),
    ...(ends === undefined ? [] : [ends]),
  ];
  const awaited = new Set(times.flatMap((when) => (when.kind === 'after' ? [when.moment] : [])));
  const played = [
    steps.map(({ refused: _refused, scenery: _scenery, clauses: _clauses, ...step }) => step),
    performs,
    // What was predicted of a probe, why, and what that shows, the judge reads in the scenario and not in the trace.
    probes.map(({ id, row, when, by, on, type, notApplicable }) => [
      id,
      row,
      when,
      by,
      on,
      type,
      notApplicable,
    ]),
    ends,
    moments.filter(({ name }) => awaited.has(name)),
  ];
  // Where something stands in the file is nothing that is played.
  return JSON.stringify(played, (key, value: unknown) => (PLACES.includes(key) ? undefined : value));
}

const PLACES: readonly string[] = ['where', 'typeWhere'];
