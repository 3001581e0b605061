/** The score of an exercise as a report.json has it, for whoever reads one back. */
import {
  choice,
  integer,
  listOf,
  number,
  objectOf,
  optional,
  orNull,
  text,
  whole,
  type JsonForm,
} from '../../../sim/json-fields.ts';
import type { ExerciseScore } from './model.ts';

const clock = integer();
const length = { atLeast: clock, atMost: clock } as const;

/** Everything that it has, and nothing more. */
export const scoreForm: JsonForm<ExerciseScore> = objectOf({
  roles: listOf(text()),
  joined: clock,
  left: optional(clock),
  lines: listOf(
    objectOf({
      ...{ step: text(), by: text(), on: text(), line: text() },
      verdict: choice('pass', 'fail', 'not-tested', 'not-applicable'),
      ...{ due: optional(clock), typed: optional(clock), event: optional(whole()) },
      deadlines: listOf(objectOf({ check: text(), time: clock, late: clock })),
    }),
  ),
  exposure: listOf(
    objectOf({
      ...{ asset: text(), capability: text(), attacker: text(), audioSeconds: number({ min: 0 }) },
      ...{ from: clock, firstFailure: optional(clock) },
      ...length,
      own: optional(objectOf(length)),
      line: optional(text()),
    }),
  ),
  outage: listOf(
    objectOf({
      ...{ user: text(), cutOff: clock, own: clock, beyond: clock },
      times: listOf(
        objectOf({
          ...{ from: clock, to: optional(clock), beyond: clock, event: whole(), why: text() },
          ...{ by: orNull(text()), line: optional(text()) },
        }),
      ),
    }),
  ),
});
