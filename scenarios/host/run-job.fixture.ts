/** A runner for tests that runs nothing: its outcome says what it was asked for. */
import { VirtualClock } from '../../sim/clock.ts';
import { Trace, TRACE_VERSION } from '../../sim/trace.ts';
import { scenarioResultOf, type RunOutcome, type RunRequest, type Verdict } from '../runs/index.ts';
import { variantsOf } from '../language/index.ts';

/**
 * One check for each expectation of the screenplay. All pass, but `fails` (a plant of the screenplay makes the checks fail that
 * it declares; `verdictOf` may say otherwise).
 */
export function exampleOutcome(
  request: RunRequest,
  verdictOf: (check: string, variant: string) => Verdict | undefined = () => undefined,
): RunOutcome {
  const { screenplay, seed, plant } = request;
  const chosen = variantsOf(screenplay).filter(({ name }) => request.variants?.includes(name) ?? true);
  const declared = screenplay.plants.find(({ name }) => name === plant)?.fails ?? [];
  const runs = chosen.map(({ name, title, reference }) => {
    const trace = traceOf(screenplay.id, name, `${seed} ${plant ?? ''}`);
    return {
      trace,
      result: {
        name,
        title,
        reference,
        begins: screenplay.begins,
        ends: 1,
        seed: `${seed}/${name}`,
        parameters: Object.fromEntries(
          Object.entries(request.parameters).map(([key, value]) => [key, String(value)]),
        ),
        checks: [...screenplay.probes, ...screenplay.expect].map(({ id, title, clauses, where }) => ({
          id,
          kind: 'expectation' as const,
          title,
          clauses,
          verdict: verdictOf(id, name) ?? (declared.includes(id) ? ('fail' as const) : ('pass' as const)),
          why: 'as the test says',
          evidence: [1],
          source: `${screenplay.file}:${where.line ?? 0}`,
        })),
        exposure: [],
        ladder: [],
        calls: [],
        typed: [],
        moments: {},
        measures: [],
        facts: [],
        traceDigest: trace.digest(),
        traceEvents: trace.events.length,
        replay: `calldrill run ${screenplay.id} --variant ${name} --seed ${seed}`,
      },
    };
  });
  return {
    result: scenarioResultOf(
      screenplay,
      runs.map(({ result }) => result),
    ),
    artefacts: new Map(runs.map(({ result }) => [`${result.name}/audio/a.wav`, Uint8Array.of(1, 2)])),
    traces: new Map(runs.map(({ trace, result }) => [result.name, trace.toNdjson()])),
    events: new Map(runs.map(({ trace, result }) => [result.name, trace.events])),
  };
}

function traceOf(scenario: string, variant: string, seed: string): Trace {
  const trace = new Trace(new VirtualClock());
  trace.append('trace.began', 'world', {
    version: TRACE_VERSION,
    tool: 'calldrill 0.1.0',
    scenario,
    variant,
    seed,
    begins: '2015-10-14T08:00:00Z',
  });
  trace.append('trace.ended', 'world', { events: 2 });
  return trace;
}
