/**
 * The renderers of a results folder, in the order in which they are asked. What a person sees in the terminal is not among them: it
 * is no file. The manifest is the last, because it lists what all others made.
 */
import { htmlReport } from './html/page.ts';
import { reportJson } from './json.ts';
import { junitXml } from './junit.ts';
import { csvTables } from './machines/csv.ts';
import { ctrfJson } from './machines/ctrf.ts';
import { markdownSummary } from './machines/markdown.ts';
import { sarifJson } from './machines/sarif.ts';
import { factsOf, MANIFEST_FILE, manifestJson, manifestOfFacts } from './manifest.ts';
import { OSCAL_FILES, OSCAL_VERSIONS } from './oscal/document.ts';
import { oscalFiles } from './oscal/files.ts';
import { textFile, textFiles, type Renderer } from './renderer.ts';

/** `index.html`: the page that people read. */
const html: Renderer = {
  id: 'html',
  files: (suite, { events, files, drift }) => {
    const sizes = new Map([...files].map(([path, { size }]) => [path, size]));
    const parts = { events, files: sizes, ...(drift === undefined ? {} : { drift }) };
    return textFile('index.html', htmlReport(suite, parts));
  },
};

/** `junit.xml`, for CI servers. */
const junit: Renderer = { id: 'junit', files: (suite) => textFile('junit.xml', junitXml(suite)) };

/** `report.json`: the model itself, for programs. */
const json: Renderer = { id: 'json', files: (suite) => textFile('report.json', reportJson(suite)) };

/** `summary.md`, for the page of a CI job. */
const summary: Renderer = {
  id: 'summary',
  files: (suite, { changed }) => textFile('summary.md', markdownSummary(suite, changed)),
};

/** `checks.csv`, `clauses.csv` and `exposures.csv`, for spreadsheets. */
const csv: Renderer = { id: 'csv', files: (suite) => textFiles(csvTables(suite)) };

/** `ctrf.json`, for what reads the Common Test Report Format. */
const ctrf: Renderer = { id: 'ctrf', files: (suite) => textFile('ctrf.json', ctrfJson(suite)) };

/** `results.sarif`, for what shows findings beside the lines of scenarios. */
const sarif: Renderer = { id: 'sarif', files: (suite) => textFile('results.sarif', sarifJson(suite)) };

/** `oscal-*.json`, for accreditors. */
const oscal: Renderer = {
  id: 'oscal',
  files: (suite, { files, oscalVersion = OSCAL_VERSIONS[0] }) => {
    const report = files.get('report.json') ?? factsOf(Buffer.from(reportJson(suite), 'utf8'));
    return textFiles(oscalFiles(suite, oscalVersion, report.sha256));
  },
};

/** `manifest.json`: SHA-256 of every file, for whoever wants to verify. */
const manifest: Renderer = {
  id: 'manifest',
  files: (_suite, { files }) => textFile(MANIFEST_FILE, manifestJson(manifestOfFacts(files))),
};

/** All that a results folder is made by; the manifest is given what the ones before it made. */
export const RENDERERS: readonly Renderer[] = [html, junit, json, summary, csv, ctrf, sarif, oscal, manifest];

/** Where they write, below the results folder. */
export const REPORT_FILES: readonly string[] = [
  ...['index.html', 'junit.xml', 'report.json', 'summary.md', 'checks.csv', 'clauses.csv', 'exposures.csv'],
  ...['ctrf.json', 'results.sarif', ...Object.values(OSCAL_FILES), MANIFEST_FILE],
];
