/** What a run prints, as a page that looks like a terminal: for a picture of it. */

/** What may be left out where there is more of the same. */
const CLAUSES_SHOWN = 4;

const STYLES: Readonly<Record<string, string>> = {
  '1': 'font-weight:bold',
  '2': 'color:#9aa4b2',
  '31': 'color:#ff7b72',
  '32': 'color:#7ee2a8',
  '33': 'color:#f0a050',
};

/** `printed` is text with the escape sequences of colours. Letters are 10 pixels wide, all alike, so that a picture is small. */
export function terminalPage(typed: string, printed: string): string {
  const lines = [`\u001b[1m$ ${typed}\u001b[22m`, '', ...shortened(printed.trimEnd().split('\n'))];
  return `<!doctype html><meta charset="utf-8"><body style="margin:0;background:#14171c;color:#e4e7ec">
<pre style="margin:24px 40px;font:16.61px/22px 'DejaVu Sans Mono',monospace">${lines.map(coloured).join('\n')}</pre>
`;
}

/** The first clauses, and the facts at the end. */
function shortened(lines: readonly string[]): readonly string[] {
  const isClause = (line: string): boolean => / {2}(?:para|table|ref)[\w-]+ /.test(line);
  const clauses = lines.findIndex(isClause);
  if (clauses < 0) return lines;
  const facts = lines.findLastIndex((line) => line.trim() === '');
  return [...lines.slice(0, clauses + CLAUSES_SHOWN), '  …', ...lines.slice(facts)];
}

/** A style ends with the line at the latest. */
function coloured(line: string): string {
  let open = 0;
  const text = line
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    // eslint-disable-next-line no-control-regex
    .replaceAll(/\u001b\[(\d+)m/g, (_, code: string) => {
      const style = STYLES[code];
      open += style === undefined ? -1 : 1;
      return style === undefined ? '</span>' : `<span style="${style}">`;
    });
  return text + '</span>'.repeat(Math.max(0, open));
}
