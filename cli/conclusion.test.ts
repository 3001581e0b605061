/**
 * What somebody who reads page one for a minute can answer, of five shipped runs: did it come out as it must, what is the longest that stayed open, and
 * what was not looked at. The answers were written down from the traces; a conclusion that says less or otherwise is wrong.
 */
import test from 'ava';
import { conclusionOf } from '../reports/index.ts';
import { loadAssets, loadScenario, shippedScenarios } from '../scenarios/host/index.ts';
import { CATALOGUE } from '../scenarios/catalogue/clauses.ts';
import { orderOf, runScenario, scenarioResultOf, suiteOf } from '../scenarios/runs/index.ts';
import { SHIPPED_KINDS } from '../scenarios/world/index.ts';

const SEED = '42';
const assets = await loadAssets();
const files = await shippedScenarios();

for (const { run, answer, open, unseen } of [
  {
    run: 'baseline-call/home-wifi',
    answer: /^As predicted\. 4 losses .*; of 4 nothing shows that it ended\.$/,
    open: /^baseline-call: change, shown caller of calls alice to bob, by insider .* to the end of the run, tried once\.$/m,
    unseen: /^1 row of the probe matrices is not tested: baseline-call\/vbr\.$/m,
  },
  {
    run: 'client-compromise/wipe-destroy-block',
    answer: /^As predicted\. 6 losses .*; of 2 nothing shows that it ended\.$/,
    open: /^client-compromise: hear, recorded calls of 2015-10 to alice, by thief \(decrypt by tap\), from 2015-10-14 08:53:00Z to the end of the run/m,
    unseen: /^2 checks were not tested .*: client-compromise\/wipe-destroy-block\/first-action, /m,
  },
  {
    run: 'lost-qr/user-first',
    answer: /^As predicted\. 6 losses .*; of 2 nothing shows that it ended\.$/,
    open: /^lost-qr: take calls, identity alice, by thief .*, from 2015-10-12 18:00:00Z for at most 1d 16h\.$/m,
    unseen: /^9 variants were not run: lost-qr\/identities-unchecked, /m,
  },
  {
    run: 'monthly-rekey/on-time',
    answer: /^As predicted\. 2 losses .*; of 1 nothing shows that it ended\.$/,
    open: /^monthly-rekey: sign after 2015-10, identity alice, by thief .*, from 2015-10-29 09:00:00Z for at most 3d 3h\.$/m,
    unseen:
      /^90 of 90 clauses were not tested in all their parts, 87 of them in none\. Of must and shall none of: para-13, /m,
  },
  {
    run: 'logs-unchecked/skipped',
    answer:
      /^As predicted\. No run that keeps to the procedures was made: nothing is known of what stays open\.$/,
    open: /nothing is known/,
    unseen: /^90 of 90 clauses were not tested in all their parts, 90 of them in none\./m,
  },
])
  test(`${run} answers the three questions`, async (t) => {
    const [scenario = '', variant = ''] = run.split('/');
    const file = files.find(({ name }) => name === scenario);
    if (file === undefined) return t.fail();
    const screenplay = await loadScenario(file, SHIPPED_KINDS);
    const order = orderOf(screenplay, {
      build: '0'.repeat(64),
      seed: SEED,
      keySeed: SEED,
      parameters: {},
      variant,
    });
    const { result } = runScenario(order, { assets, screenplay });
    const suite = suiteOf([scenarioResultOf(screenplay, [result])], {
      ...{ seed: SEED, keySeed: SEED, replay: '', parameters: {}, catalogue: CATALOGUE },
    });
    const { headline, exposed, unseen: notSeen } = conclusionOf(suite);
    t.regex(headline, answer);
    t.regex(exposed.map(({ text }) => text).join('\n'), open);
    t.regex(notSeen.map(({ text }) => text).join('\n'), unseen);
  });
