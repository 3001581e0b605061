/** The call graph: who called whom and how often, rebuilt from what a CRS logs (clauses para-12, table1-CRS). */
import { inconclusive, opened, refused, type Arm, type Attack, type Outcome } from '../attack.ts';
import type { Holdings } from '../holdings.ts';
import type { AttackAim } from '../path.ts';
import type { AttackStage } from '../stage.ts';

type Graph = ReadonlyMap<string, number>;

/**
 * Opens when any call that really took place is in the log of the CRS with its direction: whoever knows half of the calls knows them. How
 * many it is of how many is said. Its source is that CRS.
 */
export class CallGraph implements Attack {
  readonly #stage: AttackStage;
  readonly #crs: string;

  constructor(stage: AttackStage, crs: string) {
    this.#stage = stage;
    this.#crs = crs;
  }

  aim(): AttackAim {
    return {
      attack: 'call-graph',
      route: 'crs',
      needs: ['crs-log'],
      asset: this.#stage.servers.size > 1 ? `call graph of ${this.#crs}` : 'call graph',
      capability: 'know',
      victim: null,
      call: null,
    };
  }

  try(arm: Arm, _held: Holdings, done: (outcome: Outcome) => void): void {
    const truth = this.#stage.callGraph(this.#crs);
    done(compare(this.#found(arm, truth), truth, this.#crs));
  }

  #found(arm: Arm, truth: Graph): Graph {
    switch (arm) {
      case 'attempt':
        return new Map(
          (this.#stage.servers.get(this.#crs)?.log.entries ?? [])
            .filter(({ kind }) => kind === 'call routed')
            .map(({ subject, count }) => [subject, count]),
        );
      case 'positive':
        return truth;
      case 'negative':
        return new Map();
    }
  }
}

function compare(found: Graph, truth: Graph, crs: string): Outcome {
  let hits = 0;
  let calls = 0;
  let claimed = 0;
  for (const [pair, count] of truth) {
    calls += count;
    hits += Math.min(count, found.get(pair) ?? 0);
  }
  for (const count of found.values()) claimed += count;
  if (calls === 0) return inconclusive('there was no call yet');
  if (hits === 0) return refused('not-on-crs', { detail: `none of ${calls} calls is in its log` });
  return opened(
    `${hits} of ${calls} calls rebuilt (recall ${(hits / calls).toFixed(2)}, precision ${(hits / Math.max(1, claimed)).toFixed(2)})`,
    { sources: [crs] },
  );
}
