import test from 'ava';
import { VirtualClock } from '../../sim/clock.ts';
import { Trace, type AnyTraceEvent } from '../../sim/trace.ts';
import type { CapturedPacket } from '../../network/packet.ts';
import { lastLook, Performance } from '../runs/index.ts';
import { Examiner, type ExaminerState } from './examiner/examiner.ts';
import { INVARIANTS } from './invariants/index.ts';
import { assets, hallOptionsOf } from './hall.fixture.ts';
import { Witnesses, type Sight, type Testimony, type Witness } from './witness.ts';
import { World } from './world.ts';
import { openingOf } from './opening.ts';

const BLIND: Sight = { storageOf: () => undefined };

/** Counts notes, and says of every second one what was noted. */
const COUNTER: Witness<{ notes: number }> = {
  id: 'counter',
  initial: { notes: 0 },
  take(state, event) {
    if (event.type !== 'person.noted') return { state };
    const notes = state.notes + 1;
    if (notes % 2 === 1) return { state: { notes } };
    return { state: { notes }, says: [{ type: 'console.answered', data: { lines: [event.data.text] } }] };
  },
};

test('a witness is shown events, and what it says happens on it because of what it was shown', (t) => {
  const trace = new Trace(new VirtualClock());
  const witnesses = new Witnesses(trace, [COUNTER], BLIND);
  for (const text of ['one', 'two', 'three']) trace.append('person.noted', 'alice', { by: 'alice', text });
  t.deepEqual(
    trace.events.map(({ type, on, cause }) => [type, on, cause]),
    [
      ['person.noted', 'alice', 0],
      ['person.noted', 'alice', 0],
      ['console.answered', 'counter', 2],
      ['person.noted', 'alice', 0],
    ],
  );
  t.deepEqual(witnesses.stateOf(COUNTER), { notes: 3 });
  t.deepEqual(witnesses.save(), { counter: { notes: 3 } });
});

test('two witnesses of one name are a defect', (t) => {
  const trace = new Trace(new VirtualClock());
  t.throws(() => new Witnesses(trace, [COUNTER, COUNTER], BLIND), { message: /one witness counter/ });
});

/** The examiner with a memory that is written down as JSON and read again after all it is shown. */
class Forgetful implements Witness<ExaminerState> {
  readonly #examiner = new Examiner({ relays: ['crs'], voices: assets.speech });
  readonly id = this.#examiner.id;
  readonly initial = this.#examiner.initial;

  take(state: ExaminerState, event: AnyTraceEvent, sight: Sight): Testimony<ExaminerState> {
    return reread(this.#examiner.take(state, event, sight));
  }

  takePacket(state: ExaminerState, captured: CapturedPacket): Testimony<ExaminerState> {
    return reread(this.#examiner.takePacket(state, captured));
  }
}

function reread({ state, ...more }: Testimony<ExaminerState>): Testimony<ExaminerState> {
  const read: ExaminerState = JSON.parse(JSON.stringify(state));
  return { state: read, ...more };
}

const CALL = `steps:
  - { id: a, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }
  - { id: b, at: "08:01:30", by: mdm-admin, on: mdm, type: "wipe bob-phone" }
expect:
  - { id: begun, see: trace.began, times: 1 }
`;

test('all that the examiner knows is a plain value: it says the same when that is written down and taken up again', (t) => {
  const options = hallOptionsOf({ yaml: CALL, ends: '08:03' });
  const performance = new Performance(options);
  performance.finish();
  const types = new Set(performance.world.trace.events.map(({ type }) => type));
  for (const type of ['audit.server-hello', 'audit.canary', 'audit.call-keys', 'audit.residue'] as const)
    t.true(types.has(type), type);
  const said = (events: readonly AnyTraceEvent[]) => events.filter(({ on }) => on === 'examiner');
  const world = new World({ ...options, witnesses: [new Forgetful(), ...INVARIANTS] });
  world.repeat(openingOf(options.screenplay), 0);
  world.repeat(performance.world.log.slice(openingOf(options.screenplay).length), performance.now);
  world.end((devices) => lastLook(world, devices, []));
  t.deepEqual(said(world.trace.events), said(performance.world.trace.events));
});

test('what a witness does not heed would have changed nothing: neither what it knows nor what it says', (t) => {
  const performance = new Performance(hallOptionsOf({ yaml: CALL, ends: '08:03' }));
  performance.finish();
  const { events } = performance.world.trace;
  const examiner = new Examiner({ relays: ['crs'], voices: assets.speech });
  for (const witness of [examiner, ...INVARIANTS] as readonly Witness[]) {
    const unheeded = events.filter(({ type }) => witness.heeds?.(type) === false);
    t.true(unheeded.length > 0 && unheeded.length < events.length, witness.id);
    // What it has seen before may matter: it is shown everything.
    events.reduce((state, event) => {
      const taken = witness.take(state, event, BLIND);
      if (unheeded.includes(event)) t.true(taken.state === state && taken.says === undefined, event.type);
      return taken.state;
    }, witness.initial);
  }
});

test('a witness is shown no event of a type that it does not heed', (t) => {
  const trace = new Trace(new VirtualClock());
  const shown: string[] = [];
  const idle: Witness<null> = {
    id: 'idle',
    initial: null,
    heeds: (type) => type === 'person.told',
    take(state, { type }) {
      shown.push(type);
      return { state };
    },
  };
  const witnesses = new Witnesses(trace, [idle], BLIND);
  trace.append('person.noted', 'alice', { by: 'alice', text: 'one' });
  trace.append('person.told', 'alice', { by: 'alice', to: 'bob', message: 'two' });
  t.deepEqual(shown, ['person.told']);
  t.deepEqual(witnesses.save(), { idle: null });
});
