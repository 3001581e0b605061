/** Who watches every performance: the examiner, who knows of the screenplay's moments, and the invariants. */
import { Examiner } from '../world/examiner/examiner.ts';
import { INVARIANTS } from '../world/invariants/index.ts';
import { crsNamesOf } from '../language/index.ts';
import type { Witness } from '../world/witness.ts';
import { MomentsWitness } from './moments-witness.ts';
import type { PerformanceOptions } from './performance-options.ts';

/** All of them, and the one who knows the moments. */
export interface Watch {
  readonly all: readonly Witness[];
  readonly moments: MomentsWitness;
}

/** New ones; they know nothing by themselves. */
export function watchOf({ screenplay, assets }: Pick<PerformanceOptions, 'screenplay' | 'assets'>): Watch {
  const examiner = new Examiner({ relays: crsNamesOf(screenplay.world), voices: assets.speech });
  const moments = new MomentsWitness(screenplay.moments);
  return { all: [examiner, moments, ...INVARIANTS], moments };
}
