/**
 * `npm run soak`, shorter: what it must hold on a machine that is fast enough, what it must say on one that is not, and what it must
 * notice. Calls are real and take their time.
 */
import test from 'ava';
import { EXIT } from '../cli/exit-code.ts';
import { exitOfSoak, soakTable } from '../cli/dev/soak/soak-report.ts';
import { soak } from '../cli/dev/soak/soak-run.ts';

test.serial(
  '20 live handsets in 10 calls lose no packet, or the run says that it is not valid',
  async (t) => {
    const result = await soak({ handsets: 20, calls: 10, seconds: 10 });
    t.log(soakTable(result).slice(-4).join('\n'));
    t.is(result.flows.length, 20);
    for (const { from, sent } of result.flows) t.true(sent >= 490, `${from} sent ${sent}`);
    t.is(exitOfSoak(result), result.valid ? EXIT.pass : EXIT.inconclusive);
  },
);

test.serial('planted: an event loop that stalls makes the run not valid', async (t) => {
  const result = await soak({ handsets: 4, calls: 2, seconds: 3, planted: { stallMs: 60 } });
  t.false(result.valid);
  t.true(result.lag.p99 > result.bound);
  t.is(exitOfSoak(result), EXIT.inconclusive);
});

test.serial(
  'planted: packets that are dropped before the server are counted, and fail a valid run',
  async (t) => {
    const result = await soak({ handsets: 4, calls: 2, seconds: 3, planted: { loseEvery: 50 } });
    t.true(result.lost >= 8 && result.lost <= 20, `${result.lost} of some 600`);
    t.is(
      result.lost,
      result.flows.reduce((sum, { sent, relayIn }) => sum + sent - relayIn, 0),
    );
    t.is(exitOfSoak({ ...result, valid: true }), EXIT.fail);
  },
);
