/**
 * The renderers of a results folder, in the order in which they are asked. What a person sees in the terminal is not among them: it
 * is no file. The manifest is the last, because it lists what all others made.
 */
import { htmlReport } from './html/page.ts';
import { reportJson } from './json.ts';
import { junitXml } from './junit.ts';
import { MANIFEST_FILE, manifestJson, manifestOfFacts } from './manifest.ts';
import { textFile, type Renderer } from './renderer.ts';

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

/** `manifest.json`: SHA-256 of every file, for whoever wants to verify. */
const manifest: Renderer = {
  id: 'manifest',
  files: (_suite, { files }) => textFile(MANIFEST_FILE, manifestJson(manifestOfFacts(files))),
};

/** All that a results folder is made by; the manifest is given what the ones before it made. */
export const RENDERERS: readonly Renderer[] = [html, junit, json, manifest];
