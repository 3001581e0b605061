/** Check lists of procedures as a page to print, on A4: one list on a sheet, with boxes to tick and lines to sign. It needs nothing from elsewhere. */
import { Markup, markup } from '../../reports/html/markup.ts';
import type { CheckSheet, SheetRow } from './check-sheet.ts';

const STYLE = new Markup(`
@page { size: A4; margin: 16mm 14mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: #000; background: #fff; margin: 0 auto; max-width: 182mm; padding: 8mm 0; }
section { break-after: page; } section:last-of-type { break-after: auto; }
h1 { font-size: 16pt; margin: 0 0 2mm; } h2 { font-size: 11.5pt; margin: 5mm 0 1.5mm; }
p { margin: 0 0 2mm; } ul { margin: 0; padding-left: 5mm; }
table { border-collapse: collapse; width: 100%; }
th, td { border: .3mm solid #777; padding: 1.2mm 1.8mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead { display: table-header-group; } tr { break-inside: avoid; }
.box { width: 8mm; font-size: 14pt; line-height: 1; text-align: center; }
.small { font-size: 8.5pt; color: #333; } .hidden td { background: #f0f0f0; }
code { font: 9pt ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.sign { margin-top: 8mm; display: flex; gap: 8mm; } .sign span { flex: 1; border-top: .3mm solid #000; padding-top: 1mm; font-size: 8.5pt; }
@media print { body { padding: 0; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`);

/** The page of these lists, each on a sheet of its own. */
export function sheetPage(sheets: readonly CheckSheet[]): string {
  const title = sheets.length === 1 ? (sheets[0]?.title ?? '') : 'Procedures';
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
${sheets.map(sheetSection)}</body>
</html>
`.text;
}

function sheetSection(sheet: CheckSheet): Markup {
  const { name, title, purpose, clauses, parameters, roles, given, rows, usedBy } = sheet;
  return markup`<section>
<h1>${title}</h1>
<p>${purpose} <span class="small">${name}; clauses: ${clauses.join(', ')}</span></p>
<ul>${parameters.map(([name, what]) => markup`<li><code>${name}</code>: ${what}</li>`)}${roles.map(([role, person]) => markup`<li><b>${role}</b>: <code>${person}</code></li>`)}</ul>
${given.length > 0 && markup`<h2>Before it begins</h2><ul>${given.map((each) => markup`<li>☐ ${each}</li>`)}</ul>`}
<h2>Steps</h2>
<table><thead><tr><th scope="col">Done</th><th scope="col">Step</th><th scope="col">Who, where</th><th scope="col">Type, and what must be seen</th><th scope="col">Clause</th><th scope="col">Time</th></tr></thead>
<tbody>
${rows.map(rowMarkup)}</tbody></table>
<p class="small">Grey: hidden, the text of the document does not say it. Scenarios: ${usedBy.length === 0 ? 'none of the shipped ones' : usedBy.join(', ')}.</p>
<div class="sign"><span>Date</span><span>Name</span><span>Signature</span></div>
</section>
`;
}

function rowMarkup({ number, id, mark, who, where, what, seen, clauses, notes, hidden }: SheetRow): Markup {
  return markup`<tr${hidden !== undefined && markup` class="hidden"`}><td class="box">☐</td><td>${number} ${id}${mark !== '' && markup`<br><span class="small">${mark}</span>`}</td><td>${who}${where !== '' && markup`<br><span class="small">${where}</span>`}</td><td><code>${what}</code><br><span class="small">see: ${seen}</span>${notes.map((note) => markup`<br><span class="small">${note}</span>`)}${hidden !== undefined && markup`<br><span class="small">hidden, not in the text: ${hidden}</span>`}</td><td>${clauses.join(', ')}</td><td></td></tr>
`;
}
