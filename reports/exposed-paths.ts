/**
 * The exposures of a scenario by path: who could do what to which asset, by which attack and route, and below it each run in which it was open, on one
 * axis of time, with what happened meanwhile. Runs in which it was open from and to the same instants are one lane. Plain data: the page and the file
 * that is signed draw the same.
 */
import type { ExposureBar, ScenarioResult, SuiteResult, VariantResult } from '../scenarios/evidence/model.ts';
import { MINUTE, type Micros } from '../sim/clock.ts';
import { isByTheBook, runsByTheBook } from './conclusion/by-the-book.ts';
import { longestFirst, type OpenPath, type PlacedBar } from './conclusion/open-path.ts';
import { matrixOf } from './matrix.ts';
import { storyMoments } from './moments.ts';
import { numbered } from './tally.ts';

/** What happened, by the names of the scenario, at one instant: `wipe-ordered`, `wiped`. */
export interface NamedInstant {
  readonly names: readonly string[];
  readonly time: Micros;
}

/** Runs in which a path was open between the same instants. */
export interface ExposureLane {
  readonly bars: readonly [PlacedBar, ...PlacedBar[]];
  /** Whether these are all runs by the book that were made. */
  readonly wholeBook: boolean;
  /** What happened in these runs before it ended, and not at the same instant in every run on the axis; in order of time. */
  readonly moments: readonly NamedInstant[];
}

/** The lanes of the runs by the book, or of the others, on one axis: the longest first. */
export interface ExposureAxis {
  readonly byTheBook: boolean;
  readonly lanes: readonly ExposureLane[];
  /** What the axis has to hold, counted as all times of the path. */
  readonly from: Micros;
  readonly until: Micros;
  /** What happened at the same instant in every one of its runs. */
  readonly moments: readonly NamedInstant[];
}

/** A path, and the runs in which it was open: those by the book first, where there are any. */
export interface ExposedPath {
  readonly path: OpenPath;
  /** Its first entry: what is done, to what, by whom and how is the same in all. */
  readonly bar: ExposureBar;
  readonly axes: readonly ExposureAxis[];
  /** In how many runs it was open that are by the book, and of how many; and in how many others. */
  readonly inBook: number;
  readonly ofBook: number;
  readonly inOthers: number;
  /** Unix milliseconds that all times of the path are counted from. */
  readonly begins: number;
}

/** The paths of one scenario, in the order of its matrix. */
export interface ExposureGroup {
  readonly scenario: ScenarioResult;
  readonly paths: readonly ExposedPath[];
}

/** Moments so shortly before a path was open belong to its picture: what opened it. */
const BEFORE: Micros = 10 * MINUTE;

/** Of each scenario in which something was exposed. */
export function exposureGroups({ scenarios }: SuiteResult): readonly ExposureGroup[] {
  return scenarios.flatMap((scenario) => {
    const paths = matrixOf(scenario).rows.flatMap(({ path }) => exposedPath(scenario, path) ?? []);
    return paths.length === 0 ? [] : [{ scenario, paths }];
  });
}

function exposedPath(scenario: ScenarioResult, path: OpenPath): ExposedPath | undefined {
  const bars = [...path.bars].sort(longestFirst);
  const [first] = bars;
  if (first === undefined) return undefined;
  const { begins } = first.variant;
  const book = runsByTheBook(scenario);
  const isBook = ({ variant }: PlacedBar): boolean => isByTheBook(variant);
  const inBook = bars.filter(isBook);
  const others = bars.filter((placed) => !isBook(placed));
  return {
    path,
    bar: first.bar,
    axes: [inBook, others].flatMap((some) => (some.length === 0 ? [] : [axisOf(some, begins, book)])),
    inBook: runsOf(inBook).length,
    ofBook: book.length,
    inOthers: runsOf(others).length,
    begins,
  };
}

function runsOf(bars: readonly PlacedBar[]): readonly VariantResult[] {
  return [...new Set(bars.map(({ variant }) => variant))];
}

function axisOf(bars: readonly PlacedBar[], begins: number, book: readonly VariantResult[]): ExposureAxis {
  const from = Math.min(...bars.map((placed) => sinceOf(begins, placed, placed.bar.fromEarliest)));
  const until = Math.max(...bars.map((placed) => sinceOf(begins, placed, endOf(placed))));
  const runs = runsOf(bars);
  const happened = momentsOf(runs, begins, { from: from - BEFORE, until });
  const common = happened.filter(({ times }) => times.length === runs.length && isOne(times));
  const own = happened.filter((each) => !common.includes(each));
  return {
    byTheBook: runs.some(isByTheBook),
    lanes: lanesOf(bars, begins, book).map((lane) => {
      const [first] = lane.bars;
      const end = sinceOf(begins, first, endOf(first));
      const moments = instantsOf(own, runsOf(lane.bars)).filter(({ time }) => time <= end);
      return { ...lane, moments };
    }),
    from,
    until,
    moments: instantsOf(common, runs),
  };
}

/** When it ended in its own run; the end of the run where nothing shows that it did. */
function endOf({ variant, bar }: PlacedBar): Micros {
  return bar.firstFailure ?? variant.ends;
}

/** A time of a run as one of the path: runs of one scenario may begin on different days. */
function sinceOf(begins: number, { variant }: Pick<PlacedBar, 'variant'>, time: Micros): Micros {
  return time + (variant.begins - begins) * 1000;
}

function lanesOf(
  bars: readonly PlacedBar[],
  begins: number,
  book: readonly VariantResult[],
): readonly Omit<ExposureLane, 'moments'>[] {
  const lanes = new Map<string, [PlacedBar, ...PlacedBar[]]>();
  for (const placed of bars) {
    const { bar } = placed;
    const times = [bar.fromEarliest, bar.from, bar.lastSuccess, endOf(placed)];
    const key = [
      bar.firstFailure === undefined,
      ...times.map((time) => sinceOf(begins, placed, time)),
    ].join();
    const known = lanes.get(key);
    if (known === undefined) lanes.set(key, [placed]);
    else known.push(placed);
  }
  return [...lanes.values()].map((placed) => {
    const runs = runsOf(placed);
    return {
      bars: placed,
      wholeBook: runs.length === book.length && runs.every((run) => book.includes(run)),
    };
  });
}

/** A moment by its name, with when it happened in each run in which it did. */
interface MomentOfRuns {
  readonly name: string;
  readonly times: readonly Micros[];
  readonly byRun: ReadonlyMap<VariantResult, Micros>;
}

function momentsOf(
  runs: readonly VariantResult[],
  begins: number,
  within: { readonly from: Micros; readonly until: Micros },
): readonly MomentOfRuns[] {
  const byName = new Map<string, Map<VariantResult, Micros>>();
  for (const variant of runs)
    for (const { name, time } of storyMoments(variant)) {
      const since = sinceOf(begins, { variant }, time);
      if (since < within.from || since > within.until) continue;
      byName.set(name, (byName.get(name) ?? new Map<VariantResult, Micros>()).set(variant, since));
    }
  return [...byName].map(([name, byRun]) => ({ name, byRun, times: [...byRun.values()] }));
}

/** Those that happened in all of these runs at one instant each: what differs between the runs of a lane is seen in each run alone. */
function instantsOf(
  moments: readonly MomentOfRuns[],
  runs: readonly VariantResult[],
): readonly NamedInstant[] {
  const instants = new Map<Micros, string[]>();
  for (const { name, byRun } of moments) {
    const times = runs.map((run) => byRun.get(run));
    const [time] = times;
    if (time === undefined || times.some((other) => other !== time)) continue;
    instants.set(time, [...(instants.get(time) ?? []), name]);
  }
  return [...instants].map(([time, names]) => ({ time, names })).sort((a, b) => a.time - b.time);
}

function isOne(times: readonly Micros[]): boolean {
  return times.every((time) => time === times[0]);
}

/** `all 6 runs by the book`, `block-wipe-destroy`, `3 runs`: whose lane it is, in few words. */
export function laneName({ bars, wholeBook }: ExposureLane): string {
  const [first, ...others] = runsOf(bars);
  if (first !== undefined && others.length === 0) return first.name;
  const count = others.length + 1;
  return wholeBook ? `all ${count} runs by the book` : `${count} runs`;
}

/** `open in 6 of 6 runs by the book, and in 8 with an error`. */
export function occurrence({ inBook, ofBook, inOthers }: ExposedPath): string {
  const book = ofBook === 0 ? [] : [`in ${inBook} of ${numbered(ofBook, 'run')} by the book`];
  const others = inOthers === 0 ? [] : [`in ${inOthers} with an error`];
  return `open ${[...book, ...others].join(', and ')}`;
}
