/**
 * Both judges before traces that were tampered with at random: where shipped runs go well the judges may agree for want of trouble, so
 * trouble is made. The second judge knows nothing of calldrill; only this test knows both.
 */
import test from 'ava';
import { exposureOf, judge } from '../scenarios/evidence/verdicts/index.ts';
import type { AnyTraceEvent } from '../sim/trace.ts';
import { doctored, type LooseEvent } from './second-judge/doctoring.ts';
import { heard } from '../cli/verify/judge/hearing.ts';
import type { JsonObject } from '../cli/verify/judge/json-text.ts';
import { nameOf } from '../cli/verify/judge/losses.ts';
import type { RunJudged } from '../cli/verify/judge/sentence.ts';
import { suite } from './second-judge/suite-run.ts';
import { plays } from './shipped-plays.ts';

const ROUNDS = 150;

/** Chance that is the same in every run of this test: mulberry32. */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const chance = chanceOf(1);
const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(chance() * from.length)];
const isTry = ({ type }: LooseEvent): boolean => type === 'probe.result' || type === 'attack.ended';
/** What says nothing to any judge; a few of them would be nearly all that is hit. */
const isNoise = ({ type }: LooseEvent): boolean => /^(?:network|trace)\./.test(type);
const OUTCOMES = ['opened', 'refused', 'inconclusive'];
const FIELDS = ['reason', 'call', 'route', 'needs', 'means', 'sources', 'asset', 'audioSeconds'];
const OF_TRY: Readonly<Record<string, readonly string[]>> = {
  outcome: OUTCOMES,
  positiveControl: OUTCOMES,
  negativeControl: OUTCOMES,
};

type Tampering = (events: readonly LooseEvent[]) => readonly LooseEvent[];

/** Puts one event into the place of another, or nothing. */
const inPlaceOf = (
  events: readonly LooseEvent[],
  hit: LooseEvent | undefined,
  ...others: LooseEvent[]
): readonly LooseEvent[] => events.flatMap((event) => (event === hit ? others : [event]));

const withData = (event: LooseEvent, data: JsonObject): LooseEvent => ({
  ...event,
  data: { ...event.data, ...data },
});

let extra = 0;
/** A further try like `event`, at another time: of a probe, or typed. */
function copyOf(event: LooseEvent, end: number): LooseEvent {
  extra += 1;
  const controls = { positiveControl: pick(OUTCOMES), negativeControl: 'refused', predict: 'opened' };
  const data = { outcome: pick(['opened', 'refused']), arm: 'attempt', id: `extra-${extra}`, ...controls };
  const type = pick(['probe.result', 'attack.ended']) ?? 'probe.result';
  return { ...withData(event, data), type, n: -extra, cause: 0, t: Math.floor(chance() * end) };
}

const CHANGES: readonly Tampering[] = [
  (events) => inPlaceOf(events, pick(events.filter((event) => !isNoise(event)))),
  (events) => {
    const type = pick(events.filter((event) => !isNoise(event)))?.type;
    return events.filter((event) => event.type !== type);
  },
  (events) => {
    const hit = pick(events.filter((event) => !isNoise(event)));
    const end = events.at(-1)?.t ?? 0;
    const t = Math.floor(chance() * end);
    return hit === undefined ? events : inPlaceOf(events, hit, { ...hit, t });
  },
  (events) => {
    const [hit, other] = [pick(events.filter(isTry)), pick(events.filter(isTry))];
    const field = pick([...FIELDS, ...Object.keys(OF_TRY)]) ?? 'reason';
    const value = field in OF_TRY ? pick(OF_TRY[field] ?? []) : other?.data[field];
    return hit === undefined ? events : inPlaceOf(events, hit, withData(hit, { [field]: value }));
  },
  (events) => {
    const [last, hit] = [events.at(-1), pick(events.filter(isTry))];
    if (last === undefined || hit === undefined) return events;
    const calls = ['bob-to-alice#1', 'bob-to-alice#2'];
    const call = (copy: LooseEvent): LooseEvent =>
      copy.data['call'] === null ? copy : withData(copy, { call: pick(calls) });
    return inPlaceOf(events, last, ...[1, 2, 3].map(() => call(copyOf(hit, last.t))), last);
  },
  (events) => {
    const [last, typed] = [events.at(-1), pick(events.filter(({ type }) => type === 'console.typed'))];
    if (last === undefined || typed === undefined) return events;
    extra += 1;
    const refusal = { ...typed, type: 'console.refused', n: -extra, cause: typed.n };
    return inPlaceOf(events, typed, typed, { ...refusal, data: { code: 'X', message: '' } });
  },
  (events) => {
    const last = events.at(-1);
    if (last === undefined) return events;
    const end = Math.floor(last.t * (0.3 + 0.7 * chance()));
    return [...events.filter(({ t, n }) => t <= end && n !== last.n), { ...last, t: end }];
  },
];

/** What a judge says of a run, in one form for both. */
interface InShort {
  readonly checks: readonly string[];
  readonly ledger: readonly string[];
}

function secondInShort({ answers, losses }: RunJudged): InShort {
  return {
    checks: answers.map(({ id, finding, parts }) =>
      [id, finding, ...[...parts].map(([part, said]) => `${part} ${said}`).sort()].join(' '),
    ),
    ledger: losses
      .map((loss) =>
        [
          ...[
            nameOf(loss),
            loss.possibleSince,
            loss.firstSuccess,
            loss.lastSuccess,
            loss.ended?.at ?? 'never',
          ],
          ...[loss.ended?.reason ?? 'unknown', [...loss.means].sort(), [...loss.sources].sort(), loss.tries],
          ...[[...loss.speech.values()].reduce((sum, each) => sum + each, 0).toFixed(2), loss.trusted],
          ...[Math.min(...loss.spoken), Math.max(...loss.spoken)],
        ].join('; '),
      )
      .sort(),
  };
}

function firstInShort(name: string, trace: string): InShort {
  const play = plays.get(name);
  if (play === undefined) throw new Error(name);
  const events = trace
    .trimEnd()
    .split('\n')
    .map((line): AnyTraceEvent => JSON.parse(line));
  return {
    checks: judge(play, events).checks.map(({ id, verdict, parts }) =>
      [id, verdict, ...parts.map(({ part, verdict: said }) => `${part} ${said}`).sort()].join(' '),
    ),
    ledger: exposureOf(events)
      .map((bar) =>
        [
          ...[nameOf(bar), bar.fromEarliest, bar.from, bar.lastSuccess, bar.firstFailure ?? 'never'],
          ...[bar.refusedAs ?? 'unknown', [...bar.means].sort(), [...bar.sources].sort(), bar.tries],
          ...[bar.audioSeconds.toFixed(2), bar.controlled],
          ...[bar.spokenFrom ?? Infinity, bar.spokenUntil ?? -Infinity],
        ].join('; '),
      )
      .sort(),
  };
}

test(`two judges agree on ${ROUNDS} traces that were tampered with`, (t) => {
  const names = [...suite.traces.keys()];
  let others = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const name = pick(names) ?? '';
    const original = suite.traces.get(name) ?? '';
    let trace = original;
    for (let left = 1 + Math.floor(chance() * 3); left > 0; left -= 1)
      trace = doctored(trace, pick(CHANGES) ?? ((events) => events));
    const [run] = heard({ ...suite, traces: [trace] }).runs;
    if (run === undefined) throw new Error(name);
    const first = firstInShort(name, trace);
    t.deepEqual(secondInShort(run), first, `round ${round}, ${name}`);
    if (first.checks.join() !== firstInShort(name, original).checks.join()) others += 1;
  }
  t.true(others > ROUNDS / 10, 'what was changed has to matter');
  t.log(`${others} of ${ROUNDS} judged otherwise than the run was`);
});
