/** Short made-up traces and screenplays for the tests of verdicts. */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { loadScreenplay, type Screenplay, type Vocabulary } from '../../language/index.ts';
import type { ProbeOutcome } from '../../world/probes/events.ts';

const VOCABULARY: Vocabulary = {
  parameters: {},
  clauses: ['para-1', 'para-2'],
  parts: new Map([
    ['para-1.c1/seen', { id: 'para-1.c1/seen', by: 'expectation', rows: [] }],
    ['para-1.c1/soon', { id: 'para-1.c1/soon', by: 'expectation', rows: [] }],
    ['para-2.c1/shut', { id: 'para-2.c1/shut', by: 'probe', rows: ['dec-in'], outcome: 'refused' }],
    [
      'para-2.c1/no-key',
      { id: 'para-2.c1/no-key', by: 'probe', rows: ['dec-in'], outcome: 'refused', reason: 'no-rsk' },
    ],
    ['para-2.c1/open', { id: 'para-2.c1/open', by: 'probe', rows: ['dec-in'], outcome: 'opened' }],
  ]),
  targets: { prompt: { kind: 'duration', needed: ['para-1.c1/soon'] } },
  reasons: ['blocked', 'no-rsk'],
  rows: ['dec-in'],
  knownEvents: ['a', 'b', 'c', 'd', 'e', 'probe.result'],
  opportunities: { c: [{ type: 'd' }], e: [{ type: 'd', same: { user: 'holder' } }] },
  plants: [],
  profiles: [],
  linkSettings: {},
  kinds: { attacker: { attacks: true, linked: false, settings: {} } },
};

/** A screenplay with these parts: lines of YAML, indented as in a file. */
export function screenplayOf(parts: string): Screenplay {
  const text = `scenario: story
title: Story
begins: 2015-10-14T08:00:00Z
world: { devices: { thief: { kind: attacker } } }
${parts}`;
  return loadScreenplay(text, 'story.yaml', VOCABULARY);
}

/** What happened: time, type, data, and the device when it matters. */
export type Happening = readonly [
  t: Micros,
  type: string,
  data?: Readonly<Record<string, unknown>>,
  on?: string,
];

/** The events of a story, numbered from 1, after an opening in which nothing happened unless it has one of its own. Their types are not those of any room, so the compiler cannot know them. */
export function traceOf(...happenings: readonly Happening[]): readonly AnyTraceEvent[] {
  const opened: Happening = [0, 'opening.ended', { played: [] }, 'world'];
  const own = happenings.some(([, type]) => type === 'opening.ended');
  return [opened, ...happenings]
    .map(
      ([t, type, data = {}, on = 'crs'], n) =>
        ({ n, t, type, on, cause: 0, data }) as unknown as AnyTraceEvent,
    )
    .slice(own ? 1 : 0);
}

/** The result of a probe at `t` that opened what it was predicted to open, with good controls, but for `change`. */
export function probed(t: Micros, change: Partial<ProbeOutcome> = {}): Happening {
  const outcome: ProbeOutcome = {
    id: 'dec-in-1',
    row: 'dec-in',
    probe: 'decrypt',
    predict: 'opened',
    outcome: 'opened',
    attack: 'decrypt',
    route: 'tap',
    needs: ['psk', 'rsk', 'media'],
    asset: 'recorded calls of 2015-10 to alice',
    capability: 'hear',
    victim: 'alice',
    call: 'bob-to-alice#1',
    reason: null,
    missing: [],
    means: ['RSK(alice)'],
    sources: ['alice-crs'],
    because: 'the key fits',
    audioSeconds: 40,
    positiveControl: 'opened',
    positiveBecause: 'the right key fits',
    positiveReason: null,
    negativeControl: 'refused',
    negativeBecause: 'a wrong key does not',
    negativeReason: 'no-rsk',
    ...change,
  };
  return [t, 'probe.result', { ...outcome }, 'thief'];
}
