/**
 * How late a run on real sockets was (docs/live.md): its trace has it in `live.lag`. A run whose 99th percentile is beyond the bound is not valid, and
 * what it showed says nothing, for or against: what was decided is inconclusive, and what was not tested stays so.
 */
import type { Chronicle } from './chronicle.ts';
import { amount, Unreadable, type JsonObject } from './json-text.ts';

/** What the trace says of it, and whether the run counts. */
export interface Lateness {
  readonly event: number;
  readonly data: JsonObject;
  readonly valid: boolean;
}

/** The lag of a run; none of a simulated one. Whether it is valid is worked out here, and must be what the trace says. */
export function lagIn({ all }: Chronicle): Lateness | undefined {
  const [told, ...more] = all.filter(({ type }) => type === 'live.lag');
  if (told === undefined) return undefined;
  if (more.length > 0) throw new Unreadable('the trace tells its lag twice');
  const { n, data } = told;
  const valid = amount(data, 'p99') <= amount(data, 'bound');
  if (data['valid'] !== valid) throw new Unreadable(`event ${n} calls the run ${valid ? 'not ' : ''}valid`);
  return { event: n, data, valid };
}

/** A check of a run, as what it is worth. */
export function worthOf<
  Heard extends { readonly finding: string; readonly parts: ReadonlyMap<string, string> },
>(heard: Heard, lag: Lateness | undefined): Heard {
  const undecided = heard.finding === 'not-tested' || heard.finding === 'not-applicable';
  if (lag === undefined || lag.valid || undecided) return heard;
  return {
    ...heard,
    finding: 'inconclusive',
    parts: new Map([...heard.parts.keys()].map((part) => [part, 'inconclusive'])),
  };
}

/** The figures in one order, to be compared. */
export function lagText(data: JsonObject): string {
  return Object.keys(data)
    .sort()
    .map((name) => `${name} ${JSON.stringify(data[name])}`)
    .join(', ');
}
