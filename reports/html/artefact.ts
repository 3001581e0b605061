/** A file that a run made, where the page speaks of it: a link, and a player when it is sound. */
import { fileHref } from './anchors.ts';
import type { VariantContext } from './variant-context.ts';
import { markup, type Content } from './markup.ts';

/** `heading` says what a player plays: `Recovered speech`. A file that is not among the results is named only. */
export function artefact(
  file: string,
  heading: string,
  { scenario, variant, files }: Pick<VariantContext, 'scenario' | 'variant' | 'files'>,
): Content {
  const href = fileHref(scenario, variant.name, file);
  if (href === undefined || !files.has(`${scenario}/${variant.name}/${file}`))
    return markup`<code>${file}</code>`;
  const player =
    file.endsWith('.wav') &&
    markup` <audio controls preload="none" src="${href}" aria-label="${heading}, ${file}"></audio>`;
  return markup`<a href="${href}">${file}</a>${player}`;
}
