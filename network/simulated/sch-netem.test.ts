/** A line for tc means here what it means on Linux: held against a port of netem's published algorithm, packet by packet. */
import test from 'ava';
import fc from 'fast-check';
import { VirtualClock } from '../../sim/clock.ts';
import { SeededRandom } from '../../sim/random.ts';
import { LinkDirection } from './direction.ts';
import type { FlowPacket } from './flow.ts';
import { PACKET } from './impairments.fixture.ts';
import type { LinkParameters } from './link-parameters.ts';
import { Netem } from './netem.ts';
import { readNetem } from './netem-read.ts';
import { FlowDraws, noDraws } from './packet-draws.ts';
import { SchNetem } from './sch-netem.fixture.ts';

/** Of the Ethernet frame that netem counts. */
const FRAME_OCTETS = 14 + 28 + PACKET.octets.length;
const PREFIX = 'link:alice-crs:crs';

interface Arrival {
  readonly packet: number;
  /** Microseconds. */
  readonly at: number;
  readonly corrupt: boolean;
}

/** What the simulated link makes of packets that set out at these times, microseconds. */
function simulated(parameters: LinkParameters, times: readonly number[], seed: string): readonly Arrival[] {
  const clock = new VirtualClock();
  const arrivals: Arrival[] = [];
  const direction = new LinkDirection(parameters, {
    name: 'alice-crs',
    toward: 'crs',
    clock,
    random: new SeededRandom(seed),
    owner: {
      deliver: (_, { cause, isCorrupt = false }) =>
        void arrivals.push({ packet: cause, at: clock.now(), corrupt: isCorrupt }),
      drop: () => {},
      secondOf: (packet: FlowPacket) => ({ ...packet }),
    },
  });
  times.forEach((time, number) => {
    clock.runUntil(time);
    const packet = { ...PACKET, cause: number };
    if (direction.judge(packet) === undefined) direction.carry(packet);
  });
  while (clock.step());
  return sorted(arrivals);
}

/** What Linux makes of them. */
function judged(parameters: LinkParameters, times: readonly number[], seed: string): readonly Arrival[] {
  const random = new SeededRandom(seed);
  const itself = new FlowDraws(`${PREFIX}:${PACKET.flow.pair}`, random);
  const second = new FlowDraws(`${PREFIX}:${PACKET.flow.pair}:second`, random);
  const netem = new SchNetem(parameters, (kind) => random.stream(`${PREFIX}:first:${kind}`).uint32());
  const drawn = (chance: FlowDraws) => {
    const draws = noDraws();
    chance.draw(parameters, draws);
    return draws;
  };
  return sorted(
    times.flatMap((time, packet) =>
      netem
        .enqueue(BigInt(time) * 1_000n, FRAME_OCTETS, drawn(itself), () => drawn(second))
        .map(({ timeToSend, corrupt }) => ({
          packet,
          at: Math.max(time, Math.round(Number(timeToSend) / 1_000)),
          corrupt,
        })),
    ),
  );
}

function sorted(arrivals: readonly Arrival[]): readonly Arrival[] {
  return arrivals.toSorted((a, b) => a.packet - b.packet || a.at - b.at);
}

const share = fc.oneof(fc.constantFrom(0, 0.25, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const half = share.map((value) => value / 2);
const loss: fc.Arbitrary<LinkParameters> = fc.oneof(
  fc.record({ lossRandom: share, lossCorrelation: share }, { requiredKeys: ['lossRandom'] }),
  fc.record({
    lossState: fc.record(
      { p13: half, p31: half, p32: half, p23: share, p14: half },
      { requiredKeys: ['p13', 'p31'] },
    ),
  }),
  fc.record({
    lossGemodel: fc.record(
      { p: share, r: share, oneMinusH: share, oneMinusK: share },
      { requiredKeys: ['p', 'r'] },
    ),
  }),
  fc.constant({}),
);
const others: fc.Arbitrary<LinkParameters> = fc.record(
  {
    delayMs: fc.constantFrom(0, 5, 80, 0.0004),
    jitterMs: fc.constantFrom(0, 1, 20, 33.333, 900),
    delayCorrelation: share,
    distribution: fc.constantFrom('uniform', 'normal', 'pareto', 'paretonormal'),
    duplicate: share,
    duplicateCorrelation: share,
    corrupt: share,
    corruptCorrelation: share,
    reorder: fc.record(
      { probability: share, correlation: share, gap: fc.integer({ min: 1, max: 6 }) },
      { requiredKeys: ['probability'] },
    ),
    limitPackets: fc.integer({ min: 1, max: 8 }),
  },
  { requiredKeys: [] },
);
const times = fc
  .array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 60 })
  .map((gaps) => gaps.map((_, i) => gaps.slice(0, i + 1).reduce((sum, gap) => sum + gap, 0)));
const seed = fc.nat(1_000_000).map(String);

test('whatever is set, each packet fares as on Linux', (t) => {
  fc.assert(
    fc.property(loss, others, times, seed, (lost, other, sent, chance) => {
      const parameters = { ...lost, ...other };
      t.deepEqual(simulated(parameters, sent, chance), judged(parameters, sent, chance));
    }),
    { numRuns: 500 },
  );
});

test('so do packets that go out one after the other, to a microsecond', (t) => {
  const rate = fc.record({ bitsPerSecond: fc.integer({ min: 20_000, max: 5_000_000 }) });
  fc.assert(
    fc.property(loss, others, rate, times, seed, (lost, other, slow, sent, chance) => {
      const parameters = { ...lost, ...other, limitPackets: 1_000, rate: slow };
      // Two that arrive within that microsecond may change places, so each packet is held against itself.
      const inOrder = (arrivals: ReturnType<typeof judged>) =>
        [...arrivals].sort((a, b) => a.packet - b.packet || a.at - b.at);
      const here = inOrder(simulated(parameters, sent, chance));
      const there = inOrder(judged(parameters, sent, chance));
      t.deepEqual(
        here.map(({ packet, corrupt }) => [packet, corrupt]),
        there.map(({ packet, corrupt }) => [packet, corrupt]),
      );
      t.true(here.every(({ at }, i) => Math.abs(at - (there[i]?.at ?? 0)) <= 2));
    }),
    { numRuns: 300 },
  );
});

test('a number that is exactly at a threshold decides as on Linux', (t) => {
  const p = 0.3;
  const near = [
    0,
    2 ** 32 - 1,
    ...[p, p / 2, 1.5 * p].map((value) => Math.round(value * (2 ** 32 - 1))),
  ].flatMap((number) => [number - 1, number, number + 1].filter((each) => each >= 0 && each < 2 ** 32));
  const models: readonly LinkParameters[] = [
    { lossRandom: p },
    { lossRandom: 0 },
    { lossRandom: 1 },
    { lossState: { p13: p, p31: p, p32: p / 2, p23: p, p14: p / 2 } },
    { lossGemodel: { p, r: p / 2, oneMinusH: p, oneMinusK: p / 2 } },
    { delayMs: 5, reorder: { probability: p } },
    { corrupt: p },
  ];
  const number = fc.constantFrom(...near);
  const draws = fc.record({
    duplicate: number,
    loss: number,
    lossState: number,
    gemodelMove: number,
    gemodelLoss: number,
    corrupt: number,
    reorder: number,
    jitter: number,
  });
  fc.assert(
    fc.property(fc.constantFrom(...models), fc.array(draws, { minLength: 20 }), (parameters, packets) => {
      const netem = new Netem(parameters, { first: () => 0 });
      const judge = new SchNetem(parameters, () => 0);
      for (const numbers of packets) {
        const [leaving] = judge.enqueue(0n, 100, numbers);
        t.is(netem.loses(numbers), leaving === undefined);
        if (leaving === undefined) continue;
        t.is(netem.corrupts(numbers), leaving.corrupt);
        t.is(netem.delay(numbers) ?? 0, Number(leaving.timeToSend) / 1_000);
      }
    }),
    { numRuns: 400 },
  );
});

/** One packet each 20 ms. */
const voice = Array.from({ length: 50_000 }, (_, n) => n * 20_000);

/** How widely the delays are spread, ms, and how large a part of the packets came after one that was sent later. */
function figures(arrivals: readonly Arrival[]): { readonly spread: number; readonly late: number } {
  const delays = arrivals.map(({ packet, at }) => (at - packet * 20_000) / 1_000);
  const mean = delays.reduce((sum, each) => sum + each, 0) / delays.length;
  const variance = delays.reduce((sum, each) => sum + (each - mean) ** 2, 0) / delays.length;
  let [latest, late] = [-1, 0];
  for (const { packet } of arrivals.toSorted((a, b) => a.at - b.at || a.packet - b.packet)) {
    if (packet < latest) late++;
    latest = Math.max(latest, packet);
  }
  return { spread: Math.sqrt(variance), late: late / arrivals.length };
}

test('a correlated jitter is as wide as one without, and reorders as much: netem keeps the lowest bits', (t) => {
  const line = readNetem('delay 80ms 10ms 50% distribution normal');
  const { spread, late } = figures(simulated(line, voice, '1'));
  const onLinux = figures(judged(line, voice, '2'));
  t.true(Math.abs(spread - 10) < 0.15 && Math.abs(onLinux.spread - 10) < 0.15, `${spread}`);
  t.true(Math.abs(late - onLinux.late) < 0.006 && late > 0.06, `${late}, ${onLinux.late}`);
});

test('the number of a reordering is drawn when its gap is over', (t) => {
  const line = readNetem('delay 100ms reorder 25% 50% gap 5');
  const share5 = (arrivals: readonly Arrival[]): number =>
    arrivals.filter(({ packet, at }) => at === packet * 20_000).length / arrivals.length;
  const [here, onLinux] = [share5(simulated(line, voice, '1')), share5(judged(line, voice, '2'))];
  t.true(Math.abs(here - onLinux) < 0.003, `${here}, ${onLinux}`);
  t.true(here > 0.05 && here < 0.06, `${here}`);
});
