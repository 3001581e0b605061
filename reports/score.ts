/** The score of an exercise in words and numbers: the same rows on the screen, after an exercise and after its replay, and on the page. */
import type { VariantResult } from '../scenarios/evidence/model.ts';
import type {
  ExerciseScore,
  OutageTime,
  ScoredExposure,
  ScoredLine,
  ScoredOutage,
} from '../scenarios/evidence/score/model.ts';
import { SECOND, type Micros } from '../sim/clock.ts';
import { formatDuration } from '../sim/duration.ts';
import { momentOf } from './when.ts';

/** One thing that is scored, and what is to be said of it. */
export interface ScoreRow {
  readonly head: string;
  readonly verdict?: ScoredLine['verdict'];
  readonly texts: readonly string[];
}

/** What is scored together. */
export interface ScoreSection {
  readonly title: string;
  /** What stands there when there are no rows. */
  readonly none: string;
  readonly rows: readonly ScoreRow[];
}

/** All that is to be said of a score; undefined of a run that was no exercise. */
export function scoreSections({
  score,
  begins,
}: Pick<VariantResult, 'score' | 'begins'>):
  { readonly title: string; readonly sections: readonly ScoreSection[] } | undefined {
  if (score === undefined) return undefined;
  const { roles, left, lines, exposure, outage } = score;
  const at = (time: Micros): string => momentOf(begins, Math.floor(time / SECOND) * SECOND);
  const who = roles.join(', ');
  const leaving = left === undefined ? '' : `, who left at ${at(left)}; the rest was played on without them`;
  return {
    title: `Score of ${who}${leaving}`,
    sections: [
      {
        title: `Lines of ${who}`,
        none: 'the screenplay has none',
        rows: lines.map((line) => lineRow(line, score, at)),
      },
      {
        title: 'Exposure: what an attacker was shown to be able to do',
        none: 'none',
        rows: exposure.map((each) => exposureRow(each, at)),
      },
      {
        title: 'Cut off: who could not call',
        none: 'nobody',
        rows: outage.map((each) => outageRow(each, at)),
      },
    ],
  };
}

type At = (time: Micros) => string;

function lineRow(
  { step, on, line, verdict, due, typed, deadlines }: ScoredLine,
  { exposure, outage }: ExerciseScore,
  at: At,
): ScoreRow {
  const planned = due === undefined ? 'not due before the end' : `due ${at(due)}`;
  const done = typed === undefined ? 'never typed' : `typed ${at(typed)}`;
  const late = due === undefined || typed === undefined ? '' : `: ${delayText(typed - due)}`;
  return {
    head: `${on}: ${line}`,
    verdict,
    texts: [
      `${planned}, ${done}${late}`,
      ...deadlines.map(
        ({ check, late: after }) =>
          `deadline of ${check}: ${after > 0 ? `missed by ${lengthText(after)}` : `met, ${lengthText(-after)} before it`}`,
      ),
      ...exposure
        .filter((each) => each.line === step)
        .map(
          ({ asset, capability, atMost, own }) =>
            `exposed by the delay: ${asset}, ${capability}: ${lengthText(atMost - (own?.atMost ?? 0))} longer`,
        ),
      ...outage.flatMap(({ user, times }) =>
        times
          .filter((each) => each.line === step)
          .map(({ beyond }) => `cut off by the delay: ${user}, for ${lengthText(beyond)}`),
      ),
    ],
  };
}

function delayText(late: Micros): string {
  const length = lengthText(Math.abs(late));
  if (length === '0s') return 'in time';
  return late > 0 ? `${length} late` : `${length} early`;
}

function exposureRow(
  { asset, capability, audioSeconds, from, firstFailure, atLeast, atMost, own }: ScoredExposure,
  at: At,
): ScoreRow {
  const audio = audioSeconds > 0 ? `, ${audioSeconds.toFixed(1)} s of speech` : '';
  const end = firstFailure === undefined ? 'still possible at the end' : `refused ${at(firstFailure)}`;
  const reference =
    own === undefined
      ? 'not exposed in the screenplay’s own run'
      : `in the screenplay’s own run ${lengthText(own.atLeast)} to ${lengthText(own.atMost)}`;
  return {
    head: `${asset}, ${capability}${audio}: seen ${at(from)}, ${end}`,
    texts: [`for ${lengthText(atLeast)} to ${lengthText(atMost)}; ${reference}`],
  };
}

function outageRow({ user, cutOff, own, beyond, times }: ScoredOutage, at: At): ScoreRow {
  const more = beyond === 0 ? '' : `; ${lengthText(beyond)} of it when by the screenplay they could`;
  return {
    head: `${user}: ${lengthText(cutOff)}; in the screenplay’s own run ${lengthText(own)}${more}`,
    // A phone is without a session for a moment whenever its keys change: by the screenplay too.
    texts: times
      .filter(({ from, to = Infinity, beyond: more }) => more > 0 || to - from >= SECOND)
      .map((time) => timeText(time, at)),
  };
}

function timeText({ from, to, beyond, why, by, line }: OutageTime, at: At): string {
  const until = to === undefined ? 'to the end' : `to ${at(to)}`;
  const led = by === null ? '' : `, after a line of ${by}`;
  const down = line === undefined ? '' : `; put down to step '${line}'`;
  return `${at(from)} ${until}: ${why}${led}${beyond === 0 ? '' : `; ${lengthText(beyond)} beyond the screenplay`}${down}`;
}

/** A length of time to the nearest second. */
function lengthText(length: Micros): string {
  return formatDuration(Math.round(length / SECOND) * SECOND);
}
