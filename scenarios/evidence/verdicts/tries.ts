/**
 * Tries: everything that attackers tried in a run, as its trace has it, in order. A line that a step or a person typed is in the trace
 * itself and has no controls; a probe is summed up in one event, with both. An attempt that a probe sums up is counted once.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, TraceEvent } from '../../../sim/trace.ts';
import '../../world/probes/events.ts';
import { isTrusted } from './probe.ts';

/** One try of one path. */
export interface Try {
  readonly t: Micros;
  /** The id of the probe; `typed, event 812` when it was none. */
  readonly id: string;
  readonly attacker: string;
  readonly attack: string;
  readonly route: string;
  /** Kinds of means that the path uses. */
  readonly needs: readonly string[];
  readonly asset: string;
  readonly capability: string;
  readonly call: string | null;
  /** True when it worked; false when it was refused. */
  readonly opened: boolean;
  /** Why it was refused: a code. */
  readonly reason: string | null;
  /** Labels of secrets, and names of links, servers and users, that a success was made with. */
  readonly means: readonly string[];
  readonly sources: readonly string[];
  readonly audioSeconds: number;
  /** True when the right key opened and a wrong one did not. */
  readonly controlled: boolean;
}

/** What came to an outcome; what could not be said is no try. */
export function triesOf(events: readonly AnyTraceEvent[]): readonly Try[] {
  const tries: (Try | undefined)[] = [];
  /** By attacker and path: the place of an attempt that a probe may still sum up, once its controls were made too. */
  const open = new Map<string, { place: number; controls: boolean }>();
  for (const event of events) {
    if (event.type === 'attack.ended') {
      const key = keyOf(event.on, event.data);
      if (event.data.arm === 'attempt') {
        open.set(key, { place: tries.length, controls: false });
        tries.push(typedTry(event));
      } else {
        const attempt = open.get(key);
        if (attempt !== undefined) attempt.controls = true;
      }
    } else if (event.type === 'probe.result') {
      const key = keyOf(event.on, event.data);
      const attempt = open.get(key);
      if (attempt?.controls === true) tries[attempt.place] = undefined;
      open.delete(key);
      tries.push(probeTry(event));
    }
  }
  return tries.filter((tried) => tried !== undefined);
}

/** Assets that are no attacker's gain: what users can do. They are a row of a matrix, and nobody's exposure. */
const SERVICE = 'service of ';

function keyOf(
  on: string,
  { attack, route, asset }: { readonly attack: string; readonly route: string; readonly asset: string },
): string {
  return JSON.stringify([on, attack, route, asset]);
}

function typedTry({ n, t, on, data }: TraceEvent<'attack.ended'>): Try | undefined {
  if ((data.outcome !== 'opened' && data.outcome !== 'refused') || data.asset.startsWith(SERVICE))
    return undefined;
  const { attack, route, needs, asset, capability, call, reason, means, sources, audioSeconds } = data;
  return {
    ...{ t, id: `typed, event ${n}`, attacker: on, attack, route, needs, asset, capability, call },
    ...{ opened: data.outcome === 'opened', reason, means, sources, audioSeconds, controlled: false },
  };
}

function probeTry({ t, on, data }: TraceEvent<'probe.result'>): Try | undefined {
  if (data.outcome === 'inconclusive' || data.asset.startsWith(SERVICE)) return undefined;
  const { id, attack, route, needs, asset, capability, call, reason, means, sources, audioSeconds } = data;
  return {
    ...{ t, id, attacker: on, attack, route, needs, asset, capability, call },
    ...{
      opened: data.outcome === 'opened',
      reason,
      means,
      sources,
      audioSeconds,
      controlled: isTrusted(data),
    },
  };
}
