/** What the procedures of a scenario protected: of the attacks that were tried in runs by the book, those that came to nothing. */
import type { ScenarioResult } from '../../scenarios/evidence/model.ts';
import { numbered } from '../tally.ts';
import { isAttack, runsByTheBook } from './by-the-book.ts';
import { listed, type Basis, type ConclusionLine } from './conclusion-line.ts';

const NAMED = 5;

/** Outcomes of one probe, with what they rest on. */
interface TriedProbe {
  readonly id: string;
  readonly outcomes: ReadonlySet<string>;
}

/** A sentence, or none where no attack was tried in a reference run. */
export function keptBy(scenario: ScenarioResult): readonly ConclusionLine[] {
  const made = runsByTheBook(scenario).flatMap(({ name, checks }) =>
    checks.filter(isAttack).map((check) => ({ variant: name, check })),
  );
  const ids = [...new Set(made.map(({ check }) => check.id))];
  if (ids.length === 0) return [];
  const tried = ids.map((id): TriedProbe => ({
    id,
    outcomes: new Set(
      made.filter(({ check }) => check.id === id).map(({ check }) => check.probe?.outcome ?? ''),
    ),
  }));
  const only = (outcome: string) =>
    tried.filter(({ outcomes }) => outcomes.size === 1 && outcomes.has(outcome));
  const mixed = tried.filter(({ outcomes }) => outcomes.size > 1);
  const [refused, opened, unknown] = [only('refused'), only('opened'), only('inconclusive')];
  const more = [
    ...(opened.length === 0 ? [] : [`${opened.length} succeeded in each (${idsOf(opened)})`]),
    ...(mixed.length === 0 ? [] : [`${mixed.length} in some and not in others (${idsOf(mixed)})`]),
    ...(unknown.length === 0
      ? []
      : [`${unknown.length} came to nothing that can be believed (${idsOf(unknown)})`]),
  ];
  return [
    {
      text: `By the book: of ${numbered(ids.length, 'attack')} tried, ${refused.length} ${refused.length === 1 ? 'was' : 'were'} refused in every run that tried it${more.map((part) => `; ${part}`).join('')}.`,
      grounds: made.map(({ variant, check }): Basis => ({
        kind: 'probe',
        scenario: scenario.id,
        variant,
        id: check.id,
      })),
    },
  ];
}

function idsOf(tried: readonly TriedProbe[]): string {
  return listed(
    tried.map(({ id }) => id),
    NAMED,
  );
}
