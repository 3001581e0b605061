/** What the sections of a variant's part of the page are written from. */
import type { VariantResult } from '../../scenarios/evidence/model.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { VariantAnchors } from './anchors.ts';
import type { Evidence } from './evidence.ts';

/** The variant itself, and what the rest of the page and of the results lets it link to. */
export interface VariantContext {
  readonly scenario: string;
  readonly variant: VariantResult;
  readonly anchors: VariantAnchors;
  readonly evidence: Evidence;
  /** Of its trace. */
  readonly events: readonly AnyTraceEvent[];
  /** Clauses that the clause table holds, and so can be linked to. */
  readonly clauses: ReadonlySet<string>;
  /** Files of the results folder, with their sizes in octets. */
  readonly files: ReadonlyMap<string, number>;
}
