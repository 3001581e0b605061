/**
 * Parts that a shipped scenario binds and for none of whose checks it plants a violation, each with its reason (decision 0002 says which checks no rule
 * can break). That a check can fail is then shown by other means only: by its controls, by a prediction that the judge turns round, or not at all. The
 * table may only shrink: a part that has a plant and still stands here fails a test, and so does one that has neither.
 */
import type { UnboundParts } from './unbound-parts.ts';

/** In the order of what is missing. */
export const UNPLANTED_PARTS: readonly UnboundParts[] = [
  {
    reason: 'it is refused for want of a key, by arithmetic and by no promise of a device (decision 0002)',
    parts: [
      'para-4.c2/caller-without-ssk',
      'para-4.c2/callee-without-rsk',
      'para-4.c5/forked-offer',
      'table1-CCA.c2/media-missing',
      'para-23.c2/no-line-of-sight',
      'para-31.c1/next-month-calls',
      'para-31-note.c1/next-month-not-held',
      'para-33.c1/was-clean',
      'para-39.c2/new-calls',
      'para-43.c2/calls',
      'para-43.c2/answers',
      'table1-CRS.c1/calls',
    ],
  },
  {
    reason: 'it is refused because a thing is gone, or was never read: no promise of a device is in the way',
    parts: ['para-24.c3/print-destroyed', 'para-26.c1/gate'],
  },
  {
    reason:
      'it is held against a target of the deployment: a test plants the violation with the target declared (decision 0002)',
    parts: ['para-23.c1/seconds-on-screen', 'para-29.c1/told-to-action', 'para-30.c1/acknowledged'],
  },
  {
    reason:
      'it is held against a target of the deployment, and nobody has planted a violation with the target declared',
    parts: [
      'para-13.c2/finding',
      'para-18-b3.c1/after',
      'para-44.c3/hours-to-block',
      'para-46.c1/told-in-time',
      'para-48.c1/both-told',
    ],
  },
  {
    reason: 'its scenario is new, and plants no violation for it yet',
    parts: [
      'para-44.c1/approved',
      'para-44.c2/no-media-network',
      'para-44-s4.c2/seen-without-vpn',
      'para-50.c1/others-show',
      'para-51.c1/flagged',
      'para-53.c1/fine-shred',
    ],
  },
  {
    reason: 'its check compares several variants, and a violation is planted in one',
    parts: ['para-8.c1/same-verdicts'],
  },
  {
    reason: 'a PSK is admitted in its own month only, and no rule breaks that',
    parts: ['para-43.c2/not-in-force'],
  },
  {
    reason:
      'no rule is about it: a device could break it, and nobody has shown that the check would see that',
    parts: [
      'para-17.c1/no-lockout',
      'para-26.c1/gate-off',
      'para-37.c1/other-account',
      'para-38.c1/new-secrets',
      'para-42.c1/user-works',
    ],
  },
];

/** Why no violation is planted for a part, by the part. */
export const UNPLANTED_REASONS: ReadonlyMap<string, string> = new Map(
  UNPLANTED_PARTS.flatMap(({ reason, parts }) => parts.map((part) => [part, reason] as const)),
);
