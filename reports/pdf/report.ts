/** The PDF that is put in the file: the same model as the page, for who reads on paper and signs. Claims PDF/A-3a; `report.json` is attached. */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { conclusionOf } from '../conclusion/conclusion.ts';
import { seedsText } from '../seeds-text.ts';
import { conclusionSheets, scenarioSheets } from './finding-sheets.ts';
import { glossarySheet, signatureSheet } from './glossary-sheet.ts';
import type { Typefaces } from './ink.ts';
import { PdfSheets } from './sheets.ts';
import { assumptionSheets, clauseSheets, exposureSheets, parameterSheets } from './record-sheets.ts';
import { titleSheet, type ReportFacts } from './title-sheet.ts';

/** Who signs what was run. */
const SIGNATORIES = ['For the assurance team', 'For the deployment', 'Accreditor'] as const;
/** Hex digits of the report's hash at the foot of each sheet. */
const SHORT_HASH = 16;

/** What a document is made from. */
export interface PdfParts extends ReportFacts {
  /** `report.json` as it was read. */
  readonly report: Uint8Array;
  readonly faces: Typefaces;
}

/** The octets of the document, the same for the same report wherever it is made, and the number of its sheets. */
export function pdfReport(
  suite: SuiteResult,
  { report, faces, ...facts }: PdfParts,
): { readonly octets: Uint8Array; readonly sheets: number } {
  const conclusion = conclusionOf(suite);
  const paper = new PdfSheets(faces, {
    title: `calldrill: ${conclusion.headline}`,
    subject: 'Evidence of security procedures',
    creator: suite.tool,
    foot: `${suite.tool} · seed ${seedsText(suite)} · report.json ${facts.sha256.slice(0, SHORT_HASH)}…`,
  });
  titleSheet(paper, suite, conclusion.headline, facts);
  conclusionSheets(paper, suite, conclusion);
  scenarioSheets(paper, suite, conclusion);
  clauseSheets(paper, suite, conclusion.clauses);
  exposureSheets(paper, suite);
  parameterSheets(paper, suite);
  assumptionSheets(paper, suite);
  glossarySheet(paper);
  signatureSheet(paper, SIGNATORIES);
  paper.attach('report.json', report, 'application/json', 'The result that this document was made from');
  return paper.end();
}
