import test from 'ava';
import * as fc from 'fast-check';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Reception } from './reception.ts';
import { RtcpInterval } from './rtcp-interval.ts';
import { parseRtcp } from './rtcp-read.ts';
import { ntpOf, RtcpSession } from './rtcp-session.ts';

const FRAME = 20 * MILLISECOND;

/** A stream of which `lost` do not come; frame n arrives `delay(n)` late. */
function received(
  frames: number,
  lost: (n: number) => boolean,
  delay: (n: number) => number = () => 0,
): Reception {
  const reception = new Reception();
  for (let n = 0; n < frames; n++)
    if (!lost(n)) reception.add((65_000 + n) & 0xffff, (n * 160) >>> 0, n * FRAME + delay(n));
  return reception;
}

test('losses are counted across the turn of the sequence number', (t) => {
  const reception = received(1_000, (n) => n % 10 === 5);
  t.deepEqual([reception.expected, reception.received, reception.lost], [1_000, 900, 100]);
  t.like(reception.report(), { fractionLost: 25, cumulativeLost: 100, highestSequence: 65_999 });
});

test('the fraction lost is of the interval, the cumulative number of the stream', (t) => {
  const reception = received(100, (n) => n >= 50 && n % 2 === 0 && n < 99);
  t.is(reception.report().fractionLost, 64);
  for (let n = 100; n < 200; n++) reception.add((65_000 + n) & 0xffff, n * 160, n * FRAME);
  t.like(reception.report(), { fractionLost: 0, cumulativeLost: 25 });
  t.like(reception.report(), { fractionLost: 0, cumulativeLost: 25 }, 'an interval without packets');
});

test('duplicates make the number lost negative, and the fraction zero (RFC 3550 A.3)', (t) => {
  const reception = received(10, () => false);
  reception.add((65_000 + 9) & 0xffff, 9 * 160, 9 * FRAME);
  t.like(reception.report(), { fractionLost: 0, cumulativeLost: -1 });
});

test('nothing received is reported as nothing', (t) => {
  t.deepEqual(new Reception().report(), {
    fractionLost: 0,
    cumulativeLost: 0,
    highestSequence: 0,
    jitter: 0,
  });
});

test('property: jitter is what the formula of section 6.4.1 gives, to the rounding of A.8', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 800 }), { minLength: 2, maxLength: 200 }), (delays) => {
      const reception = received(
        delays.length,
        () => false,
        (n) => (delays[n] ?? 0) * 125,
      );
      let jitter = 0;
      for (let n = 1; n < delays.length; n++)
        jitter += (Math.abs((delays[n] ?? 0) - (delays[n - 1] ?? 0)) - jitter) / 16;
      t.true(Math.abs(reception.jitter - jitter) <= 1.5, `${reception.jitter} and ${jitter}`);
    }),
  );
});

test('an even stream has no jitter, over the turn of the timestamp too', (t) => {
  const reception = new Reception();
  for (let n = 0; n < 100; n++) reception.add(n, (0xffffff00 + n * 160) >>> 0, 7 * SECOND + n * FRAME);
  t.is(reception.jitter, 0);
});

const begins = Date.parse('2015-10-14T08:00:00.250Z');
const sent = { rtpTimestamp: 2 ** 33 + 5, packets: 3, octets: 480 };

function sessions() {
  const make = (ssrc: number) =>
    new RtcpSession({
      ssrc,
      cname: `end-${ssrc}`,
      beginsUnixMs: begins,
      reception: received(50, (n) => n === 7),
    });
  return { alice: make(1), bob: make(2) };
}

test('the round trip is measured however long the other end holds the report', (t) => {
  for (const held of [0, 1, 3_000_000, 70_000_001]) {
    const { alice, bob } = sessions();
    const begun = 12_345_678;
    bob.receive(alice.report(begun, sent, undefined), begun + 70_000);
    t.is(bob.roundTrip, undefined, 'nothing was said of Bob yet');
    alice.receive(bob.report(begun + 70_000 + held, sent, 1), begun + 150_000 + held);
    t.true(Math.abs((alice.roundTrip ?? 0) - 150_000) <= 31, `${alice.roundTrip}`);
    t.is(alice.peerBlock?.cumulativeLost, 1);
  }
});

test('a report is a sender report, a name and, at the end, a goodbye', (t) => {
  const { alice, bob } = sessions();
  const [report, description, ...rest] = parseRtcp(alice.report(0, sent, 2));
  t.like(report, { kind: 'SR', ssrc: 1, sender: { rtpTimestamp: 5, packets: 3, octets: 480 } });
  t.like(report, { blocks: [{ ssrc: 2, lastReport: 0, delaySinceLastReport: 0 }] });
  t.is(description?.kind, 'SDES');
  t.deepEqual(rest, []);
  const last = alice.goodbye(5, sent, undefined);
  t.like(parseRtcp(last).at(-1), { kind: 'BYE', ssrcs: [1] });
  t.false(bob.left);
  bob.receive(last, 6);
  t.true(bob.left);
});

test('a report about somebody else teaches nothing', (t) => {
  const { alice, bob } = sessions();
  alice.receive(bob.report(0, sent, 99), 1);
  t.deepEqual([alice.peerBlock, alice.roundTrip], [undefined, undefined]);
});

test('an NTP timestamp counts from 1900 in 2^32ths of a second', (t) => {
  t.deepEqual(ntpOf(0, 0), { ntpSeconds: 2_208_988_800, ntpFraction: 0 });
  t.deepEqual(ntpOf(begins, 1_250_000), {
    ntpSeconds: begins / 1000 - 0.25 + 2_208_988_800 + 1,
    ntpFraction: 2 ** 31,
  });
});

test('reports come every five seconds on average, never together, the first sooner', (t) => {
  const random = new SeededRandom('interval').stream('reports');
  const gaps: number[] = [];
  let first = 0;
  for (let run = 0; run < 40; run++) {
    const interval = new RtcpInterval(random, 0);
    let now = interval.begin();
    let last = 0;
    for (let sentReports = 0; sentReports < 26;) {
      const { send, wait } = interval.fired(now);
      if (send) {
        if (sentReports === 0) first += now / 40;
        else gaps.push(now - last);
        last = now;
        sentReports++;
      }
      now += wait;
    }
  }
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  // The bounds of RFC 3550 A.7; the mean of 1,000 intervals strays from its own by less than 0.2 s (6 sigma).
  t.true(mean > 4.6 * SECOND && mean < 5.4 * SECOND, `${mean}`);
  t.true(Math.min(...gaps) >= 2.05 * SECOND && Math.max(...gaps) <= 12.4 * SECOND);
  t.true(first > 1.9 * SECOND && first < 3.1 * SECOND, `${first}`);
});
