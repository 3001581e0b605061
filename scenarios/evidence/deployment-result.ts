/**
 * What a report says of the deployment: the file that was used, what it declares of the catalogue, and what became of its waivers. Days are
 * written as in the file, `2015-12-01`, and so are in order as texts.
 */
import type { PartFinding, Verdict } from './verdict.ts';

/** What gave a parameter its value, each overriding those before it. */
export const PARAMETER_LEVELS = ['default', 'deployment', 'scenario', 'variant', 'command-line'] as const;

/** Who set a parameter. */
export interface ParameterSetter {
  readonly by: (typeof PARAMETER_LEVELS)[number];
  /** Of the deployment: `ours.yaml:12`. */
  readonly at?: string;
}

/** A check of the deployment file, which is of no run. */
export interface DeploymentCheck {
  /** `references.a`, `waiver of para-32.c1/open-call` */
  readonly id: string;
  readonly title: string;
  /** What it says of the catalogue. */
  readonly parts: readonly PartFinding[];
  readonly verdict: Verdict;
  readonly why: string;
  /** `ours.yaml:40`; the file alone for what is not in it. */
  readonly source: string;
}

/** The terms of a waiver, as they were written. */
export interface WaiverTerms {
  readonly kind: 'clause' | 'part';
  /** The clause, or the part, that it covers. */
  readonly covers: string;
  readonly owner: string;
  readonly reason: string;
  readonly adviser: string;
  /** In force from this day on, and void from that. */
  readonly date: string;
  readonly expires: string;
  readonly source: string;
}

/** A waiver and what became of it: used, unused, not yet in force, or expired, which fails. */
export interface WaiverResult extends WaiverTerms, DeploymentCheck {}

/** Which file it was, on which day it was asked about, and what came of all that it says. */
export interface DeploymentResult {
  readonly name: string;
  readonly file: string;
  /** SHA-256 of its text. */
  readonly sha256: string;
  /** The day on which waivers were looked at. */
  readonly asOf: string;
  readonly targets: readonly { readonly name: string; readonly value: string; readonly source: string }[];
  /** What it declares, or does not, that a part of the catalogue asks for. */
  readonly declares: readonly DeploymentCheck[];
  readonly waivers: readonly WaiverResult[];
}
