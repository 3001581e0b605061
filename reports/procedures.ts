/** The procedures of a run in words, the same on a terminal and on a page: a check list, and beside each step what really happened. */
import type { VariantResult } from '../scenarios/evidence/model.ts';
import type {
  ProcedureResult,
  ProcedureStepResult,
  StepOutcome,
} from '../scenarios/evidence/procedures/model.ts';
import { momentOf } from './when.ts';

/** One step of the list. */
export interface ChecklistRow {
  readonly outcome: StepOutcome;
  /** `done`, `done late`, `failed: refused`, `skipped: optional, and not asked for`. */
  readonly became: string;
  /** Id without the path of its procedure. */
  readonly name: string;
  readonly who: string;
  /** `crs: block-user +447700900001`, or what is waited for. */
  readonly what: string;
  readonly due: string;
  readonly done: string;
  /** Who did it, where that is not who was to. */
  readonly doneBy: string | undefined;
  readonly event: number | null;
  /** What the document does not say. */
  readonly hidden: string | undefined;
  readonly insteadOf: string | undefined;
}

/** One procedure. */
export interface Checklist {
  /** `recovery: Client recovery (client-recovery)` */
  readonly title: string;
  /** From when to when, or why not. */
  readonly course: string;
  readonly rows: readonly ChecklistRow[];
  readonly deviations: readonly string[];
}

/** What a step came to, in a word. */
const OUTCOME_WORDS: Readonly<Record<StepOutcome, string>> = {
  done: 'done',
  late: 'done late',
  failed: 'failed',
  skipped: 'skipped',
  abandoned: 'given up',
  open: 'not done',
  'not-applicable': 'not applicable',
  'not-needed': 'not needed',
};

/** The check lists of a run, none for a scenario that performs no procedure. */
export function checklistsOf({ procedures = [], begins }: VariantResult): readonly Checklist[] {
  return procedures.map((procedure) => ({
    title: `${procedure.instance}: ${procedure.title} (${procedure.procedure})`,
    course: courseOf(procedure, begins),
    // Of what is not performed at all the reason says everything.
    rows:
      procedure.leftOut === undefined ? procedure.steps.map((step) => rowOf(step, procedure, begins)) : [],
    deviations: procedure.deviations,
  }));
}

function courseOf({ began, ended, abandonedAfter, leftOut }: ProcedureResult, begins: number): string {
  if (leftOut !== undefined) return `not performed: ${leftOut}`;
  if (began === null) return 'never begun';
  const from = momentOf(begins, began);
  if (ended === null) return `from ${from}, not ended`;
  const to = momentOf(begins, ended);
  return abandonedAfter === undefined
    ? `${from} to ${to}`
    : `${from} to ${to}, given up after ${abandonedAfter}`;
}

function rowOf(step: ProcedureStepResult, { instance }: ProcedureResult, begins: number): ChecklistRow {
  const { by, on, line, until, outcome, why, due, done, doneBy, event, hidden, insteadOf } = step;
  const short = (id: string): string => (id.startsWith(`${instance}.`) ? id.slice(instance.length + 1) : id);
  return {
    outcome,
    became: why === '' ? OUTCOME_WORDS[outcome] : `${OUTCOME_WORDS[outcome]}: ${why}`,
    name: short(step.step),
    who: by,
    what: line === null ? `waits until ${until}` : on === by ? line : `${on}: ${line}`,
    due: due === null ? '' : momentOf(begins, due),
    done: done === null ? '' : momentOf(begins, done),
    doneBy: doneBy === null || doneBy === by ? undefined : doneBy,
    event,
    hidden,
    insteadOf: insteadOf === undefined ? undefined : short(insteadOf),
  };
}
