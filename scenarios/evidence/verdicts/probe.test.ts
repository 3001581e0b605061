import test from 'ava';
import type { CheckVerdict } from './check.ts';
import type { ProbeOutcome } from '../../world/probes/events.ts';
import { probed, screenplayOf, traceOf, type Happening } from './story.fixture.ts';
import { judge } from './verdict.ts';

const play = screenplayOf(`moments: { m: { first: a } }
probes:
  - { id: dec-in-1, row: dec-in, after: m, by: thief, type: "decrypt it", predict: opened, check: [para-2.c1/shut, para-2.c1/open] }
  - { id: dec-in-2, row: dec-in, at: "09:00", by: thief, type: "decrypt it", predict: refused }
`);

function verdicts(...happenings: readonly Happening[]): readonly CheckVerdict[] {
  return judge(play, traceOf(...happenings)).checks;
}

function verdictOn(change: Partial<ProbeOutcome>): CheckVerdict | undefined {
  return verdicts(probed(7, change))[0];
}

test('a prediction that came true passes, whichever it was', (t) => {
  const check = verdictOn({});
  t.like(check, { kind: 'probe', verdict: 'pass', decided: true, why: 'opened, as predicted: the key fits' });
  t.deepEqual(check?.evidence, [1]);
  t.is(check?.result?.t, 7);
  t.is(verdictOn({ predict: 'refused', outcome: 'refused' })?.verdict, 'pass');
});

test('a prediction that did not come true fails, whichever it was', (t) => {
  t.is(verdictOn({ outcome: 'refused' })?.verdict, 'fail');
  t.like(verdictOn({ predict: 'refused' }), {
    verdict: 'fail',
    why: 'opened, though refused was predicted: the key fits',
  });
});

test('a refusal for another reason than the predicted one did not come true', (t) => {
  const verdictOf = (reason: string, named: string) => {
    const story = screenplayOf(`probes:
  - { id: dec-in-1, row: dec-in, at: "09:00", by: thief, type: "decrypt it", predict: refused, reason: ${named}, check: para-2.c1/no-key }
`);
    return judge(
      story,
      traceOf(probed(7, { predict: 'refused', outcome: 'refused', reason: reason as 'no-rsk' })),
    ).checks[0];
  };
  t.like(verdictOf('no-rsk', 'no-rsk'), { verdict: 'pass' });
  t.like(verdictOf('blocked', 'no-rsk'), {
    verdict: 'fail',
    why: 'refused as blocked, though no-rsk was predicted: the key fits',
  });
  const predictedIt = verdictOf('blocked', 'blocked');
  t.is(predictedIt?.verdict, 'pass');
  t.deepEqual(predictedIt?.parts, [
    {
      part: 'para-2.c1/no-key',
      verdict: 'fail',
      why: 'refused as blocked, and it has to be no-rsk: the key fits',
    },
  ]);
});

test('a part says what the probe has to come to, whatever was predicted', (t) => {
  const parts = (change: Partial<ProbeOutcome>) =>
    verdictOn(change)?.parts.map(({ part, verdict, why }) => [part.slice('para-2.c1/'.length), verdict, why]);
  t.deepEqual(parts({}), [
    ['shut', 'fail', 'opened, and it has to be refused: the key fits'],
    ['open', 'pass', 'opened: the key fits'],
  ]);
  t.deepEqual(parts({ predict: 'refused', outcome: 'refused' }), [
    ['shut', 'pass', 'refused: the key fits'],
    ['open', 'fail', 'refused, and it has to be opened: the key fits'],
  ]);
});

test('a part is not decided by a probe that says nothing', (t) => {
  const verdictsOf = (check: CheckVerdict | undefined) => check?.parts.map(({ verdict }) => verdict);
  t.deepEqual(verdictsOf(verdictOn({ negativeControl: 'opened' })), ['inconclusive', 'inconclusive']);
  t.deepEqual(verdictsOf(verdictOn({ outcome: 'inconclusive' })), ['inconclusive', 'inconclusive']);
  t.deepEqual(verdictsOf(verdicts([0, 'trace.ended'])[0]), ['inconclusive', 'inconclusive']);
  const [unmade] = verdicts([7, 'probe.not-made', { id: 'dec-in-1', row: 'dec-in', reason: 'no' }, 'thief']);
  t.deepEqual(verdictsOf(unmade), ['not-tested', 'not-tested']);
});

test('a control that misbehaves makes the probe inconclusive, right or wrong', (t) => {
  for (const control of [{ positiveControl: 'refused' }, { negativeControl: 'opened' }] as const)
    for (const outcome of ['opened', 'refused'] as const)
      t.like(verdictOn({ outcome, ...control }), {
        verdict: 'inconclusive',
        code: 'SCENARIO_PROBE_CONTROL',
        decided: true,
      });
});

test('what is wrong with the controls is said, with the reasons', (t) => {
  t.is(
    verdictOn({ positiveControl: 'inconclusive', positiveBecause: 'there is no third user' })?.why,
    'opened, but the right key could not be tried (there is no third user)',
  );
  t.is(
    verdictOn({ positiveControl: 'refused', positiveBecause: 'no way', negativeControl: 'opened' })?.why,
    'opened, but the right key was refused (no way) and a wrong key was opened (a wrong key does not)',
  );
});

test('a probe without an outcome is inconclusive', (t) => {
  t.like(verdictOn({ outcome: 'inconclusive' }), { verdict: 'inconclusive', code: 'SCENARIO_PROBE_UNCLEAR' });
  const unmade = { outcome: 'inconclusive', positiveControl: 'refused', negativeControl: 'opened' } as const;
  t.like(
    verdictOn({ ...unmade, because: 'the line was refused' }),
    { code: 'SCENARIO_PROBE_UNCLEAR', why: 'no outcome: the line was refused' },
    'what could not be made has no controls that misbehaved',
  );
});

test('a probe that was not made is inconclusive, for a reason', (t) => {
  const codes = (...happenings: readonly Happening[]): readonly unknown[] =>
    verdicts(...happenings).flatMap(({ kind, code }) => (kind === 'probe' ? [code] : []));
  t.deepEqual(codes([0, 'a']), ['SCENARIO_NOT_YET', 'SCENARIO_NOT_YET']);
  t.deepEqual(codes([0, 'trace.ended']), ['SCENARIO_MOMENT_NEVER', 'SCENARIO_PROBE_NEVER']);
  t.deepEqual(codes([0, 'a'], [1, 'trace.ended']), ['SCENARIO_PROBE_NEVER', 'SCENARIO_PROBE_NEVER']);
});

test('a probe that the run could not make is not tested, with the reason', (t) => {
  const reason = 'it would disturb a world that cannot be built again';
  const [first, second] = verdicts([7, 'probe.not-made', { id: 'dec-in-1', row: 'dec-in', reason }, 'thief']);
  t.like(first, { verdict: 'not-tested', decided: true, why: reason, evidence: [1] });
  t.is(second?.verdict, 'inconclusive', 'the other probe of the row is not meant');
});
