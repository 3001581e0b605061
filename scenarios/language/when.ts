/**
 * When something happens: at a time, or some time after a moment. Times are written the way people say them and become
 * integer microseconds since the scenario began.
 */
import { MILLISECOND, type Micros } from '../../sim/clock.ts';
import { parseDuration } from '../../sim/duration.ts';
import { scenarioError } from './errors.ts';
import { dayOf, startOfDay, timeOfDay, type UnixMillis } from './instant.ts';

/** A time that is known before the run. */
export interface FixedTime {
  readonly kind: 'at';
  /** Microseconds since the scenario began; 0 or later. */
  readonly t: Micros;
}

/** A time that depends on what happens. */
export interface AfterMoment {
  readonly kind: 'after';
  readonly moment: string;
  /** 0 or later. */
  readonly delay: Micros;
}

/** The time of a step, a probe or an end: microseconds since the scenario began, or relative to a moment of the run. */
export type When = FixedTime | AfterMoment;

const PART_FORM = '[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\\[[a-z0-9-]+\\])?';
/** A name, or a path into a procedure: `recovery.block`, `recovery[alice].scan`. */
const ADDRESS_FORM = `${PART_FORM}(?:\\.${PART_FORM})*`;
/** A regular expression for names of moments and steps, those inside procedures too. */
export const ADDRESS_PATTERN = `^${ADDRESS_FORM}$`;
/** The same, and checks of procedures: `recovery/nobody-calls`. */
export const CHECK_PATTERN = `^${ADDRESS_FORM}(?:/${PART_FORM})?$`;
const DURATION_FORM = '\\d{1,9}(?:ms|[dhms])(?: ?\\d{1,9}(?:ms|[dhms]))*';
/** A regular expression for durations such as `1h 30m` or `250ms`, for the published schema. */
export const DURATION_PATTERN = `^${DURATION_FORM}$`;
/** The three forms of a fixed time, as the published schema states them. */
export const AT_PATTERN = `^(?:(?:\\d{4}-\\d{2}-\\d{2} )?\\d{2}:\\d{2}(?::\\d{2})?|\\+${DURATION_FORM})$`;
/** A regular expression for times such as `key-stolen + 10m`: a moment, and a duration when it is not the moment itself. */
export const AFTER_PATTERN = `^${ADDRESS_FORM}(?: \\+ ${DURATION_FORM})?$`;

const AFTER = /^([a-z][a-z0-9.[\]-]*)(?: \+ (.+))?$/;
const NEGATIVE = /^[a-z][a-z0-9.[\]-]*\s+-\s*\d/;

/**
 * Reads `08:05` (on the day the scenario begins), `2015-11-01 00:05` or `+2d 10m` (after the beginning). Throws SCENARIO_WHEN,
 * also for a time before the beginning.
 */
export function parseAt(text: string, begins: UnixMillis): FixedTime {
  if (text.startsWith('+')) {
    const after = parseDuration(text.slice(1));
    if (after === undefined)
      throw scenarioError('SCENARIO_WHEN', `'${text.slice(1)}' is not a duration`, {
        fix: 'Write whole numbers with units that fall: "+2d 10m".',
      });
    return { kind: 'at', t: after };
  }
  const blank = text.indexOf(' ');
  const day = blank < 0 ? startOfDay(begins) : dayOf(text.slice(0, blank));
  const inDay = timeOfDay(text.slice(blank + 1));
  if (day === undefined || inDay === undefined)
    throw scenarioError('SCENARIO_WHEN', `'${text}' is not a time`);
  const t = day + inDay - begins * MILLISECOND;
  if (t < 0)
    throw scenarioError('SCENARIO_WHEN', `'${text}' is before the scenario begins`, {
      fix: 'Write a later time, with its date when it is on another day: "2015-10-15 08:05".',
    });
  return { kind: 'at', t };
}

/** Reads `reported` or `reported + 10m`. Whether there is such a moment is for the caller to check. Throws SCENARIO_WHEN. */
export function parseAfter(text: string): AfterMoment {
  const [, moment, offset] = AFTER.exec(text) ?? [];
  const delay = offset === undefined ? 0 : parseDuration(offset);
  if (moment !== undefined && delay !== undefined) return { kind: 'after', moment, delay };
  if (NEGATIVE.test(text))
    throw scenarioError('SCENARIO_WHEN', `'${text}' is before its moment, which no one can know in advance`, {
      fix: 'Count from an earlier moment, or give a time with `at`.',
    });
  throw scenarioError('SCENARIO_WHEN', `'${text}' is not a moment with a duration`, {
    fix: 'Write the name of a moment, and " + " before a duration: reported + 10m.',
  });
}
