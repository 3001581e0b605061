/** The conclusion on a terminal: the answer in a line, what stayed open and what was not looked at; of a few runs also what each showed. */
import type { Conclusion } from '../conclusion/conclusion.ts';
import type { ConclusionLine } from '../conclusion/conclusion-line.ts';
import { heading, paragraph, type Style } from './style.ts';

/** The answers to what is asked first. The first loss of the headline is not said again. */
export function conclusionLines({ exposed, unseen }: Conclusion, style: Style): string[] {
  return [
    ...section('Stayed open although the procedures were kept to', exposed.slice(1), style),
    ...section('Not looked at', unseen, style),
  ];
}

/** What was protected, and which order or error cost what. */
export function findingLines({ scenarios }: Conclusion, style: Style): string[] {
  return scenarios.flatMap(({ scenario, sentences }) =>
    section(`Protected, and what it cost: ${scenario.id}`, sentences, style),
  );
}

function section(title: string, sentences: readonly ConclusionLine[], style: Style): string[] {
  if (sentences.length === 0) return [];
  return ['', heading(title, style), ...sentences.flatMap(({ text }) => bullet(text, style))];
}

function bullet(text: string, style: Style): string[] {
  const [first = '', ...rest] = paragraph(text, 4, style);
  return [first.replace(/^ {4}/, `  ${style.glyphs.dot} `), ...rest];
}
