/**
 * The exposure ledger: what an attacker could do to each asset, from when to when, as far as probes show. A success counts
 * whether or not it was predicted: a prediction that comes true is still harm.
 *
 * A probe shows one point in time. Between a refusal and the next success lies the beginning of an exposure, between its
 * last success and the next refusal its end; the ledger keeps both ends of both intervals and claims nothing finer.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, TraceEvent } from '../../../sim/trace.ts';
import type { ExposureBar } from '../model.ts';
import { prefixOf } from './prefix.ts';
import { isTrusted, resultsOf } from './probe.ts';

/** Bars by asset and capability, in the order in which they were first probed. An exposure that returns is a bar of its own. */
export function exposureOf(events: readonly AnyTraceEvent[]): readonly ExposureBar[] {
  const ledger = new Map<string, TraceEvent<'probe.result'>[]>();
  for (const result of resultsOf(prefixOf(events))) {
    const { asset, capability, outcome } = result.data;
    if (outcome === 'inconclusive' || !isTrusted(result.data)) continue;
    const key = JSON.stringify([asset, capability]);
    const entries = ledger.get(key);
    if (entries === undefined) ledger.set(key, [result]);
    else entries.push(result);
  }
  return [...ledger.values()].flatMap(barsOf);
}

function barsOf(results: readonly TraceEvent<'probe.result'>[]): readonly ExposureBar[] {
  const bars: ExposureBar[] = [];
  let lastRefusal: Micros = 0;
  let open: ExposureBar | undefined;
  for (const { t, data } of results) {
    if (data.outcome === 'opened') {
      open = extended(open, lastRefusal, t, data);
      continue;
    }
    if (open !== undefined) bars.push({ ...open, firstFailure: t });
    open = undefined;
    lastRefusal = t;
  }
  return open === undefined ? bars : [...bars, open];
}

function extended(
  bar: ExposureBar | undefined,
  lastRefusal: Micros,
  t: Micros,
  { id, asset, capability, means, audioSeconds }: TraceEvent<'probe.result'>['data'],
): ExposureBar {
  return {
    asset,
    capability,
    fromEarliest: bar?.fromEarliest ?? lastRefusal,
    from: bar?.from ?? t,
    lastSuccess: t,
    means: [...new Set([...(bar?.means ?? []), ...means])],
    // The same speech recovered twice is the same speech.
    audioSeconds: Math.max(bar?.audioSeconds ?? 0, audioSeconds),
    probes: [...(bar?.probes ?? []), id],
  };
}

/** What a capability came to over all assets. */
export interface ExposureTotal {
  readonly capability: string;
  readonly assets: number;
  /** Seconds of speech, each asset counted once. */
  readonly audioSeconds: number;
  /** From first to last success: the exposure that is proven. */
  readonly atLeast: Micros;
  /** From the refusal before to the refusal after, or to the end of the run: the exposure that cannot be excluded. */
  readonly atMost: Micros;
}

/** Totals by capability, in the order of the bars. `ends` is when the run ended. */
export function exposureTotals(bars: readonly ExposureBar[], ends: Micros): readonly ExposureTotal[] {
  const capabilities = [...new Set(bars.map(({ capability }) => capability))];
  return capabilities.map((capability) => {
    const own = bars.filter((bar) => bar.capability === capability);
    const audio = new Map<string, number>();
    let atLeast = 0;
    let atMost = 0;
    for (const { asset, audioSeconds, fromEarliest, from, lastSuccess, firstFailure } of own) {
      audio.set(asset, Math.max(audio.get(asset) ?? 0, audioSeconds));
      atLeast += lastSuccess - from;
      atMost += (firstFailure ?? ends) - fromEarliest;
    }
    const audioSeconds = [...audio.values()].reduce((sum, seconds) => sum + seconds, 0);
    return { capability, assets: audio.size, audioSeconds, atLeast, atMost };
  });
}
