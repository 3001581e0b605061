/**
 * What the mutator and its processes say to each other. A process serves one mutated file: it tells once which tests reach what,
 * or it tries one mutant after the other.
 */
import type { Mutant } from './mutants.ts';

/** The mutated file and its tests, as URLs of built files. */
export interface Subject {
  readonly target: string;
  readonly tests: readonly string[];
  readonly mutants: readonly Pick<Mutant, 'number' | 'start' | 'end' | 'text'>[];
}

/** Tests of one file, in the order in which they are to run. */
export interface Selection {
  /** Which of the subject's files of tests. */
  readonly file: number;
  readonly titles: readonly string[];
}

/** What a process is asked; first of all to begin. */
export type TrialRequest =
  | { readonly kind: 'begin'; readonly subject: Subject }
  | { readonly kind: 'reach' }
  | { readonly kind: 'try'; readonly mutant: number; readonly selections: readonly Selection[] };

/** One test, or the loading of its file, which has no title. */
export interface ReachedTest {
  readonly file: number;
  readonly title: string | undefined;
  readonly durationMs: number;
  readonly mutants: readonly number[];
}

/** What all tests reach in the file as it is. */
export interface ReachOfTests {
  readonly kind: 'reach';
  readonly tests: readonly ReachedTest[];
  /** The test that fails without any mutant. */
  readonly failure: string | undefined;
}

/** What came of one mutant. */
export interface Tried {
  readonly kind: 'tried';
  /** The test that noticed, or what else ended it; undefined when nothing did. */
  readonly killedBy: string | undefined;
  /** The process is not to be used again. */
  readonly spoilt: boolean;
}

/** One to each request. */
export type TrialAnswer = { readonly kind: 'begun' } | ReachOfTests | Tried;

/** Instead of a title, where a mutant is noticed before any test runs. */
export const LOADING = 'the loading of the tests';
