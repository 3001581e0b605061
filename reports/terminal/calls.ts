/** How the calls of one variant were heard: a line for each end, and below it what its rating rests on. */
import type { VariantResult } from '../../scenarios/run/model.ts';
import { conditionsText, ratingText } from '../heard-calls.ts';
import { cell, paragraph, type Style } from './style.ts';

const INDENT = 6;

/** None when nothing was heard. */
export function callLines({ calls }: VariantResult, style: Style): string[] {
  if (calls.length === 0) return [];
  const { palette, columns } = style;
  return [
    `    ${palette.strong('calls as they were heard')}`,
    ...calls.flatMap((heard) => [
      ' '.repeat(INDENT) +
        cell(`${heard.call} by ${heard.listener}: ${ratingText(heard)}`, columns - INDENT, style),
      ...paragraph(conditionsText(heard), INDENT + 2, style).map(palette.quiet),
    ]),
  ];
}
