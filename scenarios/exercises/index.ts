/** Rehearsals: exercises in which a person plays a role, in virtual time. Start at `rehearsal.ts`. */
export {
  LINES_MAX,
  Rehearsal,
  type Entered,
  type ExerciseEntry,
  type PersonMessage,
  type RehearsalOptions,
} from './rehearsal.ts';
