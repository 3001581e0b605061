/** The moments of a run as pictures name them: those that happened, in order of time, each with a letter. */
import type { VariantResult } from '../scenarios/evidence/model.ts';
import { byCodeUnit } from '../sim/canonical-json.ts';
import type { Micros } from '../sim/clock.ts';
import type { EventNumber } from '../sim/trace.ts';

/** A moment that was bound to an event, and the letter that stands for it in the picture and its legend. */
export interface LetteredMoment {
  /** `A`, `B`, ..., `Z`, `27`, ... */
  readonly letter: string;
  readonly name: string;
  readonly time: Micros;
  readonly event: EventNumber;
}

/** Moments that never happened are left out; those of one time come in order of their names. */
export function letteredMoments(variant: VariantResult): LetteredMoment[] {
  return Object.entries(variant.moments)
    .flatMap(([name, moment]) => (moment === null ? [] : [{ name, ...moment }]))
    .sort((a, b) => a.time - b.time || byCodeUnit(a.name, b.name))
    .map((moment, index) => ({ letter: letterOf(index), ...moment }));
}

/**
 * The moments that the scenario itself names: stolen, reported, blocked. Those of the steps of its procedures, which have a dot or a bracket in their
 * names, are told step by step in the check list.
 */
export function storyMoments(variant: VariantResult): LetteredMoment[] {
  return letteredMoments(variant)
    .filter(({ name }) => !/[.[]/.test(name))
    .map((moment, index) => ({ ...moment, letter: letterOf(index) }));
}

function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode('A'.charCodeAt(0) + index) : String(index + 1);
}

/** Every time of a run that its picture must tell apart, with those of these moments. */
export function timesOf(variant: VariantResult, moments = letteredMoments(variant)): Micros[] {
  return [
    ...variant.typed.map(({ time }) => time),
    ...moments.map(({ time }) => time),
    ...variant.exposure.flatMap((bar) => [
      bar.fromEarliest,
      bar.from,
      bar.lastSuccess,
      bar.firstFailure ?? bar.lastSuccess,
    ]),
  ];
}
