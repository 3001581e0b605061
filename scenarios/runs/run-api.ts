/** What running a scenario takes and gives. The runner is `run.ts`; the edge loads files and assets, and writes results. */
import type { Micros } from '../../sim/clock.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { Screenplay } from '../language/index.ts';
import type { Assets } from '../world/assets.ts';
import type { TypedLine } from '../world/log.ts';
import type { ScenarioResult } from '../evidence/model.ts';
import type { CaptureRequest } from './run-capture.ts';

export interface RunRequest {
  readonly screenplay: Screenplay;
  /** `42`: one suite seed; the seed of each run is derived from it, the scenario and the variant. */
  readonly seed: string;
  /** Names of the variants to run; all when left out. */
  readonly variants?: readonly string[];
  /** Overrides of deployment parameters, as read by the loader. They win over the scenario and its variants. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** Rule broken by a planted violation. */
  readonly plant?: string;
  readonly assets: Assets;
  /** Lines that a person typed, instead of those of the roles they played. */
  readonly typed?: PlayedLines;
  /** Asks for a capture of the network of each variant; none when left out. */
  readonly capture?: CaptureRequest;
  /** Whether what everybody heard of their calls becomes sound files. */
  readonly heard?: boolean;
  onProgress?(progress: RunProgress): void;
}

/** What a person typed in a rehearsal. */
export interface PlayedLines {
  readonly roles: readonly string[];
  /** In the order of their times. */
  readonly lines: readonly TypedLine[];
  /** When the person ended it, if that was before the screenplay's end. */
  readonly ended?: Micros;
}

export interface RunProgress {
  readonly scenario: string;
  readonly variant: string;
  /** Virtual time reached, and when the run ends. */
  readonly time: Micros;
  readonly ends: Micros;
}

export interface RunOutcome {
  readonly result: ScenarioResult;
  /** Below the scenario's folder: `wipe-destroy-block/audio/dec-in.wav` -> octets. */
  readonly artefacts: ReadonlyMap<string, Uint8Array>;
  /** NDJSON of each variant. */
  readonly traces: ReadonlyMap<string, string>;
  readonly events: ReadonlyMap<string, readonly AnyTraceEvent[]>;
}
