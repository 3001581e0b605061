/**
 * The screenplay language: scenario files read, checked and resolved to one variant. Start at `screenplay.ts` (what a
 * scenario is), then `load.ts` (how a file becomes one) and `variant.ts` (how variants differ).
 */
export { accountOf, accountOfCms, crsNamesOf } from './accounts.ts';
export { bindingsOf, type PartBinding } from './bindings.ts';
export { castOf, FIREWALL, handsetOf, HOME, linkOf, ownerOf, siteLinkOf, type Cast } from './cast.ts';
export { SCENARIO_CODES, ScreenplayError, type ScenarioCode } from './errors.ts';
export { parseInstant, type UnixMillis } from './instant.ts';
export { withTargets, type TargetDurations } from './declared-deadlines.ts';
export { LIMITS } from './limits.ts';
export { loadScreenplay } from './load.ts';
export type { MeasureName } from './measure-names.ts';
export type * from './declared-network.ts';
export { loadProcedure, type TriedProcedure } from './procedures/load-procedure.ts';
export { performedSteps } from './procedures/performed-lines.ts';
export type * from './procedures/performed.ts';
export type * from './procedures/procedure.ts';
export type * from './procedures/source.ts';
export type * from './screenplay.ts';
export {
  EXERCISE_LINES_CHECK,
  EXERCISE_SERVICE_CHECK,
  PLANT_CHECK,
  PROCEDURES_CHECK,
  STEPS_CHECK,
} from './standing.ts';
export { procedureSchemaOf } from './procedures/schema.ts';
export { schemaOf } from './schema.ts';
export { ONLY_VARIANT, resolveVariant, variantsOf, type ResolvedScreenplay } from './variant.ts';
export type {
  KindWords,
  OpportunityWords,
  PartWords,
  Setting,
  SettingTable,
  Settings,
  SettingValue,
  TargetWords,
  ValueDomain,
  Vocabulary,
} from './vocabulary.ts';
export type { AfterMoment, FixedTime, When } from './when.ts';
export { procedureExpectation } from './expectation.ts';
