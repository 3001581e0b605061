/** The types of events of procedures, with the fields of each: what a scenario may name. */
import { eventGroup } from '../../../sim/event-group.ts';
import './events.ts';

/** Every type that the recogniser and the performance put into the trace of what is performed, with fields and meaning. */
export const PROCEDURE_EVENTS = eventGroup('procedure', {
  title: 'Procedures',
  where:
    'On `procedures`: what is recognised in the trace, whoever typed; only `procedure.time-come` is on `world`. `instance` is one performance of a procedure, with its path (`recovery.reissue`), and `step` has it before its own id (`recovery.wipe`).',
  events: {
    'procedure.time-come': {
      fields: ['instance', 'step'],
      meaning:
        'what a procedure waits for by the clock has come: its beginning (`step` is `null`), or the end of the time in which a step was to be done',
    },
    'procedure.begun': {
      fields: ['instance', 'procedure', 'parent'],
      meaning: 'a procedure began; `parent` is the one that performs it, `null` where the scenario does',
    },
    'procedure.given-not-met': {
      fields: ['instance', 'given'],
      meaning: 'something that was to be so before it began was not: a deviation, and no obstacle',
    },
    'procedure.step-done': {
      fields: ['instance', 'step', 'by', 'event', 'late'],
      meaning:
        'event number `event` did a step; `by` typed what led to it at once, `null` when it came by itself; `late` after its time. Of a nested procedure it may come before `procedure.begun`',
    },
    'procedure.step-failed': {
      fields: ['instance', 'step', 'reason', 'needs'],
      meaning:
        'a step was not done in time (`late`), its line was `refused`, or what it `needs` is not there; it may still be done later',
    },
    'procedure.skipped': {
      fields: ['instance', 'step', 'reason'],
      meaning: 'a step or a nested procedure is left out in this variant, or was not asked for',
    },
    'procedure.not-applicable': {
      fields: ['instance', 'step', 'reason'],
      meaning: 'a step or a nested procedure has nothing to do here',
    },
    'procedure.abandoned': {
      fields: ['instance', 'after'],
      meaning: 'what was left of a procedure was given up once `after` was settled',
    },
    'procedure.ended': { fields: ['instance'], meaning: 'everything of it is settled, well or not' },
  },
});
