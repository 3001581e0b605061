/**
 * Verdicts: pure functions from a trace to what it proves. The same functions judge a suite run, a rehearsal and a replay,
 * and any prefix of a trace. Start at `verdict.ts`.
 */
export { VERDICT_CODES } from './errors.ts';
export { judgeAcross } from './across.ts';
export { catalogueOf, judgeClauses } from './clause.ts';
export { declarationsOf } from './declared.ts';
export { Waivers } from './waiver.ts';
export { exposureOf } from './exposure.ts';
export { momentsAfter, momentsAtFirst, typesOfMoments, type Bindings, type MomentState } from './moment.ts';
export { lostAt } from './lost-at.ts';
export { judge, type RunVerdicts } from './verdict.ts';
export { sourceOf, type CheckVerdict } from './check.ts';
export type { ProbeOutcome } from '../../world/probes/events.ts';
