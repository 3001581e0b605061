/** `calldrill pdf`: results as a document for the file. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { factsOf, type Typefaces } from '../../reports/index.ts';
import { text, value } from '../command-line.ts';
import { command } from '../command.ts';
import { BASELINES } from '../compare/baseline.ts';
import { readSide, type SideSuite } from '../compare/side.ts';
import { answer } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT } from '../exit-code.ts';
import { writeNewFile } from '../new-file.ts';

const FACES: Readonly<Record<keyof Typefaces, string>> = {
  regular: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  mono: 'DejaVuSansMono.ttf',
};
const OUT = 'report.pdf';

/** Makes nothing new: what the results say, on paper. */
export const pdf = command({
  name: 'pdf',
  summary: 'results as a PDF, to print, sign and file',
  about: [
    'A title page, the conclusion, what needs attention, the matrix of each scenario, clauses, exposures, parameters, assumptions, a glossary, and places to sign; report.json is attached. Results are read as verify reads them, and refused when their manifest does not hold; verdicts are believed as reported. A report.json by itself is taken, and the first page says that nothing vouches for it.',
    'The document claims to be PDF/A-3a: all fonts are inside, its text is tagged, it has no date. Equal results give equal octets, on every version of Node.',
  ],
  operands: { placeholder: '<results>', min: 1, max: 1 },
  options: {
    out: value(text('file'), `where the document goes; ${OUT} when left out. It must not be there yet`),
  },
  examples: [
    { line: 'calldrill pdf results', does: 'writes report.pdf' },
    { line: 'calldrill pdf results.zip --out 2026-11-drill.pdf', does: 'of a bundle' },
  ],
  errorExit: EXIT.unverified,
  run: async ({ out = OUT }, [operand = ''], context) => {
    const { name, suites, vouched } = await readSide(operand, BASELINES, context);
    const { suite, report } = onlySuite(name, suites);
    // Only who makes a PDF waits for what makes it to be loaded.
    const { pdfReport } = await import('../../reports/pdf/report.ts');
    const { sha256 } = factsOf(report);
    const { octets, sheets } = pdfReport(suite, { report, sha256, vouched, faces: await typefaces() });
    await writeNewFile(out, octets);
    return answer(
      context,
      { exitCode: EXIT.pass, out, sheets, octets: octets.length, report: sha256, vouched },
      () => `PDF     ${out}, ${sheets} pages\nReport  SHA-256 ${sha256}\n`,
    );
  },
});

function onlySuite(name: string, suites: ReadonlyMap<string, SideSuite>): SideSuite {
  const [first, ...others] = suites;
  if (first !== undefined && others.length === 0) return first[1];
  throw cliError(
    'CLI_NOT_ALIKE',
    `${name} has a suite for each of ${suites.size} seeds, and a PDF is of one`,
  );
}

async function typefaces(): Promise<Typefaces> {
  const { resolve } = createRequire(import.meta.url);
  const face = (file: string): Promise<Uint8Array> => readFile(resolve(`dejavu-fonts-ttf/ttf/${file}`));
  const [regular, bold, mono] = await Promise.all([face(FACES.regular), face(FACES.bold), face(FACES.mono)]);
  return { regular, bold, mono };
}
