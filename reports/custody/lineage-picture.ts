/**
 * The lineage of a secret as a picture: a box for each place in the order of time, an elbow from where it came. A file of its own with its colours in
 * it, for light and dark; a leak is dashed and says so, so nothing hangs on a colour.
 */
import type { Lineage, LineagePlace } from '../../scenarios/evidence/custody/model.ts';
import { printable, shortened } from '../printable.ts';
import { arrivalText, fateLines, lifeText } from './lineage-words.ts';

const ROW = 56;
const STEP = 36;
const BOX = { width: 560, height: 44 } as const;
const HEAD = 60;
const LETTERS_MAX = 84;

interface Drawn {
  readonly place: LineagePlace;
  readonly depth: number;
  readonly row: number;
  readonly parent: number | undefined;
}

/** An SVG document. */
export function lineagePicture(lineage: Lineage, begins: number): string {
  const drawn: Drawn[] = [];
  const draw = (place: LineagePlace, depth: number, parent: number | undefined): void => {
    const row = drawn.length;
    drawn.push({ place, depth, row, parent });
    for (const child of place.children) draw(child, depth + 1, row);
  };
  for (const root of lineage.roots) draw(root, 0, undefined);
  const depth = Math.max(0, ...drawn.map((each) => each.depth));
  const [width, height] = [depth * STEP + BOX.width + 20, HEAD + drawn.length * ROW + 10];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(`Lineage of ${lineage.secret}`)}">
<style>${STYLE}</style>
<rect class="page" width="${width}" height="${height}"/>
<text class="title" x="10" y="24">${words(lineage.secret)}</text>
<text class="small" x="10" y="44">${words(lifeText(lineage, begins))}</text>
${drawn.map((each) => elbow(each, drawn)).join('')}${drawn.map((each) => box(each, begins)).join('')}</svg>
`;
}

const STYLE =
  'text{font:13px system-ui,sans-serif;fill:#1b1f24}.small{font-size:11px;fill:#57606a}.title{font-weight:600}.page{fill:#fff}rect.at{fill:#f6f8fa;stroke:#57606a}rect.leak{fill:#fff8e6;stroke:#9a6700;stroke-dasharray:5 3}rect.over{fill:#fff}rect.broken{stroke:#cf222e;stroke-width:2}path{fill:none;stroke:#8c959f}@media (prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9198a1}.page,rect.over{fill:#0d1117}rect.at{fill:#161b22}rect.leak{fill:#2b2111}}';

function left({ depth }: Drawn): number {
  return 10 + depth * STEP;
}

function top({ row }: Drawn): number {
  return HEAD + row * ROW;
}

function elbow(each: Drawn, drawn: readonly Drawn[]): string {
  const parent = each.parent === undefined ? undefined : drawn[each.parent];
  if (parent === undefined) return '';
  const x = left(parent) + STEP / 2;
  return `<path d="M${x} ${top(parent) + BOX.height}V${top(each) + BOX.height / 2}H${left(each)}"/>\n`;
}

function box(each: Drawn, begins: number): string {
  const { place } = each;
  const [x, y] = [left(each), top(each)];
  const classes = [
    'at',
    ...(place.until === undefined ? [] : ['over']),
    ...(place.leak ? ['leak'] : []),
    ...(place.breaks.length > 0 ? ['broken'] : []),
  ];
  const fate = fateLines(place, begins);
  const head = `${place.holder}${place.leak ? ' (leak)' : ''}: ${arrivalText(place, begins)}`;
  return `<g><title>${escaped([head, ...fate].join('\n'))}</title><rect class="${classes.join(' ')}" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4"/><text x="${x + 8}" y="${y + 18}">${words(head)}</text><text class="small" x="${x + 8}" y="${y + 35}">${words(fate.join('; '))}</text></g>\n`;
}

function words(text: string): string {
  return escaped(shortened(text, LETTERS_MAX));
}

function escaped(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
