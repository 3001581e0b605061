/** How the calls of one variant were heard: a line for each end, and below it what its rating rests on, and the sound. */
import type { VariantResult } from '../../scenarios/evidence/model.ts';
import { conditionsText, ratingText, soundText } from '../heard-calls.ts';
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
      ...[
        conditionsText(heard),
        ...(heard.sound === undefined ? [] : [`${heard.sound.file}, ${soundText(heard.sound)}`]),
      ].flatMap((text) => paragraph(text, INDENT + 2, style).map(palette.quiet)),
    ]),
  ];
}
