/**
 * Walks a statechart along model paths: each path leads to another state, and in each state every event is tried. What the
 * body is told is recorded, and an event that a state does not know must change nothing and tell nobody.
 */
import { assert } from '../sim/errors.ts';

/** A statechart that was just started, with a body that writes down what it is told. */
export interface Running {
  readonly told: string[];
  value(): string;
  can(event: string): boolean;
  send(event: string): void;
}

/** One transition: `registered --SESSION_CLOSED--> offline: closeSession`. */
export type Visit = string;

/** Every transition out of the states at the end of the paths. A path is the types of the events that lead there. */
export function visitsOf(
  start: () => Running,
  paths: readonly (readonly string[])[],
  events: readonly string[],
): readonly Visit[] {
  const visits = new Set<Visit>();
  for (const path of paths) {
    for (const event of events) {
      const running = start();
      for (const each of path) running.send(each);
      const from = running.value();
      const can = running.can(event);
      running.told.length = 0;
      running.send(event);
      const told = running.told.join(', ');
      if (can) visits.add(`${from} --${event}--> ${running.value()}${told === '' ? '' : `: ${told}`}`);
      else assert(running.value() === from && told === '', `${from} does nothing on ${event}, not ${told}`);
    }
  }
  return [...visits].sort();
}

/** The states that the paths of `xstate/graph` end in need no event to be named: their steps have them. */
export function eventsOf(path: {
  readonly steps: readonly { readonly event: { readonly type: string } }[];
}): readonly string[] {
  return path.steps.map(({ event }) => event.type).filter((type) => type !== 'xstate.init');
}
