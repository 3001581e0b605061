/** Two procedures of the theft: one with everything that can become of a step, and one inside it that was never begun. */
import type { ProcedureResult, ProcedureStepResult } from '../../scenarios/evidence/procedures/model.ts';
import { at } from './trace.fixture.ts';

function step(
  name: string,
  outcome: ProcedureStepResult['outcome'],
  more: Partial<ProcedureStepResult> = {},
): ProcedureStepResult {
  return {
    ...{
      step: `recovery.${name}`,
      by: 'crs-admin',
      on: 'crs-admin',
      line: `note ${name}`,
      until: 'it is typed',
    },
    ...{ clauses: [], outcome, why: '', due: at(9, 12), done: null, doneBy: null, event: null },
    ...more,
  };
}

/** In the order in which they are performed. */
export const PROCEDURES: readonly ProcedureResult[] = [
  {
    ...{ instance: 'recovery', procedure: 'client-recovery', title: 'Client recovery', clauses: ['para-29'] },
    ...{ began: at(9, 11), ended: at(10, 0), abandonedAfter: 'recovery.destroy' },
    steps: [
      step('tell', 'done', {
        ...{ done: at(9, 12), doneBy: 'crs-admin', event: 13, clauses: ['para-29'] },
        hidden: 'the text does not say <who> tells them',
      }),
      step('wipe', 'failed', {
        ...{ by: 'mdm-admin', on: 'mdm', line: 'wipe alice-phone' },
        why: 'not done in time',
      }),
      step('warn', 'done', { insteadOf: 'recovery.wipe', done: at(9, 40), doneBy: 'bob', event: 16 }),
      step('block', 'late', {
        ...{ on: 'crs', line: 'block-user +447700900001' },
        done: at(9, 20),
        event: 15,
      }),
      step('destroy', 'skipped', { why: 'the variant omits it', due: null }),
      step('look', 'not-applicable', { why: 'a code is on no phone', due: null }),
      step('repeat', 'not-needed', { due: null }),
      step('write', 'abandoned', { due: null }),
      step('ask', 'open', { due: null }),
    ],
    deviations: ['began although it was not so that: the lead was told'],
  },
  {
    ...{ instance: 'recovery.reissue', procedure: 're-issue', title: 'New credentials', parent: 'recovery' },
    ...{
      clauses: [],
      began: null,
      ended: null,
      leftOut: 'optional, and not asked for',
      steps: [],
      deviations: [],
    },
  },
];
