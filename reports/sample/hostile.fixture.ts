/** A run in which every text that a user or an attacker can choose is hostile. */
import type { MissingRun, VariantResult } from '../../scenarios/evidence/model.ts';
import { SECOND } from '../../sim/clock.ts';
import { probe } from './probe.fixture.ts';
import { BEGINS, traceOf } from './trace.fixture.ts';

/** What somebody would type to break a report: markup, script, XML ends, controls, direction overrides, lone surrogates, patterns of replacements, separators of lines. */
export const HOSTILE =
  '</script><img src=x onerror="alert(1)">\'"&amp; ]]> \u{1b}[31mred\u{7} \u{202e}txet\u{0} \u{d800} $\' $& $` \u{2028}\u{2029} javascript:alert(1)';

/** Two events whose texts break out of HTML, XML or a terminal wherever one of them is not escaped. */
export const hostileTrace = traceOf([
  [0, 'trace.began', HOSTILE, 0, { tool: HOSTILE }],
  [SECOND, 'person.typed', HOSTILE, 1, { line: HOSTILE, long: 'x'.repeat(2000) }],
]);

/** A run that failed, with an error that quotes what it met. */
export const hostileMissing: MissingRun = {
  name: 'lost',
  title: HOSTILE,
  reference: true,
  checks: [
    {
      id: HOSTILE,
      kind: 'expectation',
      title: HOSTILE,
      parts: [HOSTILE, 'para-25.c1/shown'],
      source: HOSTILE,
    },
    { id: 'tried', kind: 'probe', title: 'The second attempt', parts: [], source: 'hostile.yaml:9' },
  ],
  code: 'RUN_MEMORY_FULL',
  why: HOSTILE,
  seed: '42',
  replay: HOSTILE,
};

/** A variant whose names, titles and reasons are all hostile; what reads it must show them and obey none. */
export const hostileRun: VariantResult = {
  name: 'hostile',
  title: HOSTILE,
  reference: true,
  begins: BEGINS,
  ends: 10 * SECOND,
  seed: HOSTILE,
  setBy: { [HOSTILE]: { by: 'deployment', at: HOSTILE } },
  parameters: { [HOSTILE]: HOSTILE },
  checks: [
    {
      id: HOSTILE,
      kind: 'expectation',
      title: HOSTILE,
      parts: [{ part: HOSTILE, verdict: 'fail', why: HOSTILE }],
      verdict: 'fail',
      why: HOSTILE,
      evidence: [2, 99],
      source: HOSTILE,
    },
    {
      id: `probe ${HOSTILE}`,
      kind: 'probe',
      title: HOSTILE,
      parts: [],
      verdict: 'not-tested',
      why: HOSTILE,
      evidence: [],
      source: HOSTILE,
      probe: {
        ...probe({
          row: HOSTILE,
          line: HOSTILE,
          time: SECOND,
          predict: 'opened',
          prediction: HOSTILE,
          means: [HOSTILE],
        }),
        positiveBecause: HOSTILE,
        negativeControl: 'opened',
        negativeBecause: HOSTILE,
      },
    },
  ],
  exposure: [
    {
      asset: HOSTILE,
      capability: HOSTILE,
      fromEarliest: SECOND,
      from: SECOND,
      lastSuccess: SECOND,
      firstFailure: 2 * SECOND,
      means: [HOSTILE],
      audioSeconds: 1,
      tries: [HOSTILE],
      ...{ attacker: HOSTILE, attack: HOSTILE, route: HOSTILE, needs: [HOSTILE] },
      ...{ sources: [HOSTILE], refusedAs: HOSTILE, controlled: false },
    },
  ],
  ladder: [{ time: SECOND, from: HOSTILE, to: 'crs', label: HOSTILE, kind: 'attack', event: 2 }],
  calls: [
    {
      call: HOSTILE,
      listener: HOSTILE,
      event: 2,
      lost: 9,
      discarded: 2,
      missingPercent: 1.1,
      burstRatio: 1.62,
      jitterMs: 18.4,
      roundTripMs: null,
      delayMs: 244,
      r: 1,
      mos: 1,
      category: HOSTILE,
    },
  ],
  typed: [{ time: SECOND, by: HOSTILE, on: HOSTILE, line: HOSTILE, clause: HOSTILE, refused: HOSTILE }],
  moments: { [HOSTILE]: { time: SECOND, event: 2 } },
  measures: [{ name: HOSTILE, value: null, unit: 'percent' }],
  facts: [{ name: HOSTILE, text: HOSTILE }],
  traceDigest: hostileTrace.digest,
  traceEvents: hostileTrace.events.length,
  replay: HOSTILE,
};
