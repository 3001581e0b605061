/** Who watches every performance: the examiner, those who know of the screenplay's moments and of its procedures, and the invariants. */
import { Examiner } from '../world/examiner/examiner.ts';
import { MILLISECOND } from '../../sim/clock.ts';
import { PlatformDays } from '../world/notices/platform-days.ts';
import { Alarms } from '../world/notices/alarms.ts';
import { INVARIANTS } from '../world/invariants/index.ts';
import { crsNamesOf } from '../language/index.ts';
import type { Witness } from '../world/witness.ts';
import { MomentsWitness } from './moments-witness.ts';
import { ProceduresWitness } from './procedures-witness.ts';
import type { PerformanceOptions } from './performance-options.ts';

/** All of them, and those who know the moments and the procedures. */
export interface Watch {
  readonly all: readonly Witness[];
  readonly moments: MomentsWitness;
  readonly procedures: ProceduresWitness;
}

/** New ones; they know nothing by themselves. */
export function watchOf({ screenplay, assets }: Pick<PerformanceOptions, 'screenplay' | 'assets'>): Watch {
  const examiner = new Examiner({ relays: crsNamesOf(screenplay.world), voices: assets.speech });
  const moments = new MomentsWitness(screenplay.moments);
  const procedures = new ProceduresWitness(screenplay.performs, assets.kinds);
  const users = new Map(screenplay.world.users.map(({ name, number }) => [number, name]));
  const alarms = new Alarms({ users });
  const platformDays = new PlatformDays({ begins: screenplay.begins * MILLISECOND });
  return { all: [examiner, alarms, platformDays, moments, procedures, ...INVARIANTS], moments, procedures };
}
