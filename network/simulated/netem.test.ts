/** Link parameters in netem's words: read, printed, and as lines for tc. */
import test from 'ava';
import fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { fuzz } from '../../sim/fuzz.ts';
import type { LinkParameters } from './link-parameters.ts';
import { netemOf, tcOf } from './netem-print.ts';
import { readNetem } from './netem-read.ts';
import { fuzzTargets } from './netem.fuzz.ts';
import { PROFILES } from './profiles.ts';

function mistake(text: string): string {
  try {
    readNetem(text);
  } catch (thrown) {
    if (thrown instanceof CalldrillError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'none';
}

test('each setting is read as the manual of netem says', (t) => {
  t.deepEqual(readNetem('delay 100ms 20ms 25% distribution normal'), {
    delayMs: 100,
    jitterMs: 20,
    delayCorrelation: 0.25,
    distribution: 'normal',
  });
  t.deepEqual(readNetem('delay 1.5s 250us'), { delayMs: 1500, jitterMs: 0.25 });
  t.deepEqual(readNetem('loss 0.7%'), { lossRandom: 0.007 });
  t.deepEqual(readNetem('loss random 5 25'), { lossRandom: 0.05, lossCorrelation: 0.25 });
  t.deepEqual(readNetem('loss gemodel 5%'), { lossGemodel: { p: 0.05, r: 0.95 } });
  t.deepEqual(readNetem('loss gemodel 5% 30% 80% 1%'), {
    lossGemodel: { p: 0.05, r: 0.3, oneMinusH: 0.8, oneMinusK: 0.01 },
  });
  t.deepEqual(readNetem('loss state 1%'), { lossState: { p13: 0.01 } });
  t.deepEqual(readNetem('loss state 1% 20% 30% 50% 3%'), {
    lossState: { p13: 0.01, p31: 0.2, p32: 0.3, p23: 0.5, p14: 0.03 },
  });
  t.deepEqual(readNetem('duplicate 1% 10% corrupt 0.1% 5%'), {
    duplicate: 0.01,
    duplicateCorrelation: 0.1,
    corrupt: 0.001,
    corruptCorrelation: 0.05,
  });
  t.deepEqual(readNetem('delay 10ms reorder 25% 50% gap 5'), {
    delayMs: 10,
    reorder: { probability: 0.25, correlation: 0.5, gap: 5 },
  });
  // In tc, mbps are megabytes.
  t.deepEqual(readNetem('rate 2mbit 20 48 5'), {
    rate: { bitsPerSecond: 2e6, overheadOctets: 20, cellOctets: 48, cellOverheadOctets: 5 },
  });
  t.deepEqual(readNetem('rate 1mbps -14'), { rate: { bitsPerSecond: 8e6, overheadOctets: -14 } });
  t.deepEqual(readNetem('limit 50 mtu 1400 block udp udp-checksum off'), {
    limitPackets: 50,
    mtuOctets: 1400,
    block: 'udp',
    udpChecksum: false,
  });
});

test('what is not named stays, what is named is set anew as a whole, and off and clear take away', (t) => {
  const base = readNetem('delay 100ms 20ms distribution normal loss gemodel 5% 30% limit 9');
  t.deepEqual(readNetem('', base), base);
  t.deepEqual(readNetem('loss 1%', base), {
    delayMs: 100,
    jitterMs: 20,
    distribution: 'normal',
    limitPackets: 9,
    lossRandom: 0.01,
  });
  t.deepEqual(readNetem('delay 5ms', base), {
    delayMs: 5,
    limitPackets: 9,
    lossGemodel: { p: 0.05, r: 0.3 },
  });
  t.deepEqual(readNetem('distribution pareto', base).distribution, 'pareto');
  t.deepEqual(readNetem('delay off loss off', base), { limitPackets: 9 });
  t.deepEqual(readNetem('clear mtu 1400', base), { mtuOctets: 1400 });
  const all = 'duplicate off corrupt off reorder off rate off limit off mtu off block off udp-checksum on';
  t.deepEqual(readNetem(`${all} loss off delay off`, base), {});
});

test('several loss models stand together when one line names them', (t) => {
  t.deepEqual(readNetem('loss 1% loss gemodel 5% 30%', { lossState: { p13: 0.5 } }), {
    lossRandom: 0.01,
    lossGemodel: { p: 0.05, r: 0.3 },
  });
  t.deepEqual(readNetem('loss 5% 25% loss 3%'), { lossRandom: 0.03 }, 'the same model again');
  t.deepEqual(readNetem('loss 5% loss off loss gemodel 5% 30%'), { lossGemodel: { p: 0.05, r: 0.3 } });
});

test('a mistake is told with the words around it', (t) => {
  t.is(
    mistake('delay 100'),
    "NETWORK_NETEM_SYNTAX: expected a delay such as 100ms after 'delay', found '100'",
  );
  t.is(
    mistake('loss gemodel'),
    "NETWORK_NETEM_SYNTAX: expected p, the probability of a burst after 'gemodel', found nothing",
  );
  for (const text of [
    'lag 5ms',
    'delay 10ms distribution normal',
    'delay 10ms 1ms distribution experimental',
    'reorder 5%',
    'gap 5',
    'loss 5%%',
    'rate 5parsec',
    'rate 5constructor',
    'slot 1ms',
    'block sctp',
    'limit many',
    'duplicate',
  ])
    t.regex(mistake(text), /^NETWORK_NETEM_SYNTAX: /, text);
  for (const text of ['loss 101%', 'delay 2000000s', 'limit 0', 'mtu 20', 'loss state 90% 20% 30% 50% 90%'])
    t.regex(mistake(text), /^NETWORK_LINK_PARAMETER: /, text);
});

const share = fc.integer({ min: 0, max: 1000 }).map((each) => Number(`${each}e-3`));
const some = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const parameters: fc.Arbitrary<LinkParameters> = fc
  .record({
    delayMs: fc.integer({ min: 1, max: 1_000_000 }).map((each) => Number(`${each}e-3`)),
    jitterMs: fc.integer({ min: 1, max: 5_000 }),
    delayCorrelation: some(share),
    distribution: some(fc.constantFrom('uniform', 'normal', 'pareto', 'paretonormal')),
    lossRandom: some(share),
    lossState: some(
      fc.record({
        p13: fc.constant(0.25),
        p31: fc.constant(0.25),
        p32: fc.constant(0.5),
        p23: share,
        p14: fc.constant(0.07),
      }),
    ),
    lossGemodel: some(fc.record({ p: share, r: share, oneMinusH: share, oneMinusK: share })),
    duplicate: some(share),
    corrupt: some(share),
    corruptCorrelation: some(share),
    reorder: some(
      fc.record({ probability: share, correlation: share, gap: fc.integer({ min: 1, max: 99 }) }),
    ),
    rate: some(
      fc.record({
        bitsPerSecond: fc.constantFrom(7, 64_000, 384_000, 2_000_000, 1_500_000, 1_000_000_000),
        overheadOctets: fc.integer({ min: -50, max: -1 }),
        cellOctets: fc.integer({ min: 1, max: 99 }),
        cellOverheadOctets: fc.integer({ min: 1, max: 9 }),
      }),
    ),
    limitPackets: some(fc.integer({ min: 1, max: 1000 })),
    mtuOctets: some(fc.integer({ min: 68, max: 1500 })),
    block: some(fc.constantFrom('udp', 'tcp', 'all')),
    udpChecksum: some(fc.constant(false)),
  })
  .map((all) => {
    const given = Object.entries(all).filter(([name, value]) => {
      return value !== undefined && !(name === 'corruptCorrelation' && all.corrupt === undefined);
    });
    return Object.fromEntries(given);
  });

test('what is printed is read back as the same parameters', (t) => {
  fc.assert(
    fc.property(parameters, (each) => t.deepEqual(readNetem(netemOf(each)), each)),
    { numRuns: 500 },
  );
  for (const { parameters: each } of Object.values(PROFILES)) {
    const again = readNetem(netemOf(each));
    t.is(netemOf(again), netemOf(each));
  }
});

test('the words of the manual are what is printed', (t) => {
  t.is(
    netemOf(PROFILES['roaming-3g'].parameters),
    'limit 200 delay 200ms 40ms distribution normal loss gemodel 1.2% 20% 53% 0% rate 400kbit',
  );
  t.is(netemOf({}), '');
  t.is(netemOf({ lossState: { p13: 0.07 } }), 'loss state 7%');
  t.is(netemOf({ lossState: { p13: 0.07, p23: 0.5 } }), 'loss state 7% 93% 0% 50%');
});

test('a line for tc names a limit, has one loss model, and says what it leaves out', (t) => {
  t.deepEqual(tcOf({ delayMs: 10 }), {
    command: 'tc qdisc replace dev eth0 root netem limit 4294967295 delay 10ms',
    notes: [],
  });
  t.is(
    tcOf(PROFILES['roaming-far'].parameters).command,
    'tc qdisc replace dev eth0 root netem limit 1000 delay 150ms 25ms distribution paretonormal loss gemodel 0.8% 20% 52% 0% rate 12mbit',
  );
  t.is(
    tcOf(readNetem('delay 100ms 20ms distribution uniform limit 9')).command,
    'tc qdisc replace dev eth0 root netem limit 9 delay 100ms 20ms',
    'tc has no table of that name',
  );
  const { command, notes } = tcOf(
    readNetem('delay 250ms 120ms distribution normal loss random 2% loss gemodel 6% 40% 47% duplicate 0.1%'),
  );
  t.is(
    command,
    'tc qdisc replace dev eth0 root netem limit 4294967295 delay 250ms 120ms distribution normal loss random 2% duplicate 0.1%',
  );
  t.is(notes.length, 2);
  t.regex(notes[0] ?? '', /loss gemodel 6% 40% 47% 0%/);
  const others = tcOf({ mtuOctets: 1400, block: 'udp', udpChecksum: false, limitPackets: 5 });
  t.is(others.command, 'tc qdisc replace dev eth0 root netem limit 5');
  t.deepEqual(others.notes, [
    'not netem: ip link set dev eth0 mtu 1400',
    'not netem: nft add rule inet filter output meta l4proto udp drop',
    'not netem: the sender sets SO_NO_CHECK',
  ]);
});

test('no line of settings breaks the reader', (t) => {
  for (const target of fuzzTargets) {
    const { defects, read, refused } = fuzz(target, 4_000);
    t.deepEqual(defects, []);
    t.true(read > 0 && refused > 0);
  }
});
