/** Verdicts: the words that a check, a part of the catalogue or a clause can come to, and which of them say that something was tried. */

/** The closed set of verdicts, from best to worst. */
export const VERDICTS = ['pass', 'waived', 'not-applicable', 'not-tested', 'inconclusive', 'fail'] as const;
/** One of the verdicts; only `fail` and `inconclusive` need attention. */
export type Verdict = (typeof VERDICTS)[number];

/** Whether something was tried that says yes or no: what a part has to be to count as tested, here and in every report. */
export function isTested({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict === 'pass' || verdict === 'fail';
}

/** Whether all of it was tested: a check or a clause by its parts, of which it has some. */
export function isWhole(parts: readonly { readonly verdict: Verdict }[]): boolean {
  return parts.length > 0 && parts.every(isTested);
}

/** What one check says of one part of the catalogue. Of a probe it is not what was predicted that counts, but what the part asks for. */
export interface PartFinding {
  /** `para-11.c2/wrong-psk` */
  readonly part: string;
  readonly verdict: Verdict;
  readonly why: string;
}
