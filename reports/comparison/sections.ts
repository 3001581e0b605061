/** What differs between two suites as people read it: sections of rows, the worst first. The terminal and Markdown are both made of them. */
import type {
  SuiteComparison,
  Divergence,
  DivergedEvent,
  ExposureChange,
  TraceChange,
  VerdictChange,
} from '../../scenarios/evidence/comparison/model.ts';
import { exactDuration } from '../../sim/duration.ts';
import { numbered } from '../tally.ts';

/** How a section is to be taken: only `worse` decides the outcome. */
export type Tone = 'worse' | 'unclear' | 'better' | 'plain';

/** One thing that differs. */
export interface SectionRow {
  readonly place: string;
  /** `pass -> fail`, `longer`. */
  readonly what: string;
  /** What there is to say of it, one line after the other. */
  readonly why: readonly string[];
}

/** Things of one kind, at least one. */
export interface Section {
  readonly title: string;
  readonly tone: Tone;
  readonly rows: readonly SectionRow[];
}

/** All sections that have something to say. */
export function sectionsOf(comparison: SuiteComparison): readonly Section[] {
  const { notComparable, runs, checks, clauses, exposures, conditions, clauseTexts, traces } = comparison;
  const verdicts = [...checks, ...clauses];
  const ofKind = (kind: VerdictChange['kind']): readonly SectionRow[] =>
    verdicts.filter((change) => change.kind === kind).map(verdictRow);
  const ofExposure = (...kinds: readonly ExposureChange['kind'][]): readonly SectionRow[] =>
    exposures.filter(({ kind }) => kinds.includes(kind)).map(exposureRow);
  const ofRuns = (...kinds: readonly string[]): readonly SectionRow[] =>
    runs
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ place, kind, why }) => ({ place, what: kind, why: linesOf(why) }));
  const all: readonly Section[] = [
    {
      title: 'Not comparable',
      tone: 'unclear',
      rows: notComparable.map((place) => ({ place, what: '', why: [] })),
    },
    { title: 'Runs that are missing', tone: 'worse', rows: ofRuns('gone', 'failed') },
    { title: 'Regressions', tone: 'worse', rows: ofKind('regression') },
    { title: 'Lost evidence', tone: 'worse', rows: ofKind('lost') },
    {
      title: 'Exposure that grew, or that nobody tried again',
      tone: 'worse',
      rows: ofExposure('new', 'longer', 'unproven'),
    },
    { title: 'New passes', tone: 'better', rows: ofKind('new-pass') },
    { title: 'Exposure that shrank', tone: 'better', rows: ofExposure('gone', 'shorter') },
    { title: 'Runs that are new', tone: 'plain', rows: ofRuns('new', 'finished') },
    { title: 'Other changes', tone: 'plain', rows: [...ofKind('other'), ...ofExposure('other')] },
    {
      title: 'Made with',
      tone: 'plain',
      rows: conditions.map(({ name, before, after }) => ({
        place: name,
        what: change(before, after),
        why: [],
      })),
    },
    {
      title: 'Catalogue',
      tone: 'unclear',
      rows: clauseTexts.map(({ clause, field, before, after }) => ({
        place: clause,
        what: before === null ? 'new' : after === null ? 'gone' : `other ${field}`,
        why: field === 'checks' ? [] : [change(before, after)],
      })),
    },
    { title: 'Traces, from where they differ', tone: 'plain', rows: traces.map(traceRow) },
  ];
  return all.filter(({ rows }) => rows.length > 0);
}

/** The comparison in one sentence: what a person has to know before all else. */
export function comparisonHeadline(comparison: SuiteComparison): string {
  const { outcome, sameTraces, notComparable } = comparison;
  const counted = sectionsOf(comparison)
    .filter(({ tone }) => tone === 'worse' || tone === 'better')
    .map(({ title, rows }) => `${title.charAt(0).toLowerCase()}${title.slice(1)}: ${rows.length}`);
  const rest = counted.length === 0 ? '' : `; ${counted.join('; ')}`;
  switch (outcome) {
    case 'worse':
      return `WORSE${notComparable.length > 0 ? ', AND NOT COMPARABLE' : ''}${rest}`;
    case 'not-comparable':
      return `NOT COMPARABLE, so nobody can say that nothing got worse${rest}`;
    case 'not-worse':
      return `NOT WORSE${rest}`;
    case 'same':
      return `THE SAME: ${numbered(sameTraces, 'run')}, with the same trace each`;
  }
}

function verdictRow({ place, before, after, why }: VerdictChange): SectionRow {
  return { place, what: change(before, after), why: linesOf(why) };
}

function exposureRow({ place, kind, path, why }: ExposureChange): SectionRow {
  const { attacker, capability, asset, attack, route, needs } = path;
  const by = [attack, route, ...needs].filter((part) => part !== '').join(', ');
  return { place, what: kind, why: [`${attacker}: ${capability} ${asset} (${by})`, ...why] };
}

function traceRow({ place, divergence, why }: TraceChange): SectionRow {
  if (divergence === null) return { place, what: '', why: linesOf(why) };
  const { before, after, fields } = divergence;
  return {
    place,
    what: KINDS[divergence.kind],
    why: [
      ...(fields.length === 0 ? [] : [`fields: ${fields.join(', ')}`]),
      ...(before === null ? [] : [`before: ${eventText(before)}`]),
      ...(after === null ? [] : [`after: ${eventText(after)}`]),
    ],
  };
}

const KINDS: Readonly<Record<Divergence['kind'], string>> = {
  changed: 'another event in its place',
  'only-before': 'an event that is gone',
  'only-after': 'an event that is new',
  time: 'an event at another time',
};

function eventText({ n, t, type, on, data, because }: DivergedEvent): string {
  const led = because.length === 0 ? '' : `, because of ${because.join(', ')}`;
  return `event ${n} at +${exactDuration(t)}: ${type} on ${on} ${data}${led}`;
}

function change(before: string | null, after: string | null): string {
  return `${before ?? 'none'} -> ${after ?? 'none'}`;
}

function linesOf(why: string): readonly string[] {
  return why === '' ? [] : [why];
}
