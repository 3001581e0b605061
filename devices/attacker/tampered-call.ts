/**
 * A call that is let pass through a CRS in wrong hands, which changes its offer on the way: the caller is made to call, what comes of it is
 * watched, and afterwards the CRS changes nothing any more and both phones are idle again.
 */
import { SECOND } from '../../sim/clock.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { ATTEMPT_LIMIT, hangUp, inconclusive, typeAt, witnessed, type Outcome, type Race } from './attack.ts';
import type { AttackStage } from './stage.ts';

/** Who calls whom. */
export interface TamperedCall {
  readonly caller: string;
  readonly callee: string;
}

/** Lets the call pass; `watch` says what comes of it. The CRS of the caller is to tamper with it already. */
export function passTampered(
  stage: AttackStage,
  { caller, callee }: TamperedCall,
  watch: (event: AnyTraceEvent, race: Race) => void,
  done: (outcome: Outcome) => void,
): void {
  const crs = stage.crsOf(caller);
  witnessed(
    stage,
    ATTEMPT_LIMIT,
    watch,
    () => inconclusive(`no call of ${caller} to ${callee} came about`),
    (outcome) => {
      crs.tamper = undefined;
      // The callee's phone may be ringing, or about to: both hang up once the call has come about.
      stage.clock.schedule(4 * SECOND, () => {
        for (const user of [caller, callee]) hangUp(stage.handsetOf(user));
      });
      stage.clock.schedule(12 * SECOND, () => done(outcome));
    },
  );
  typeAt(stage, stage.handsetOf(caller), `call ${callee} --for 3s`, caller);
}
