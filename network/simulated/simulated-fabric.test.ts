/** The simulated fabric keeps the promises of every fabric, on a clean link and on a bad one. */
import { SeededRandom } from '../../sim/random.ts';
import { VirtualClock } from '../../sim/clock.ts';
import { Trace } from '../../sim/trace.ts';
import { fabricCompliance } from '../fabric-compliance.fixture.ts';
import type { FabricUnderTest } from '../fabric-under-test.fixture.ts';
import { SimulatedFabric } from './fabric.ts';
import type { LinkParameters } from './link-parameters.ts';

function makeFabric(parameters: LinkParameters): FabricUnderTest {
  const clock = new VirtualClock();
  const fabric = new SimulatedFabric({
    clock,
    random: new SeededRandom('compliance'),
    trace: new Trace(clock),
  });
  const client = fabric.attach('alice-phone');
  const server = fabric.attach('crs');
  fabric.link('alice-crs', 'alice-phone', 'crs', parameters);
  const settle = (done: () => boolean = () => false): void => {
    while (!done() && clock.step());
  };
  return { client, server, settle };
}

fabricCompliance('simulated', () => makeFabric({}));

// Datagrams have no second chance, so the bad link loses none: it delays, doubles and reorders.
fabricCompliance('simulated, 400 ms and jitter', () => makeFabric({ delayMs: 400, jitterMs: 300 }));
