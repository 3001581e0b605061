/**
 * The physics: virtual time, chance, the trace, secrets and errors. It knows no phone and no packet, and imports no other
 * room. Start at `clock.ts` (what happens when), `random.ts` (what chance decides) and `trace.ts` (what is remembered).
 */
export * from './canonical-json.ts';
export * from './clock.ts';
export * from './duration.ts';
export * from './errors.ts';
export * from './fuzz.ts';
export * from './octets.ts';
export * from './random.ts';
export * from './secret.ts';
export * from './trace.ts';
