/** The world of a run, built from a screenplay. Start at `world.ts`. */
export type { Assets } from './assets.ts';
export type { Earpiece, Listen } from './earpiece.ts';
export { WORLD_CODES } from './errors.ts';
export { openingOf } from './opening.ts';
export { phonesOf, voiceOf } from './phones.ts';
export { SimulatedPhysics, type Physics, type WorldClock, type WorldNetwork } from './physics.ts';
export { ROWS } from '../catalogue/rows.ts';
export { MDM, MDM_ADMINISTRATOR, NET } from '../language/standing.ts';
export { linksOf, type LinkSetUp } from './link-settings.ts';
export { vocabulary } from './vocabulary.ts';
export { eventFieldsOf, eventGroupsOf } from './known-events.ts';
export { rulesOf } from './rules-of.ts';
export { SHIPPED_KINDS } from './shipped-kinds.ts';
export { typeQuietly } from './type-quietly.ts';
export type { TypedLine } from './log.ts';
export type { PlainValue, Witness } from './witness.ts';
export { World } from './world.ts';
export type { WorldOptions } from './world-options.ts';
