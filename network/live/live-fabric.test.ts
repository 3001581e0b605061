/** The live fabric keeps the promises of every fabric, with all hosts on one address and with an address each. */
import { fabricCompliance } from '../fabric-compliance.fixture.ts';
import type { FabricUnderTest } from '../fabric-under-test.fixture.ts';
import { LiveNetwork } from './live-network.fixture.ts';

async function makeFabric(addresses?: ReadonlyMap<string, string>): Promise<FabricUnderTest> {
  const network = await LiveNetwork.open(addresses);
  return {
    client: network.phone,
    server: network.crs,
    settle: (done) => network.settle(done),
    dispose: async () => {
      await network.close();
      for (const defect of network.defects) throw defect;
    },
  };
}

fabricCompliance('live, one address', async () => makeFabric());

// Other systems have no loopback addresses beside 127.0.0.1.
if (process.platform === 'linux')
  fabricCompliance('live, an address each', async () =>
    makeFabric(
      new Map([
        ['alice-phone', '127.0.0.2'],
        ['crs', '127.0.0.3'],
      ]),
    ),
  );
