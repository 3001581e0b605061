/**
 * Parts of the catalogue that no shipped scenario binds although a shipped scenario is about their clause, each with its reason. The table may only
 * shrink: a part that is bound and still stands here fails a test, and so does one that is in neither. Parts of clauses that no shipped scenario is
 * about stand nowhere: what they wait for is in the catalogue, and when that scenario is there they must be bound, or listed here.
 */

/** Parts that are not bound for one reason. */
export interface UnboundParts {
  readonly reason: string;
  readonly parts: readonly string[];
}

/** In the order of what is missing. */
export const UNBOUND_PARTS: readonly UnboundParts[] = [
  {
    reason: 'no mistake of an operator has the loss that a fault of the product has',
    parts: ['para-48.c1/not-for-mistakes'],
  },
  {
    reason: 'a deployment file has no calendar of releases and guidance that a world could be held against',
    parts: ['para-18-b1a.c1/guidance', 'para-18-b4.c1/lag'],
  },
  {
    reason: 'it is shown by a test of the project, with a reader that is not in a run',
    parts: [
      'para-2.c1/one-key-message',
      'para-10.c1/second-reader',
      'para-10.c1/rule-list',
      'para-10.c1/media-stream',
      'para-12.c1/vectors',
      'para-16-b1.c1/no-port',
      'para-16-b1.c1/live-sockets',
      'para-16-b1.c2/closed-list',
      'para-19.c1/public-keys',
    ],
  },
  {
    reason: 'no report says whether a deployment is approved',
    parts: ['para-1.c1/not-approved', 'para-1.c1/all-settled'],
  },
  {
    reason: 'the deployment file is read for it, and nothing in a world is held against it',
    parts: [
      'para-5.c1/covers',
      'para-6.c1/no-higher-claim',
      'para-7.c1/outside-refused',
      'para-7.c1/drift-found',
      'para-11.c3/version',
      'para-11.c4/number-in-identity',
      'para-15.c1/without-waiver',
      'para-15.c1/with-waiver',
      'para-17-b1.c1/attributed',
      'para-17-b3.c2/one-endpoint',
      'para-18-b1.c1/baseline',
      'para-18-b1b.c1/guidance',
      'para-18-b2.c1/met',
      'para-24.c1/destroyed',
      'para-44-s1.c1/cited',
      'para-44-s3.c1/threat-note',
      'table1-CMS.c2/labels',
    ],
  },
  {
    reason: 'custody is followed for master secrets and the keys of users only',
    parts: [
      'para-2.c2/media-keys',
      'para-2.c2/leak-has-cause',
      'para-4.c1/ends-only',
      'para-4.c5/two-holders',
      'para-12.c3/no-key-on-crs',
    ],
  },
  {
    reason: 'the invariant is not watched after every event',
    parts: [
      'para-11.c1/nothing-outside',
      'para-12.c2/always-relayed',
      'para-12.c4/no-reuse',
      'para-16-b1.c2/only-these',
      'para-16.c1/one-current-set',
      'para-22.c1/one-live-set',
      'para-27.c1/one-ahead',
      'para-27.c3/two-periods',
    ],
  },
  {
    reason: 'no attacker offers another key exchange than MIKEY-SAKKE',
    parts: ['para-2.c1/other-exchange-refused'],
  },
  {
    reason: 'no attacker changes the From, or the identity of a message whose signature it leaves',
    parts: ['para-4.c3/from-rewritten', 'para-4.c3/identity-swapped'],
  },
  {
    reason: 'no attacker in a scenario sends what cannot be read: that is shown by tests of the project',
    parts: ['para-17.c1/malformed'],
  },
  {
    reason: 'milliseconds that a processor takes are not in a run, which is in virtual time',
    parts: ['para-17.c1/flood'],
  },
  {
    reason: 'UDP ports are not scanned: one that is closed is as quiet as one that is filtered',
    parts: ['para-17-b2.c1/unlisted-udp'],
  },
  { reason: 'what a phone does in a probe is in no trace', parts: ['para-17-b3.c1/no-fallback'] },
  {
    reason: 'a server that is installed anew knows no disc: nothing on it can name an older one',
    parts: ['table2-CRS.c1/older-disc-named'],
  },
  { reason: 'no attack is made on a phone that is in a call', parts: ['para-4.c5/replayed-offer'] },
  {
    reason: 'the number is not derived from the trace by other means than the one it is to be held against',
    parts: [
      'table1-CCA.c2/to-victim',
      'table1-CRS.c2/counts',
      'para-4.c4/deaf-after-restart',
      'para-11.c4/identities-read',
      'para-11.c5/sessions-of-that-psk',
      'para-25.c1/in-time',
      'para-25.c3/last-acceptance',
      'para-30.c2/hours',
      'para-31-note.c1/end-date',
      'para-32.c1/open-session',
      'para-32.c1/open-call',
      'para-40.c1/before',
      'para-41.c2/disc-first',
      'table2-CCA.c1/all-three',
      'para-43.c1/wrong-responses',
      'table1-CMS.c1/counts',
      'para-36.c1/calls-meanwhile',
      'para-39.c1/coverage',
      'para-43.c2/counts',
      'para-17-b2.c3/detected',
      'table2-CRS.c1/service-back',
    ],
  },
  {
    reason: 'no codec has a variable bit rate, and no attack classifies packets',
    parts: ['table1-CRS.c2/pace-of-speech', 'table1-CRS.c2/constant-rate'],
  },
  {
    reason: 'the CRS cannot be stopped and started in a scenario',
    parts: ['table1-CRS.c3/no-calls-while-down', 'table1-CRS.c3/recovery', 'para-32.c2/after-restart'],
  },
  {
    reason: 'it asks for every user, device, moment or setting, and the scenarios show some',
    parts: [
      'para-9.c1/acting',
      'para-11.c3/extensions',
      'para-17-b1.c2/by-hand',
      'para-17-b2.c1/unlisted-tcp',
      'para-17-b2.c1/pool-outside',
      'para-17-b2.c1/listed-exact',
      'para-20.c1/firewall-first',
      'para-20.c1/order',
      'para-23.c1/none-printed',
      'para-28.c1/this-month',
      'para-31-note.c1/this-month',
      'para-32.c3/others-go-on',
      'para-38.c1/steps-again',
      'para-45.c1/right-row',
    ],
  },
  { reason: 'no call lasts until its sequence numbers wrap', parts: ['para-12.c4/over-the-wrap'] },
  { reason: 'no call has a classification', parts: ['para-6.c1/misuse-listed'] },
  {
    reason: 'a run that fails when it should cannot count for the clause of another run',
    parts: [
      'para-16-b1.c1/cable',
      'para-30.c1/delete-leaves-remnants',
      'para-35.c1/remnants-by-method',
      'para-53.c1/coarse-shred',
      'para-43.c1/full-recovery',
      'table2-CMS.c1/in-order',
      'para-52.c1/binned',
    ],
  },
  {
    reason: 'nobody keeps a record of it that the world could hold against what was done',
    parts: [
      'para-18.c1/before-install',
      'para-19.c1/ceremony',
      'para-21.c1/managed',
      'para-24.c1/reason-and-marking',
      'para-24.c1/custody',
      'para-36.c1/told-to-action',
      'para-38.c1/nothing-reused',
      'para-16-b2.c1/mapped',
      'para-16-b2.c1/powered',
      'para-33.c1/declaration',
      'para-53.c1/accounted',
      'para-44-s4.c1/looked-up',
    ],
  },
  {
    reason: 'the CMS issues again without a request: the record of the proof is not asked for',
    parts: ['para-22.c1/live-number'],
  },
  {
    reason: 'a target that is a time can be a deadline, and bounds on the quality of calls cannot',
    parts: ['para-44.c2/limits'],
  },
  {
    reason: 'what is behind a VPN is found by where the MDM says that a phone is, and it says nothing of it',
    parts: ['para-44-s4.c2/unseen-behind-vpn'],
  },
  { reason: 'a code that was altered is not shown to a phone', parts: ['para-22.c1/code'] },
  {
    reason: 'the log has no mark for it',
    parts: [
      'para-17-b1.c2/log-gap',
      'para-24.c2/who-came-first',
      'para-28.c1/fresh',
      'para-28.c1/between-listed',
      'para-28.c2/night-and-strangers',
    ],
  },
  {
    reason: 'no attacker with the CRS serves a phone a month that is neither this one nor the next',
    parts: ['para-27.c3/third-offered'],
  },
  { reason: 'a wipe that was ordered has no state that a report prints', parts: ['para-30.c2/not-counted'] },
  { reason: 'no thief who is blocked holds the PSK of the next month', parts: ['para-32.c2/after-load'] },
  { reason: 'a code is always of the current month', parts: ['para-34.c1/month'] },
  { reason: 'the MDM wipes phones, and not numbers', parts: ['para-40.c2/not-reached'] },
  { reason: 'no key is put into the store of a CMS by hand', parts: ['para-16.c1/three-way'] },
  {
    reason: 'no call is open when an account is deleted',
    parts: ['para-37.c1/calls-cut'],
  },
  {
    reason: 'no shipped run has a deployment, and what is usual declares nothing',
    parts: ['para-49.c1/method'],
  },
];

/** Why a part is not bound, by the part. */
export const UNBOUND_REASONS: ReadonlyMap<string, string> = new Map(
  UNBOUND_PARTS.flatMap(({ reason, parts }) => parts.map((part) => [part, reason] as const)),
);
