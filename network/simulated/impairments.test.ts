/**
 * Duplication, corruption, reordering, and what all impairments have in common. Each means what it says, at a significance of 1e-6 over
 * all seeds, and slightly wrong models are told apart, each with a probability above 0.9999 on each seed: `power` asserts it, or the
 * test says by how much it is off.
 */
import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import {
  N,
  PACKET,
  DrawnNetem,
  losses,
  delays,
  doubled,
  corrupted,
  overtaking,
  tells,
  power,
  mean,
  hasShare,
  hasCorrelatedShare,
} from './impairments.fixture.ts';
import type { LinkParameters } from './link-parameters.ts';
import { FlowDraws, noDraws } from './packet-draws.ts';
import { PROFILES } from './profiles.ts';
import { distributionFits, meanFits, proportionFits, SEEDS } from './statistics.fixture.ts';

test('duplication has its probability, and one that is a fifth lower is told apart', (t) => {
  const p = 0.05;
  power(t, p / 5, (p * (1 - p)) / N);
  tells(t, doubled, hasShare(p), { duplicate: p }, { duplicate: p * 0.8 });
});

test('correlated duplication doubles what the formula of netem says', (t) => {
  tells(
    t,
    doubled,
    hasCorrelatedShare(0.2, 0.25),
    { duplicate: 0.2, duplicateCorrelation: 0.25 },
    { duplicate: 0.2 },
  );
});

test('corruption has its probability, correlated or not, and one that is a quarter higher is told apart', (t) => {
  const p = 0.02;
  power(t, p / 4, (p * (1 - p) * 1.25) / N);
  tells(t, corrupted, hasShare(p), { corrupt: p }, { corrupt: p * 1.25 });
  tells(
    t,
    corrupted,
    hasCorrelatedShare(0.2, 0.25),
    { corrupt: 0.2, corruptCorrelation: 0.25 },
    { corrupt: 0.2 },
  );
});

test('corruption flips one bit anywhere in the packet, evenly, and checksums notice it unless there are none', (t) => {
  // 28 octets of headers and 72 of payload: 800 bits.
  for (const seed of SEEDS) {
    for (const udpChecksum of [true, false]) {
      const drawn = new DrawnNetem({ corrupt: 1, udpChecksum }, seed);
      const bits: number[] = [];
      for (let i = 0; i < 10_000; i++) {
        const arrived = drawn.corrupt(PACKET);
        const at = arrived.octets.findIndex((octet) => octet !== 0);
        const octet = arrived.octets[at] ?? 0;
        const flipped = at < 0 ? [] : [8 * at + Math.log2(octet)];
        if (
          arrived.octets.some((each, index) => each !== 0 && index !== at) ||
          flipped.some((bit) => bit % 1 > 0)
        )
          t.fail('more than one bit is flipped');
        bits.push(...flipped);
        const isNoticed = arrived.isCorrupt === true;
        if (isNoticed !== (udpChecksum || flipped.length === 0)) t.fail('a checksum is wrong about a bit');
      }
      t.true(proportionFits(bits.length, 10_000, 0.72));
      t.false(proportionFits(bits.length, 10_000, 0.78), 'a payload without the UDP header is told apart');
      t.true(distributionFits(bits, (x) => Math.min(1, Math.max(0, Math.floor(x + 1) / 576))));
      // Always the same bit of an octet would be as even over the packet.
      const low = bits.filter((bit) => bit % 8 === 0).length;
      t.true(proportionFits(low, bits.length, 1 / 8));
    }
  }
  t.true(
    PACKET.octets.every((octet) => octet === 0),
    'the packet of the sender is as it was',
  );
});

test('reordering without a gap has its probability, and one that is a tenth higher is told apart', (t) => {
  const p = 0.25;
  power(t, p / 10, (p * (1 - p)) / N);
  tells(t, overtaking, hasShare(p), { reorder: { probability: p } }, { reorder: { probability: p * 1.1 } });
});

test('correlated reordering overtakes as the formula of netem says', (t) => {
  const reorder = { probability: 0.3, correlation: 0.5 };
  tells(
    t,
    overtaking,
    hasCorrelatedShare(0.3, 0.5),
    { reorder },
    { reorder: { probability: 0.3 } },
    { reorder: { ...reorder, correlation: 0.25 } },
  );
});

test('reordering keeps its gap: at least gap - 1 delayed packets, then geometric luck', (t) => {
  // gap - 1 delayed for certain, then a wait of mean 2 and variance 2.
  const fits = (values: readonly boolean[]): boolean => {
    const at = values.flatMap((first, i) => (first ? [i] : []));
    const gaps = at.slice(1).map((position, i) => position - (at[i] ?? 0));
    return meanFits(mean(gaps), 4 + 2, 2 / gaps.length) && !gaps.some((distance) => distance < 5);
  };
  const reorder = { probability: 0.5, gap: 5 };
  tells(t, overtaking, fits, { reorder }, { reorder: { ...reorder, gap: 4 } });
});

test('a parameter that changes shifts nothing of the others', (t) => {
  const draw = (parameters: LinkParameters): unknown[] => {
    const drawn = new DrawnNetem(parameters, '1');
    return Array.from({ length: 500 }, () => {
      const { netem } = drawn;
      const draws = drawn.next();
      return [netem.doubles(draws), netem.loses(draws), netem.corrupts(draws), netem.delay(draws)];
    });
  };
  const base = { delayMs: 30, jitterMs: 10, lossRandom: 0.1, duplicate: 0.1, corrupt: 0.1 };
  const bursty = draw({
    ...base,
    lossGemodel: { p: 0.1, r: 0.1, oneMinusH: 0 },
    lossState: { p13: 0 },
    reorder: { probability: 0, correlation: 0.5 },
    rate: { bitsPerSecond: 1000 },
    mtuOctets: 68,
  });
  t.deepEqual(bursty, draw(base));
  t.notDeepEqual(draw({ ...base, jitterMs: 11 }), draw(base));
});

test('a parameter that is off draws nothing', (t) => {
  const drawn: string[] = [];
  const streams = {
    stream: (name: string) => {
      drawn.push(name);
      return new SeededRandom('1').stream(name);
    },
  };
  const chance = new FlowDraws('link', streams);
  chance.draw({ delayMs: 5, delayCorrelation: 0.5 }, noDraws());
  t.deepEqual(drawn, []);
  chance.draw({ corrupt: 0 }, noDraws());
  t.deepEqual(drawn, ['link:corrupt']);
});

test('a higher loss loses the same packets and more', (t) => {
  const low = losses({ lossRandom: 0.05 }, '1');
  const high = losses({ lossRandom: 0.1 }, '1');
  t.true(low.every((lost, i) => !lost || high[i] === true));
});

test('the profiles lose and delay as they say', (t) => {
  for (const [name, { parameters, roundTripMs, lossPercent }] of Object.entries(PROFILES)) {
    const { lossRandom = 0, lossGemodel } = parameters;
    const { p, r, oneMinusH = 1 } = lossGemodel ?? { p: 0, r: 1 };
    const percent = 100 * (1 - (1 - lossRandom) * (1 - (p / (p + r)) * oneMinusH));
    t.true(Math.abs(percent - lossPercent) <= 0.1 * lossPercent, `${name}: ${percent}`);
    const there = mean(delays(parameters, '1').slice(0, 20_000)) / 1000;
    t.true(Math.abs(2 * there - roundTripMs) <= 0.02 * roundTripMs, `${name}: ${there}`);
  }
});
