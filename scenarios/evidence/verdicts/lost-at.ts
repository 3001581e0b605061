/**
 * From where on a check that failed could not be saved: the end of the shortest prefix of its trace that decides it. It is found by asking the judge of
 * the check about prefixes, so it can never say another thing than the verdict; a verdict that is decided stays as it is however long the trace grows.
 *
 * A probe is decided by what had happened when its line was typed, and no event before it is known to have been the one; so all that is said is which was
 * the last. Of procedures, which are judged when all is over, nothing is said.
 */
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { Expectation, ResolvedScreenplay } from '../../language/index.ts';
import type { LostAt } from '../model.ts';
import type { CheckVerdict } from './check.ts';
import { judgeExpectation } from './expectation.ts';
import { bindMoments } from './moment.ts';
import { prefixOf } from './prefix.ts';

type Playbook = Pick<ResolvedScreenplay, 'moments' | 'expect' | 'steps'> &
  Partial<Pick<ResolvedScreenplay, 'performs'>>;

/** Undefined for what did not fail, and where no event can be named. `events` are the whole trace that it was judged by. */
export function lostAt(
  { id, verdict, evidence, result }: CheckVerdict,
  told: Playbook,
  events: readonly AnyTraceEvent[],
): LostAt | undefined {
  if (verdict !== 'fail') return undefined;
  if (result !== undefined) {
    const before = events.findLast(({ n, type }) => n < result.n && !type.startsWith('probe.'));
    return before && { event: before.n, time: before.t, by: 'fork' };
  }
  const expectation = told.expect.find((each) => each.id === id);
  if (expectation === undefined || expectation.kind === 'procedures') return undefined;
  const event =
    events[shortest(events.length, (length) => isLost(expectation, told, events.slice(0, length))) - 1];
  return event && { event: event.n, time: event.t, by: evidence.includes(event.n) ? 'event' : 'window' };
}

/** Whether a trace that has come so far decides that it fails. Lines are listed when there can be no more of them, but one that was wrong stays so. */
function isLost(expectation: Expectation, told: Playbook, events: readonly AnyTraceEvent[]): boolean {
  const soFar = prefixOf(events);
  const prefix = expectation.kind === 'steps' ? { ...soFar, ended: true } : soFar;
  const { verdict, decided } = judgeExpectation(expectation, told, bindMoments(told.moments, prefix), prefix);
  return verdict === 'fail' && decided;
}

/** The least length that is lost, where that of the whole is; nought where it is not, which says that no event can be named. */
function shortest(whole: number, isLostAt: (length: number) => boolean): number {
  if (!isLostAt(whole)) return 0;
  let [open, lost] = [0, whole];
  while (lost - open > 1) {
    const middle = Math.floor((open + lost) / 2);
    if (isLostAt(middle)) lost = middle;
    else open = middle;
  }
  return lost;
}
