/** What running a scenario takes beside its order, and what it gives. The runner is `run.ts`; the edge loads assets and writes files. */
import type { Micros } from '../../sim/clock.ts';
import type { BoundedMemo } from '../../sim/bounded-memo.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { Screenplay } from '../language/index.ts';
import type { Assets } from '../world/assets.ts';
import type { TypedLine } from '../world/log.ts';
import type { Beginnings } from './beginnings.ts';
import type { CleanVerdict } from './plant-check.ts';
import type { VariantResult } from '../evidence/model.ts';

/** Values of deployment parameters, as read by the loader. */
export type RunParameters = Readonly<Record<string, string | number | boolean>>;

/** What a run is made with and does not depend on. */
export interface RunSurroundings {
  readonly assets: Assets;
  /** The screenplay of the order, when it has been read before. */
  readonly screenplay?: Screenplay;
  /** What is remembered of runs before this one, so that it need not do again what they did; nothing when left out. */
  readonly beginnings?: Beginnings;
  /** What is remembered of runs without a plant, for those that have one. */
  readonly references?: BoundedMemo<readonly CleanVerdict[]>;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Takes the next octets of a capture that was ordered live. */
  readonly onCapture?: (octets: Uint8Array) => void;
}

/** What a person typed in a rehearsal. */
export interface PlayedLines {
  readonly roles: readonly string[];
  /** In the order of their times. */
  readonly lines: readonly TypedLine[];
  /** When the person left, if that was before the screenplay's end; the rest was played on without them. */
  readonly left?: Micros;
}

/** How far one run has come; both times are microseconds since its scenario began. */
export interface RunProgress {
  readonly scenario: string;
  readonly variant: string;
  /** Virtual time reached, and when the run ends. */
  readonly time: Micros;
  readonly ends: Micros;
}

/** What one variant came to. */
export interface RunOutcome {
  /** Id of the scenario. */
  readonly scenario: string;
  readonly result: VariantResult;
  /** Below the variant's folder: `audio/dec-in.wav` -> octets. */
  readonly artefacts: ReadonlyMap<string, Uint8Array>;
  /** NDJSON. */
  readonly trace: string;
  readonly events: readonly AnyTraceEvent[];
}
