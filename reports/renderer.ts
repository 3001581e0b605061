/** What a renderer is: the files that it makes of a finished suite. Which there are says `renderers.ts`. */
import type { EventsOf, SuiteResult } from '../scenarios/evidence/model.ts';
import type { DriftPart } from './html/drift.ts';
import type { OscalVersion } from './oscal/document.ts';

/** What is known of a file without its octets. */
export interface FileFacts {
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  /** Octets. */
  readonly size: number;
}

/** What a suite left behind, beside its model. */
export interface ResultParts {
  /** Asked for one variant at a time, so that no more than one trace is in memory. */
  readonly events: EventsOf;
  /** The files that are there: traces, recovered audio, what was heard, captures, and what renderers before this one made. */
  readonly files: ReadonlyMap<string, FileFacts>;
  /** How a live run differs from a simulated one, if they were compared; its file is one of the files. */
  readonly drift?: DriftPart;
  /** What changed since a baseline, as a section of Markdown, where there was one. */
  readonly changed?: string;
  /** Which OSCAL is written; 1.1.3 when left out. */
  readonly oscalVersion?: OscalVersion;
}

/** One way to write a suite down; it is a pure function and touches no disk. */
export interface Renderer {
  readonly id: string;
  /** Paths in the results folder, each with its octets. Equal suites and parts give equal octets. */
  readonly files: (suite: SuiteResult, parts: ResultParts) => ReadonlyMap<string, Uint8Array>;
}

/** One file of text as what {@link Renderer.files} gives. */
export function textFile(path: string, text: string): ReadonlyMap<string, Uint8Array> {
  return new Map([[path, new Uint8Array(Buffer.from(text, 'utf8'))]]);
}

/** Files of text as what {@link Renderer.files} gives. */
export function textFiles(texts: ReadonlyMap<string, string>): ReadonlyMap<string, Uint8Array> {
  return new Map([...texts].map(([path, text]) => [path, new Uint8Array(Buffer.from(text, 'utf8'))]));
}
