/** The procedures of a run as a report.json has them, for whoever reads one back. */
import {
  choice,
  integer,
  listOf,
  objectOf,
  optional,
  orNull,
  text,
  whole,
  type JsonForm,
} from '../../../sim/json-fields.ts';
import { STEP_OUTCOMES, type ProcedureResult } from './model.ts';

const clock = orNull(integer());

/** Everything that one has, and nothing more. */
export const procedureForm: JsonForm<ProcedureResult> = objectOf({
  ...{ instance: text(), procedure: text(), title: text(), parent: optional(text()) },
  ...{ clauses: listOf(text()), began: clock, ended: clock },
  ...{ abandonedAfter: optional(text()), leftOut: optional(text()) },
  steps: listOf(
    objectOf({
      ...{ step: text(), by: text(), on: text(), line: orNull(text()), until: text() },
      ...{ clauses: listOf(text()), hidden: optional(text()), insteadOf: optional(text()) },
      ...{ outcome: choice(...STEP_OUTCOMES), why: text() },
      ...{ due: clock, done: clock, doneBy: orNull(text()), event: orNull(whole()) },
    }),
  ),
  deviations: listOf(text()),
});
