/**
 * Which mutants a test reaches, by the precise coverage of V8: how often each function and each block of it ran since the last look. What
 * no test reaches no test can kill, and a test that does not reach a mutant need not be run on it.
 */
import { Session, type Profiler } from 'node:inspector';

/** Coverage of this process by a session of V8's profiler, from its construction on. */
export class Reached {
  readonly #session = new Session();
  readonly #url: string;

  /** Looks at the modules whose URL begins so. */
  constructor(url: string) {
    this.#url = url;
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Of these places in the text, those that ran since the last look. */
  since<Place extends { readonly start: number }>(places: readonly Place[]): readonly Place[] {
    let functions: readonly Profiler.FunctionCoverage[] = [];
    // In the same process the answer comes before `post` returns.
    this.#session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error !== null) throw error;
      functions = taken.result
        .filter(({ url }) => url.startsWith(this.#url))
        .flatMap((script) => script.functions);
    });
    const ranges = functions.flatMap((each) => each.ranges);
    return places.filter(({ start }) => (innermost(ranges, start)?.count ?? 0) > 0);
  }
}

/** The range that says how often a place ran: the smallest around it. */
function innermost(
  ranges: readonly Profiler.CoverageRange[],
  at: number,
): Profiler.CoverageRange | undefined {
  let found: Profiler.CoverageRange | undefined;
  for (const range of ranges) {
    if (range.startOffset > at || range.endOffset <= at) continue;
    const size = range.endOffset - range.startOffset;
    if (found === undefined || size <= found.endOffset - found.startOffset) found = range;
  }
  return found;
}
