/**
 * A month of an office: so many phones, a typed line about every three quarters of an hour, and calls of five minutes. The screenplay is written
 * as a file is, loaded, run and judged. It is made anew each time and says the same each time.
 */
import { assert } from '../../sim/errors.ts';
import { DAY, MINUTE, type Micros } from '../../sim/clock.ts';
import { loadScreenplay, ONLY_VARIANT } from '../language/index.ts';
import { vocabulary, type Assets } from '../world/index.ts';
import { orderOf } from './run-order.ts';
import { runScenario } from './run.ts';

/** How much there is in it. */
export const MONTH_WORLD = { handsets: 10, lines: 1_000, callMinutes: 60 } as const;
/** Of one call. */
const CALL_MINUTES = 5;
const CALLS = MONTH_WORLD.callMinutes / CALL_MINUTES;
/** From the morning of the first to the evening of the last day of October 2015. */
const SPAN: Micros = 30 * DAY + 11 * 60 * MINUTE;
const BEGIN: Micros = 9 * 60 * MINUTE;
const BUILD = '0'.repeat(64);

/** What a month took, and what was in it. */
export interface MonthBench {
  readonly seconds: number;
  readonly typed: number;
  readonly events: number;
}

/** `now` tells milliseconds, of the processor where it can. */
export function benchMonth(now: () => number, assets: Assets): MonthBench {
  const begun = now();
  const screenplay = loadScreenplay(monthText(), 'month.yaml', vocabulary(assets.kinds));
  const order = orderOf(screenplay, { build: BUILD, variant: ONLY_VARIANT, seed: '42', parameters: {} });
  const { events, result } = runScenario(order, { assets, screenplay });
  const seconds = (now() - begun) / 1000;
  const broken = result.checks.find(({ verdict }) => verdict === 'fail' || verdict === 'not-tested');
  assert(broken === undefined, `all of the month happened: ${broken?.id ?? ''} ${broken?.why ?? ''}`);
  const typed = events.filter(({ type }) => type === 'step.typed').length;
  assert(typed === MONTH_WORLD.lines, `every line is typed, not ${typed}`);
  return { seconds, typed, events: events.length };
}

/** Its file. */
function monthText(): string {
  const users = Array.from({ length: MONTH_WORLD.handsets }, (_, index) => userOf(index));
  const steps = Array.from({ length: MONTH_WORLD.lines }, (_, index) => stepOf(index));
  return `scenario: month
title: A month of an office
clauses: [para-2]
begins: 2015-10-01T08:00:00Z
ends: "2015-10-31 21:00"
world:
  users:
${users.map((name, index) => `    ${name}: { number: "${numberOf(index)}", handset: { platform: android, version: "5.1" } }\n`).join('')}  people: [cms-operator, crs-admin]
  network: { profile: home-wifi }
steps:
${steps.map((step) => `  - ${step}\n`).join('')}expect:
  - { id: calls, see: crs.call-connected, times: ${CALLS} }
`;
}

/** One call in so many lines; of the rest one is blocked and let in again, and people say and write down things. */
function stepOf(index: number): string {
  const at = `id: line-${index + 1}, at: "${timeOf(index)}"`;
  // It takes the place of a note.
  const every = Math.floor(MONTH_WORLD.lines / CALLS / 4) * 4;
  const call = Math.floor(index / every);
  if (index % every === every - 1 && call < CALLS) {
    const [from, to] = [userOf(call % 8), userOf((call + 1) % 8)];
    return `{ ${at}, by: ${from}, on: ${from}-phone, type: "call ${to} --for ${CALL_MINUTES}m" }`;
  }
  const blocked = numberOf(MONTH_WORLD.handsets - 1);
  switch (index % 4) {
    case 0:
      return `{ ${at}, by: crs-admin, on: crs, type: "block-user ${blocked}" }`;
    case 1:
      return `{ ${at}, by: crs-admin, on: crs, type: "unblock-user ${blocked}" }`;
    case 2:
      return `{ ${at}, by: crs-admin, type: "tell cms-operator 'all is well, line ${index + 1}'" }`;
    default:
      return `{ ${at}, by: cms-operator, type: "note 'line ${index + 1}'" }`;
  }
}

function timeOf(index: number): string {
  const minutes = Math.floor((BEGIN + (SPAN / MONTH_WORLD.lines) * index) / MINUTE);
  const padded = (value: number): string => String(value).padStart(2, '0');
  const [day, ofDay] = [Math.floor(minutes / (24 * 60)), minutes % (24 * 60)];
  return `2015-10-${padded(day + 1)} ${padded(Math.floor(ofDay / 60))}:${padded(ofDay % 60)}`;
}

function userOf(index: number): string {
  return `user-${index + 1}`;
}

function numberOf(index: number): string {
  return `+4477009${String(index + 1).padStart(5, '0')}`;
}
