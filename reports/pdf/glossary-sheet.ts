/** Words of the PDF for who has not met them, and places to sign. */
import { printGrid } from './grid.ts';
import { MEASURE, SHEET, type PdfSheets } from './sheets.ts';

/** In the order of the alphabet. */
const GLOSSARY: Readonly<Record<string, string>> = {
  'by the book':
    'A run in which everybody does what the procedures say. It counts towards clauses; a run that shows what an error costs does not.',
  check: 'One thing that a run is judged by: something that must be seen in the trace, or a probe.',
  clause: 'A numbered paragraph, bullet, note, row or reference of the source document.',
  CMS: 'Crypto management system: the offline computer that makes and issues keys.',
  control:
    'Each probe is made twice more: with a key that must open, and with one that must not. A probe whose controls do not hold is inconclusive.',
  CRS: 'Communication rendezvous server: what phones register with and call through.',
  exposure:
    'What an attacker could do to something, from the first success to the first refusal of the same attempt.',
  fail: 'Something else was seen than must be.',
  I_MESSAGE: 'The message by which a caller sends the key of a call (MIKEY-SAKKE, RFC 6509).',
  inconclusive: 'Tried, and nothing can be believed of it.',
  modality: 'How binding a clause is: must, shall, should, recommend or inform.',
  'not-applicable': 'A deployment has nothing to which this applies, and says so.',
  'not-tested': 'Nothing was tried. It is no pass.',
  part: 'The smallest thing of a clause that can be shown.',
  pass: 'What must be seen was seen.',
  path: 'Who could do what to what, by which attack, along which way.',
  plant: 'A rule that is broken on purpose, to see whether its check notices.',
  probe: 'A real attempt of an attacker on octets that were captured or images that were stolen.',
  PSK: 'Pre-shared key: opens the TLS session between a phone and the CRS.',
  RSK: 'Receiver secret key (SAKKE, RFC 6508): opens what was sent to its identity.',
  run: 'One variant of a scenario, played from its first line to its last.',
  SSK: 'Secret signing key (ECCSI, RFC 6507): signs for its identity.',
  waived: 'A check that failed, and that somebody accepted until a date. It closes no exposure.',
};

/** Prints the words. */
export function glossarySheet(paper: PdfSheets): void {
  paper.section('Glossary');
  printGrid(paper, {
    caption: 'Words of this document',
    columns: [
      { head: 'Word', weight: 1 },
      { head: 'Meaning', weight: 5 },
    ],
    rows: Object.entries(GLOSSARY).map(([word, meaning]) => [{ text: word, bold: true }, meaning]),
  });
}

/** Who signs, with room to do so. */
export function signatureSheet(paper: PdfSheets, roles: readonly string[]): void {
  paper.section('Signatures');
  paper.paragraph('Whoever signs has read the conclusion and what was not looked at.');
  for (const role of roles) {
    paper.down(34);
    if (paper.room < 60) paper.nextSheet();
    paper.rule(SHEET.left, paper.y, MEASURE * 0.6, '#1b1b1f');
    paper.rule(SHEET.left + MEASURE * 0.68, paper.y, MEASURE * 0.32, '#1b1b1f');
    paper.down(3);
    paper.paragraph(`${role}: name and signature; date`);
  }
}
