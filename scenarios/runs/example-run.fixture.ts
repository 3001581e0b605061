/** A runner for tests that runs nothing: its outcome says what it was asked for. */
import { VirtualClock } from '../../sim/clock.ts';
import { Trace, TRACE_VERSION } from '../../sim/trace.ts';
import type { Seeds } from '../world/physics.ts';
import type { Verdict } from '../evidence/model.ts';
import { EXAMPLE, EXAMPLE_VOCABULARY } from '../language/example.fixture.ts';
import { loadScreenplay, variantsOf, type Screenplay } from '../language/index.ts';
import type { RunOutcome } from './run-api.ts';
import { orderOf, type OrderWishes, type RunOrder } from './run-order.ts';

/** The example of the language, and orders of it. */
export const EXAMPLE_SCREENPLAY: Screenplay = loadScreenplay(EXAMPLE, 'example.yaml', EXAMPLE_VOCABULARY);

/** An order for a variant of the example; the variant need not be there. */
export function exampleOrder(variant: string, wishes: Partial<OrderWishes> = {}): RunOrder {
  return orderOf(EXAMPLE_SCREENPLAY, {
    build: 'b1'.repeat(32),
    variant,
    seed: '1',
    parameters: { 'crs-months': 3 },
    ...wishes,
  });
}

/**
 * One check for each expectation of the screenplay. All pass, but `fails` (a plant of the screenplay makes the checks fail that
 * it declares; `verdictOf` may say otherwise).
 */
export function exampleOutcome(
  { variant, seed, keySeed, plant, parameters }: RunOrder,
  screenplay: Screenplay = EXAMPLE_SCREENPLAY,
  verdictOf: (check: string, variant: string) => Verdict | undefined = () => undefined,
): RunOutcome {
  const chosen = variantsOf(screenplay).find(({ name }) => name === variant);
  const { title, reference } = chosen ?? { title: variant, reference: true };
  const declared = screenplay.plants.find(({ name }) => name === plant)?.fails ?? [];
  const trace = traceOf(screenplay.id, variant, { seed: `${seed} ${plant ?? ''}`, keySeed });
  return {
    scenario: screenplay.id,
    result: {
      name: variant,
      title,
      reference,
      begins: screenplay.begins,
      ends: 1,
      seed: `${seed}/${variant}`,
      parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)])),
      setBy: {},
      checks: [...screenplay.probes, ...screenplay.expect].map(({ id, title: says, parts, where }) => {
        const verdict = verdictOf(id, variant) ?? (declared.includes(id) ? 'fail' : 'pass');
        const why = 'as the test says';
        return {
          id,
          kind: 'expectation' as const,
          title: says,
          parts: parts.map((part) => ({ part: part.id, verdict, why })),
          verdict,
          why,
          evidence: [1],
          source: `${screenplay.file}:${where.line ?? 0}`,
        };
      }),
      exposure: [],
      ladder: [],
      calls: [],
      typed: [],
      moments: {},
      measures: [{ name: 'calls connected', value: 3, unit: 'calls' }],
      facts: [],
      traceDigest: trace.digest(),
      traceEvents: trace.events.length,
      replay: `calldrill run ${screenplay.id} --variant ${variant} --seed ${seed} --key-seed ${keySeed}`,
    },
    artefacts: new Map([['audio/a.wav', Uint8Array.of(1, 2)]]),
    trace: trace.toNdjson(),
    events: trace.events,
  };
}

function traceOf(scenario: string, variant: string, seeds: Seeds): Trace {
  const trace = new Trace(new VirtualClock());
  trace.append('trace.began', 'world', {
    version: TRACE_VERSION,
    tool: 'calldrill 0.1.0',
    scenario,
    variant,
    ...seeds,
    begins: '2015-10-14T08:00:00Z',
  });
  trace.append('trace.ended', 'world', { events: 2 });
  return trace;
}
