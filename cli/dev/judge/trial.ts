/**
 * The trial of one change in one variant: the changed file is read, and run in memory as the shipped one would be. What plays out the same is not played
 * again, but judged anew on the same trace; what begins the same is taken up where it first differs.
 */
import { assert, CalldrillError } from '../../../sim/errors.ts';
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
import { noticedBy, noticedWithoutProbes, type JudgedCheck } from './noticed.ts';

/** One change, tried in one variant. */
export interface Trial {
  readonly change: Pick<Change, 'kind' | 'file' | 'what' | 'original' | 'text' | 'procedures' | 'plant'>;
  readonly variant: string;
}

/** Whether a verdict, the loader or nobody noticed, each with its words. */
export type ChangeFate =
  | { readonly is: 'noticed'; readonly by: readonly string[] }
  /** The file is refused, or the run ended with a code. */
  | { readonly is: 'refused'; readonly by: readonly string[] }
  /** It is refused for a reason that says nothing: something else in the file names what was left out. */
  | { readonly is: 'void'; readonly by: readonly string[] }
  | { readonly is: 'survived'; readonly by: readonly string[] }
  /** A defect: nothing that a file says may break a run. */
  | { readonly is: 'broken'; readonly by: readonly string[] };

const SEED = '42';
/** Refusals that only say that a name is left of what is gone. */
const DANGLING: readonly string[] = ['SCENARIO_UNKNOWN_STEP'];

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
      return this.#tried(trial, this.#cleanOf(trial));
    } catch (error) {
      if (error instanceof ScreenplayError) return refusalOf(error);
      if (error instanceof CalldrillError) return { is: 'refused', by: [String(error.code)] };
      return { is: 'broken', by: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
    }
  }

  #tried(trial: Trial, clean: Clean): ChangeFate {
    const { kind, what, plant } = trial.change;
    if (plant !== undefined) return this.#planted(plant, trial, clean);
    const changed = this.#read(trial.change, trial.change.text);
    const outcome = this.#outcomeOf(changed, trial.variant, clean);
    const before = clean.outcome.result;
    if (kind !== 'empty' || what !== NO_PROBES) return fateBy(noticedBy(before.checks, outcome));
    const { result } = this.#performed(changed, {
      ...clean.options,
      screenplay: resolved(changed, trial.variant),
    });
    return fateBy(
      noticedWithoutProbes(before.checks, judgeClauses(CATALOGUE, [scenarioResultOf(changed, [result])])),
    );
  }

  /** As `run --plant` has it: every check that must fail does, and did not without the plant. */
  #planted(plant: string, { variant }: Trial, { screenplay, options, outcome }: Clean): ChangeFate {
    assert(isRuleName(rulesOf(this.#assets.kinds), plant), 'a plant that was read is a rule');
    const plants = screenplay.plants.filter(
      (each) => each.name === plant && (each.variant ?? screenplay.variants[0]?.name ?? variant) === variant,
    );
    const plan = { screenplay: { ...screenplay, plants }, variants: [variant] };
    const requests = plantRequests([plan], { seed: SEED, keySeed: SEED, parameters: {} });
    const table = new KillTable(requests);
    const broken = this.#performed(screenplay, { ...options, broken: [plant], keeps: true });
    for (const [request, declared] of requests) {
      const result: VariantResult = declared === undefined ? outcome.result : broken.result;
      table.add({ request, scenarios: [scenarioResultOf(screenplay, [result])] });
    }
    const failed = table.rows.flatMap(({ failedChecks }) => failedChecks);
    const caught = table.rows.length > 0 && table.rows.every((row) => row.caught);
    return { is: caught ? 'noticed' : 'survived', by: failed };
  }

  #outcomeOf(changed: Screenplay, variant: string, clean: Clean): readonly JudgedCheck[] {
    const screenplay = resolved(changed, variant);
    if (isPlayedAlike(screenplay, clean.options.screenplay))
      return judge(screenplay, clean.outcome.events).checks;
    const { text, plants } = clean.options.screenplay;
    // Neither is played: with those of the clean run, both begin the same.
    const options = { ...clean.options, screenplay: { ...screenplay, text, plants } };
    return this.#performed(changed, options, clean.beginnings).result.checks;
  }

  #performed(screenplay: Screenplay, options: PerformanceOptions, beginnings?: Beginnings): RunOutcome {
    const performance = new Performance(options, beginnings?.find(options));
    performance.finish();
    return outcomeOf({ screenplay, parameters: {}, seed: SEED, keySeed: SEED }, performance);
  }

  #cleanOf(trial: Trial): Clean {
    const { original } = trial.change;
    const known = this.#clean;
    if (known?.trial.variant === trial.variant && known.trial.change.original === original) return known;
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
    const beginnings = new Beginnings();
    const performance = new Performance(options);
    performance.finish();
    beginnings.remember(options, performance);
    const outcome = outcomeOf({ screenplay, parameters: {}, seed: SEED, keySeed: SEED }, performance);
    this.#clean = { trial, options, outcome, beginnings, screenplay };
    return this.#clean;
  }

  #read({ file, procedures }: Trial['change'], text: string): Screenplay {
    const sources = new Map(procedures.map((each) => [each.name, each]));
    const screenplay = loadScreenplay(text, file, vocabulary(this.#assets.kinds), sources);
    checkLines(screenplay, this.#assets.kinds);
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
  const codes = [...new Set(problems.map(({ code }) => code))];
  return { is: codes.every((code) => DANGLING.includes(code)) ? 'void' : 'refused', by: codes };
}

/** Whether only the judge can tell them apart: the same is due in both, and the moments it waits for are the same. */
function isPlayedAlike(one: ResolvedScreenplay, other: ResolvedScreenplay): boolean {
  return JSON.stringify(playedOf(one)) === JSON.stringify(playedOf(other));
}

function playedOf({ steps, probes, ends, moments }: ResolvedScreenplay): readonly unknown[] {
  const times = [
    ...steps.map(({ when }) => when),
    ...probes.map(({ when }) => when),
    ...(ends === undefined ? [] : [ends]),
  ];
  const awaited = new Set(times.flatMap((when) => (when.kind === 'after' ? [when.moment] : [])));
  return [steps, probes, ends, moments.filter(({ name }) => awaited.has(name))];
}
