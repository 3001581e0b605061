/** Deadlines that a deployment declares, put into a screenplay where its expectations name a target. */
import type { Micros } from '../../sim/clock.ts';
import { targetOf } from './deadline.ts';
import type { Expectation, Screenplay } from './screenplay.ts';

/** Durations of targets by their names, as one deployment declares them. */
export type TargetDurations = ReadonlyMap<string, Micros>;

/** The screenplay with the deadlines that a deployment declares; those of targets that it does not declare stay open. */
export function withTargets<Play extends Pick<Screenplay, 'expect'>>(
  screenplay: Play,
  declared: TargetDurations,
): Play {
  return { ...screenplay, expect: screenplay.expect.map((each) => withTarget(each, declared)) };
}

function withTarget(expectation: Expectation, declared: TargetDurations): Expectation {
  const target = targetOf(expectation);
  const delay = target === undefined ? undefined : declared.get(target);
  if (delay === undefined || expectation.kind !== 'see') return expectation;
  const { window } = expectation;
  if (window.from?.kind !== 'after') return expectation;
  return { ...expectation, window: { ...window, to: { kind: 'after', moment: window.from.moment, delay } } };
}
