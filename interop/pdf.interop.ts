/**
 * The PDF in programs that are not ours: qpdf for its form, poppler for what a reader sees, hears and takes out of it. The sample has every trouble that a
 * suite can have, and texts that an attacker chose.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ava from 'ava';
import { conclusionOf, factsOf, reportJson } from '../reports/index.ts';
import { sentencesOf } from '../reports/conclusion/conclusion.ts';
import { FACES, glyphsOfFace } from '../reports/pdf/faces.fixture.ts';
import { drawable } from '../reports/pdf/glyphs.ts';
import { pdfReport } from '../reports/pdf/report.ts';
import { SAMPLE } from '../reports/sample.fixture.ts';
import { placeOfCheck, troubledChecks } from '../reports/tally.ts';
import { program, testWith } from './needs.ts';

const test = testWith(program('qpdf', 'qpdf'), program('pdftotext', 'poppler-utils', ['-v']));

const folder = mkdtempSync(join(tmpdir(), 'calldrill-pdf-'));
const file = join(folder, 'report.pdf');
const report = Buffer.from(reportJson(SAMPLE));
const made = pdfReport(SAMPLE, { report, vouched: true, sha256: factsOf(report).sha256, faces: FACES });
writeFileSync(file, made.octets);
ava.after.always(() => {
  rmSync(folder, { recursive: true, force: true });
});

function said(command: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 27 });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** Without the spaces, which lines take away and put in. */
const run = (text: string): string => text.replace(/\s+/g, '');

test('qpdf finds nothing wrong with its form', (t) => {
  t.regex(said('qpdf', '--check', file), /No syntax or stream encoding errors found/);
});

test('poppler reads a title, tags, and no script, and every face is inside', (t) => {
  const info = said('pdfinfo', file);
  t.regex(info, /Tagged: +yes/);
  t.regex(info, /JavaScript: +no/);
  t.regex(info, /Encrypted: +no/);
  t.regex(info, new RegExp(`Pages: +${made.sheets}\n`));
  const faces = said('pdffonts', file).trim().split('\n').slice(2);
  t.is(faces.length, 3);
  for (const each of faces) t.regex(each, /Identity-H +yes yes yes/);
  t.regex(said('pdfinfo', '-meta', file), /<pdfaid:part>3<[^]*<pdfaid:conformance>A</);
});

test('what is read out has headings, lists, and tables with heads, and no words that run together', (t) => {
  const tags = said('pdfinfo', '-struct-text', file);
  t.true(tags.includes(`"${conclusionOf(SAMPLE).headline}"`));
  for (const tag of ['H1', 'H2', 'H3', 'LBody', 'Table', 'Caption', 'TH', 'TD'])
    t.regex(tags, new RegExp(`^ +${tag}\\b`, 'm'));
});

test('every sentence of the conclusion, each check that needs attention and each clause is there to be read', (t) => {
  const text = run(said('pdftotext', '-raw', file, '-').replace(/^calldrill .* \d+ \/ \d+$/gm, ''));
  const drawn = (each: string): string => run(drawable(each, glyphsOfFace(FACES.regular)));
  for (const sentence of sentencesOf(conclusionOf(SAMPLE)))
    t.true(text.includes(drawn(sentence.text)), sentence.text);
  for (const placed of troubledChecks(SAMPLE))
    t.true(text.includes(drawn(placeOfCheck(placed))), placeOfCheck(placed));
  for (const { id, why } of SAMPLE.clauses) t.true(text.includes(drawn(id)) && text.includes(drawn(why)), id);
});

test('report.json comes out of it as it went in', (t) => {
  said('pdfdetach', '-saveall', '-o', folder, file);
  t.deepEqual(readFileSync(join(folder, 'report.json')), report);
});

test('every sheet is drawn, and none is empty', (t) => {
  said('pdftoppm', '-r', '30', '-png', file, join(folder, 'sheet'));
  t.is(readdirSync(folder).filter((name) => name.endsWith('.png')).length, made.sheets);
  const sheets = said('pdftotext', file, '-').split('\f').slice(0, made.sheets);
  for (const sheet of sheets) t.true(sheet.trim().split('\n').length > 2);
});
