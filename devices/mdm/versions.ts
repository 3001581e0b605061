/**
 * What an MDM holds what phones report against: releases of platforms, which of them are validated or decided about, and other VoIP
 * applications that somebody has let on a phone. What speaks against a report is a finding.
 */
import type { Rules } from '../rules.ts';

/** A version of a platform that came out. */
export type KnownVersion = {
  readonly platform: string;
  readonly version: string;
  readonly validated: boolean;
  /** The record of the decision by which it may be run though it is not validated. */
  readonly decision: string | null;
};

/** An application that is let be on a phone. */
export type AllowedApp = { readonly phone: string; readonly app: string };

/** What is known beforehand, as a plain value. */
export type MdmBook = { readonly versions: readonly KnownVersion[]; readonly apps: readonly AllowedApp[] };

/** What a phone says of itself. */
export interface PhoneReport {
  readonly phone: string;
  readonly platform: string;
  readonly version: string;
  /** Other VoIP applications on it. */
  readonly apps: readonly string[];
}

/** Why a phone is not as it should be. */
export type FindingKind = 'other-voip' | 'no-decision' | 'unknown-version';

/** One of them, with what it is about: an application or a version. */
export interface InventoryFinding {
  readonly kind: FindingKind;
  readonly subject: string;
}

/** All that speaks against a report. Android brings a module of its own with the app, so its versions need no decision (para-14). */
export function findingsOf(
  { phone, platform, version, apps }: PhoneReport,
  book: MdmBook,
  rules: Rules,
): readonly InventoryFinding[] {
  const others = apps.filter((app) => !book.apps.some((each) => each.phone === phone && each.app === app));
  return [
    ...(rules.holds('mdm.names-other-apps')
      ? others.map((app): InventoryFinding => ({ kind: 'other-voip', subject: app }))
      : []),
    ...(platform === 'ios' && rules.holds('mdm.names-undecided-versions')
      ? versionFindings(version, book)
      : []),
  ];
}

function versionFindings(version: string, { versions }: MdmBook): readonly InventoryFinding[] {
  const listed = versions.filter(({ platform }) => platform === 'ios');
  if (listed.length === 0) return [];
  const known = listed.find((each) => each.version === version);
  if (known === undefined) return [{ kind: 'unknown-version', subject: version }];
  return known.validated || known.decision !== null ? [] : [{ kind: 'no-decision', subject: version }];
}
