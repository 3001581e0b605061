/**
 * Reports: pure renderers from the model of a finished suite. None reads a clock, a file or a locale, so equal models give
 * equal octets. Start at `result-files.ts` (the whole folder) or `terminal.ts` (what a person sees after a run).
 */
export { conclusionOf, type Conclusion } from './conclusion/conclusion.ts';
export { comparisonMarkdown } from './comparison/markdown.ts';
export { comparisonText } from './comparison/terminal.ts';
export { lineagePicture } from './custody/lineage-picture.ts';
export { lineageTable, lineageTree, type LineageView } from './custody/lineage-tree.ts';
export { htmlReport } from './html/page.ts';
export { reportJson } from './json.ts';
export { junitXml } from './junit.ts';
export { killPage, killTableText, type KillRow } from './kill-table.ts';
export {
  factsOf,
  manifestJson,
  manifestOf,
  parseManifest,
  verifyManifest,
  type Manifest,
  type ManifestProblem,
} from './manifest.ts';
export { TRACE_FILE, variantFolder } from './paths.ts';
export { REPORTS_CODES } from './errors.ts';
export { markdownSummary, markdownText } from './machines/markdown.ts';
export { OSCAL_FILES, OSCAL_VERSIONS, type OscalVersion } from './oscal/document.ts';
export { oscalVersionOf } from './oscal/files.ts';
export type { Typefaces } from './pdf/ink.ts';
export { RENDERERS, REPORT_FILES } from './renderers.ts';
export type { FileFacts, Renderer, ResultParts } from './renderer.ts';
export { resultFiles } from './result-files.ts';
export { seedsText } from './seeds-text.ts';
export { lagText, NOT_VALID_MEANS, notValidText, skippedText } from './schedule.ts';
export { exerciseReport } from './terminal/score.ts';
export { terminalReport, type TerminalOptions } from './terminal.ts';
