/** One call with nothing exposed, and the verdicts that are neither pass nor fail. */
import type { VariantResult } from '../../scenarios/evidence/model.ts';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { BEGINS, traceOf } from './trace.fixture.ts';

/** Four events: a call over a minute in which nothing goes wrong. */
export const plainCall = traceOf([
  [0, 'trace.began', 'run', 0, { version: 2, tool: 'calldrill 0.1.0', seed: '42' }],
  [5 * SECOND, 'person.typed', 'alice', 0, { on: 'alice-phone', line: 'call bob --for 20s' }],
  [7 * SECOND, 'call.connected', 'bob-phone', 2, { call: 'alice-to-bob#1', setUpMs: 2011 }],
  [MINUTE, 'trace.ended', 'run', 0, { events: 4 }],
]);

/** A reference run without exposures, with checks that were waived or do not apply beside those that pass. */
export const plainRun: VariantResult = {
  name: 'three-g',
  title: 'One call over 3G',
  reference: true,
  begins: BEGINS,
  ends: MINUTE,
  seed: '42/baseline-call/three-g',
  setBy: {},
  parameters: {},
  checks: [
    {
      id: 'connects',
      kind: 'expectation',
      title: 'The call connects',
      parts: [{ part: 'para-4.c1/shown', verdict: 'pass', why: 'as the check says' }],
      verdict: 'pass',
      why: 'call.connected came 2.011 s after the dial; the limit is 10 s.',
      evidence: [3],
      source: 'baseline-call.yaml:20',
    },
    {
      id: 'other-voip',
      kind: 'expectation',
      title: 'No other VoIP application is installed',
      parts: [{ part: 'para-18-b3.c1/shown', verdict: 'waived', why: 'as the check says' }],
      verdict: 'waived',
      why: 'Waived by the DSO until 2015-12-31: the second application is the pager.',
      evidence: [],
      source: 'baseline-call.yaml:24',
    },
    {
      id: 'ios-only',
      kind: 'expectation',
      title: 'The iOS gate refuses an old version',
      parts: [{ part: 'para-7-b1.c1/shown', verdict: 'not-applicable', why: 'as the check says' }],
      verdict: 'not-applicable',
      why: 'No iOS handset is in this world.',
      evidence: [],
      source: 'baseline-call.yaml:27',
    },
  ],
  exposure: [],
  ladder: [],
  calls: [
    {
      call: 'alice-to-bob#1',
      listener: 'bob',
      event: 1,
      lost: 9,
      discarded: 2,
      missingPercent: 1.1,
      burstRatio: 1.62,
      jitterMs: 18.4,
      roundTripMs: 301.2,
      delayMs: 244,
      r: 76.3,
      mos: 3.87,
      category: 'medium',
      sound: { file: 'heard/alice-to-bob-1-bob.wav', seconds: 0.5, cut: true },
    },
    {
      call: 'alice-to-bob#1',
      listener: 'alice',
      event: 1,
      lost: 0,
      discarded: 0,
      missingPercent: 0,
      burstRatio: 1,
      jitterMs: 0,
      roundTripMs: null,
      delayMs: null,
      r: null,
      mos: null,
      category: null,
    },
  ],
  typed: [{ time: 5 * SECOND, by: 'alice', on: 'alice-phone', line: 'call bob --for 20s' }],
  moments: {},
  measures: [{ name: 'call set-up', value: 2011, unit: 'milliseconds' }],
  facts: [{ name: 'network: alice-crs', text: 'delay 75ms' }],
  traceDigest: plainCall.digest,
  traceEvents: plainCall.events.length,
  replay: 'calldrill run baseline-call --variant three-g --seed 42',
};
