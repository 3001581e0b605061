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
  t.is(
    verdicts(probed(6, { id: 'dec-in-2', outcome: 'refused' }), probed(7))[0]?.verdict,
    'pass',
    'its own result',
  );
  t.is(verdicts(probed(7, { id: 'dec-in-2', predict: 'refused', outcome: 'refused' }))[1]?.verdict, 'pass');
});

test('what was predicted is what the scenario says, whatever the trace says of it', (t) => {
  t.is(verdictOn({ predict: 'refused' })?.verdict, 'pass');
  t.is(verdictOn({ predict: 'refused', outcome: 'refused' })?.verdict, 'fail');
});

test('a prediction that did not come true fails, whichever it was', (t) => {
  t.is(verdictOn({ outcome: 'refused' })?.verdict, 'fail');
  t.like(verdicts(probed(7, { id: 'dec-in-2', predict: 'refused' }))[1], {
    verdict: 'fail',
    ...{ why: 'opened, though refused was predicted: the key fits', evidence: [1] },
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
    ...{ why: 'refused as blocked, though no-rsk was predicted: the key fits', evidence: [1] },
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
  t.deepEqual(
    parts({ predict: 'refused' })?.map(([, verdict]) => verdict),
    ['fail', 'pass'],
    'a prediction that did not come true says as much of a part',
  );
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
        ...{ code: 'SCENARIO_PROBE_CONTROL', decided: true, evidence: [1] },
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
  t.is(
    verdictOn({ negativeControl: 'opened' })?.why,
    'opened, but a wrong key was opened (a wrong key does not)',
  );
});

test('a probe without an outcome is inconclusive', (t) => {
  t.like(verdictOn({ outcome: 'inconclusive' }), {
    ...{ verdict: 'inconclusive', code: 'SCENARIO_PROBE_UNCLEAR', decided: true, evidence: [1] },
  });
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
  const told = (...happenings: readonly Happening[]): readonly unknown[] =>
    verdicts(...happenings).flatMap(({ kind, why, decided }) => (kind === 'probe' ? [[why, decided]] : []));
  const yet = ['the probe has not been made yet', false];
  t.deepEqual(told([0, 'a']), [yet, yet]);
  t.deepEqual(told([0, 'trace.ended']), [
    ["the probe waits for 'm', which never happened", true],
    ['the run ended without the probe', true],
  ]);
});

test('a probe that the run could not make is not tested, with the reason', (t) => {
  const reason = 'it would disturb a world that cannot be built again';
  const [first, second] = verdicts([7, 'probe.not-made', { id: 'dec-in-1', row: 'dec-in', reason }, 'thief']);
  t.like(first, { verdict: 'not-tested', decided: true, why: reason, evidence: [1] });
  t.is(second?.verdict, 'inconclusive', 'the other probe of the row is not meant');
});

/** The first probe, with a part and a prediction that no scenario file could give it. */
function made(part: object, change: Partial<ProbeOutcome>, reason?: string): CheckVerdict | undefined {
  const parts = [{ id: 'x', by: 'probe' as const, rows: [], ...part }];
  const probes = play.probes.slice(0, 1).map((probe) => ({
    ...{ ...probe, parts, predict: change.predict ?? probe.predict },
    ...(reason === undefined ? {} : { reason }),
  }));
  return judge({ ...play, probes }, traceOf(probed(7, change))).checks[0];
}

test('a reason is asked for of a refusal only', (t) => {
  const opened = made({ outcome: 'opened', reason: 'no-rsk' }, {}, 'no-rsk');
  t.is(opened?.verdict, 'pass');
  t.deepEqual(opened?.parts, [{ part: 'x', verdict: 'pass', why: 'opened: the key fits' }]);
});

test('a refusal without a reason is not one for the reason that was named', (t) => {
  const shut = { predict: 'refused', outcome: 'refused', reason: null } as const;
  const refused = made({ outcome: 'refused', reason: 'no-rsk' }, shut, 'no-rsk');
  t.is(refused?.why, 'refused as unknown, though no-rsk was predicted: the key fits');
  t.is(refused?.parts[0]?.why, 'refused as unknown, and it has to be no-rsk: the key fits');
  t.is(made({ outcome: 'refused' }, shut)?.parts[0]?.verdict, 'pass');
  const right = made({ outcome: 'refused', reason: 'no-rsk' }, { ...shut, reason: 'no-rsk' }, 'no-rsk');
  t.is(right?.parts[0]?.verdict, 'pass');
});

test('a part that asks for no outcome is shown by no probe', (t) => {
  t.deepEqual(made({}, {})?.parts, [
    { part: 'x', verdict: 'fail', why: 'opened, and it has to be shown otherwise: the key fits' },
  ]);
});
