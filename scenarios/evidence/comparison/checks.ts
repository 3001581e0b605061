/** The checks of two suites side by side: each by its place, and each part of the catalogue that it says something of. */
import {
  lossText,
  type PartFinding,
  type ScenarioResult,
  type SuiteResult,
  type VariantResult,
} from '../model.ts';
import type { RunChange, VerdictChange } from './model.ts';
import { byPlace, sideBySide } from './places.ts';
import { verdictChange, type JudgedPlace } from './verdict-change.ts';

interface PlacedFinding extends JudgedPlace {
  readonly parts: readonly PartFinding[];
}

/** Every check that came to something else, is new, or is gone; those of runs first, then what compares runs, then those of the deployment. */
export function checkChanges(before: SuiteResult, after: SuiteResult): readonly VerdictChange[] {
  const ran = runsOf(after);
  return sideBySide(findingsOf(before), findingsOf(after)).flatMap(([place, one, other]) => {
    const gone = goneBecause(place, after, ran);
    const whole = verdictChange(place, one, other, gone);
    const parts = partChanges(place, one?.parts ?? [], other?.parts ?? [], gone);
    // What the check says already need not be said of each part.
    return [...(whole === undefined ? [] : [whole]), ...parts.filter(({ kind }) => kind !== whole?.kind)];
  });
}

/** Runs that are there on one side only, or came to an end on one side only. */
export function runChanges(before: SuiteResult, after: SuiteResult): readonly RunChange[] {
  return sideBySide(runsOf(before), runsOf(after)).flatMap(([place, one, other]): RunChange[] => {
    if (one === undefined) return [{ place, kind: 'new', why: other ?? '' }];
    if (other === undefined) return [{ place, kind: 'gone', why: 'it was not run' }];
    if (one === other) return [];
    if (other === FINISHED) return [{ place, kind: 'finished', why: one }];
    return [{ place, kind: 'failed', why: other }];
  });
}

/** Finished runs by `scenario/variant`. */
export function variantsOf({ scenarios }: SuiteResult): ReadonlyMap<string, VariantResult> {
  return new Map(
    scenarios.flatMap(({ id, variants }) => variants.map((variant) => [`${id}/${variant.name}`, variant])),
  );
}

const FINISHED = '';

/** Why each run that was asked for has no result; nothing for those that have. */
function runsOf({ scenarios }: SuiteResult): ReadonlyMap<string, string> {
  return new Map(
    scenarios.flatMap(({ id, variants, missing }) => [
      ...variants.map(({ name }): [string, string] => [`${id}/${name}`, FINISHED]),
      ...missing.map(({ name, code, why }): [string, string] => [`${id}/${name}`, lossText({ code, why })]),
    ]),
  );
}

/** Every check of a suite by its place, with what it came to. */
export function verdictsByPlace(suite: SuiteResult): ReadonlyMap<string, JudgedPlace> {
  return findingsOf(suite);
}

function findingsOf(suite: SuiteResult): ReadonlyMap<string, PlacedFinding> {
  const { scenarios, deployment } = suite;
  const declared = [...(deployment?.declares ?? []), ...(deployment?.waivers ?? [])];
  const placed = [
    ...scenarios.flatMap(checksOf),
    ...declared.map((check): [string, PlacedFinding] => [`deployment/${check.id}`, check]),
  ];
  return new Map([...byPlace(placed, ([place]) => place)].map(([place, [, check]]) => [place, check]));
}

function checksOf({ id, variants, across }: ScenarioResult): readonly [string, PlacedFinding][] {
  return [
    ...variants.flatMap(({ name, checks }) =>
      checks.map((check): [string, PlacedFinding] => [`${id}/${name}/${check.id}`, check]),
    ),
    ...across.map((check): [string, PlacedFinding] => [`${id}/${check.id}`, check]),
  ];
}

function partChanges(
  place: string,
  before: readonly PartFinding[],
  after: readonly PartFinding[],
  gone: string,
): readonly VerdictChange[] {
  const byPart = (findings: readonly PartFinding[]): ReadonlyMap<string, PartFinding> =>
    byPlace(findings, ({ part }) => part);
  return sideBySide(byPart(before), byPart(after)).flatMap(([part, one, other]) => {
    const change = verdictChange(`${place} ${part}`, one, other, gone);
    return change === undefined ? [] : [change];
  });
}

function goneBecause(place: string, { scenarios }: SuiteResult, ran: ReadonlyMap<string, string>): string {
  const [scenario = '', variant = '', ...rest] = place.split('/');
  if (scenario === 'deployment') return 'the deployment says it no more';
  if (!scenarios.some(({ id }) => id === scenario)) return 'the scenario was not run';
  if (rest.length === 0) return 'there is no such check any more';
  const why = ran.get(`${scenario}/${variant}`);
  if (why === undefined) return 'the variant was not run';
  return why === FINISHED ? 'it is not checked any more' : why;
}
