/** Verdicts and harm as small words on the page. Colour and sign repeat the word; they never replace it. */
import type { CheckResult, ProbeResult, Verdict } from '../../scenarios/evidence/model.ts';
import { WORST_FIRST, type Counts } from '../tally.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';

const SIGNS: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  waived: '◇',
  'not-applicable': '–',
  'not-tested': '○',
  inconclusive: '?',
  fail: '✗',
};

/** The word of a verdict with its sign, which screen readers pass over. */
export function verdictBadge(verdict: Verdict): Markup {
  return markup`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]} </span>${verdict}</span>`;
}

/** The word that was predicted, and yet no pass: refused for another reason, or with controls that went wrong. */
const UNLIKE: Readonly<Partial<Record<Verdict, string>>> = {
  fail: 'for another reason than predicted',
  inconclusive: 'not to be believed',
};

/** What the attacker got, as a word of its own beside the verdict: a predicted success is harm all the same. */
export function outcomeBadge(
  { outcome, predict }: ProbeResult,
  { verdict, was = verdict }: Pick<CheckResult, 'verdict' | 'was'>,
): Markup {
  const alike = was === 'pass' ? 'as predicted' : (UNLIKE[was] ?? was);
  const predicted = `, ${outcome === predict ? alike : `predicted ${predict}`}`;
  if (outcome === 'opened') {
    return markup`<span class="badge harm"><span aria-hidden="true">▲ </span>exposed: opened${predicted}</span>`;
  }
  if (outcome === 'inconclusive') return markup`<span class="badge plain">no result</span>`;
  return markup`<span class="badge plain">refused${predicted}</span>`;
}

/** `✓ 94 pass  ✗ 2 fail`, those that occur, worst first. */
export function countBadges(counts: Counts): Content {
  const badges = WORST_FIRST.filter((verdict) => counts[verdict] > 0).map(
    (verdict) =>
      markup`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]} </span>${counts[verdict]} ${verdict}</span>`,
  );
  return badges.length === 0 ? markup`<span class="badge plain">no checks</span>` : joined(badges, ' ');
}

/** How many exposures a run had, with a blank before it; nothing when there were none. */
export function exposureBadge(count: number): Content {
  return (
    count > 0 &&
    markup` <span class="badge harm count"><span aria-hidden="true">▲ </span>${count} ${count === 1 ? 'exposure' : 'exposures'}</span>`
  );
}
