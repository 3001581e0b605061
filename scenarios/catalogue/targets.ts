/**
 * Targets: how soon, how long or how many, where the source document gives no number and the catalogue asks for one. A deployment declares
 * its own; no number is taken for granted here, so what needs one and has none is not tested.
 */

/** What a target is: a time that something may take, a count of months, a list of words, or bounds on the quality of calls. */
export type TargetKind = 'duration' | 'months' | 'words' | 'quality';

/** What a deployment may declare under `targets`, and which parts of the catalogue ask for it. */
export interface CatalogueTarget {
  readonly kind: TargetKind;
  /** What it bounds, in a phrase. */
  readonly summary: string;
  /** Parts that nothing shows without it: an expectation that is bound to one of them has to be held against the target. */
  readonly needed: readonly string[];
  /** Parts that are shown without it, and held against it as well when it is declared. */
  readonly beside: readonly string[];
}

const target = (
  kind: TargetKind,
  summary: string,
  needed: readonly string[],
  beside: readonly string[] = [],
): CatalogueTarget => ({ kind, summary, needed, beside });

/** Every target by its name, in the order of the parts that ask for them. */
export const TARGETS: Readonly<Record<string, CatalogueTarget>> = {
  'deaf-after-restart': target('duration', 'how long a phone that was restarted may refuse honest calls', [
    'para-4.c4/deaf-after-restart',
  ]),
  'crs-recovery': target('duration', 'from the start of a CRS, or its reinstallation, to a completed call', [
    'table1-CRS.c3/recovery',
    'table2-CRS.c1/service-back',
  ]),
  'tls-versions': target('words', 'protocol versions that the CRS may answer with', ['para-11.c3/version']),
  'inventory-interval': target(
    'duration',
    'how long something may be on a phone before an inventory names it',
    ['para-13.c2/finding', 'para-18-b3.c1/after'],
  ),
  'cms-powered': target('duration', 'how long the CMS may be switched on for one session', [
    'para-16-b2.c1/powered',
  ]),
  'bad-message-cost': target('duration', 'time that a phone may spend on one bad message', [
    'para-17.c1/flood',
  ]),
  'audit-interval': target('duration', 'how long a command by somebody else may stay unnamed', [
    'para-17-b1.c1/attributed',
  ]),
  'scan-interval': target('duration', 'how long a rule that is too wide may stay unnamed', [
    'para-17-b2.c3/detected',
  ]),
  'patch-lag': target('duration', 'from a release of the platform to its installation', [
    'para-18-b4.c1/lag',
  ]),
  'code-on-screen': target('duration', 'how long a code may be shown', ['para-23.c1/seconds-on-screen']),
  'print-destroyed': target('duration', 'from the use of a print to its destruction', [
    'para-24.c1/destroyed',
  ]),
  'chain-months': target('months', 'months that one old print may open', [], ['para-24.c3/unrolls']),
  'extra-months': target(
    'months',
    'user-months that a late block may give away',
    [],
    ['para-27.c2/prefetch'],
  ),
  'log-freshness': target('duration', 'how old the newest entry that a log check read may be at the load', [
    'para-28.c1/fresh',
  ]),
  'first-action': target('duration', 'from the report of a loss to the first step, or to the block', [
    'para-29.c1/told-to-action',
    'para-44.c3/hours-to-block',
  ]),
  'wipe-acknowledged': target('duration', 'from the order to wipe to its acknowledgement', [
    'para-30.c1/acknowledged',
  ]),
  unwiped: target('duration', 'from the order to wipe to the first refusal', [], ['para-30.c2/hours']),
  'block-cuts': target('duration', 'from a block or a deletion until what is open ends', [
    'para-32.c1/open-session',
    'para-32.c1/open-call',
    'para-37.c1/calls-cut',
  ]),
  'kms-first-action': target('duration', 'from a sign that the CMS was touched to the first step', [
    'para-36.c1/told-to-action',
  ]),
  'kms-coverage': target('duration', 'until every phone has keys of the new CMS', ['para-39.c1/coverage']),
  'call-quality': target('quality', 'set-up time, loss, jitter and completion of calls abroad', [
    'para-44.c2/limits',
  ]),
  'dso-notice': target('duration', 'from a sign of exposure to the notice', ['para-46.c1/told-in-time']),
  'product-notice': target('duration', 'from a fault of the product to the notices about it', [
    'para-48.c1/both-told',
  ]),
};

/** The target that a part needs; undefined for a part that needs none. */
export function targetNeededBy(part: string): string | undefined {
  return Object.entries(TARGETS).find(([, { needed }]) => needed.includes(part))?.[0];
}
