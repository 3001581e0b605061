/** The checks of a variant, a line each. Why one needs attention is said once, at the top of the report. */
import type { CheckResult, VariantResult } from '../../scenarios/evidence/model.ts';
import { columnFor, widthOf } from './columns.ts';
import { paddedCell, cell, type Style } from './style.ts';

const GROUPS = [
  { kind: 'expectation', title: 'expectations' },
  { kind: 'probe', title: 'probes' },
] as const;

const ID_WIDTH_MAX = 28;

/** Expectations and probes under headings of their own, in columns; no lines for a variant without checks. */
export function checkLines(variant: VariantResult, style: Style): string[] {
  return GROUPS.flatMap(({ kind, title }) => {
    const checks = variant.checks.filter((check) => check.kind === kind);
    if (checks.length === 0) return [];
    const { palette, glyphs } = style;
    const harmed = checks.some(({ probe }) => probe?.outcome === 'opened');
    const legend = harmed ? `  ${palette.quiet(`${glyphs.harm} the attacker succeeded`)}` : '';
    const layout = {
      verdict: columnFor(
        checks.map(({ verdict }) => verdict),
        14,
      ),
      id: columnFor(
        checks.map(({ id }) => id),
        ID_WIDTH_MAX,
      ),
      outcome: columnFor(
        checks.map((check) => outcomeOf(check, style)),
        16,
      ),
    };
    return [`    ${palette.strong(title)}${legend}`, ...checks.map((check) => lineOf(check, layout, style))];
  });
}

interface Layout {
  readonly verdict: number;
  readonly id: number;
  readonly outcome: number;
}

function lineOf(check: CheckResult, layout: Layout, style: Style): string {
  const { palette } = style;
  const verdict = palette.verdict[check.verdict](paddedCell(check.verdict, layout.verdict, style));
  const id = palette.quiet(paddedCell(check.id, layout.id, style));
  const parts = [`      ${verdict}`, id];
  let used = 6 + layout.verdict + 2 + layout.id + 2;
  if (check.probe !== undefined) {
    const outcome = paddedCell(outcomeOf(check, style), layout.outcome, style);
    parts.push(check.probe.outcome === 'opened' ? palette.harm(outcome) : outcome);
    used += layout.outcome + 2;
  }
  return [...parts, cell(check.title, style.columns - used, style)].join('  ').trimEnd();
}

function outcomeOf({ probe }: CheckResult, { glyphs }: Style): string {
  if (probe === undefined) return '';
  const text = probe.outcome === 'inconclusive' ? 'no result' : probe.outcome;
  // The sign has its own column, so that the words stay in line.
  return `${probe.outcome === 'opened' ? glyphs.harm : ' '.repeat(widthOf(glyphs.harm))} ${text}`;
}
