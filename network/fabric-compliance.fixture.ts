/**
 * What every fabric must do, as tests: devices rely on this and on nothing else. Each fabric's own test file calls
 * {@link fabricCompliance}; a fabric on real sockets passes promises where the simulated one passes nothing.
 */
import test from 'ava';
import { CalldrillError } from '../sim/errors.ts';
import { fromAscii, toAscii } from '../sim/octets.ts';
import { secureStreamCompliance } from './fabric-compliance-secure.fixture.ts';
import { closingCompliance, streamCompliance } from './fabric-compliance-streams.fixture.ts';
import { connected, EndWitness, type FabricUnderTest, type OnFabric } from './fabric-under-test.fixture.ts';

/** Registers the suite under `name`. */
export function fabricCompliance(
  name: string,
  makeFabric: () => FabricUnderTest | Promise<FabricUnderTest>,
): void {
  const on: OnFabric = (title, body) => {
    test(`${name}: ${title}`, async (t) => {
      const fabric = await makeFabric();
      try {
        await body(t, fabric);
      } finally {
        await fabric.dispose?.();
      }
    });
  };
  datagrams(on);
  datagramLimits(on);
  streamCompliance(on);
  closingCompliance(on);
  secureStreamCompliance(on);
  detaching(on);
}

function datagrams(on: OnFabric): void {
  on('a datagram arrives with its sender, and the answer finds its way back', async (t, fabric) => {
    const { client, server, settle } = fabric;
    const answers: string[] = [];
    const echo = server.openDatagram(0, (from, octets) => {
      echo.send(from, fromAscii(`${toAscii(octets)} from ${from.port}`));
    });
    const socket = client.openDatagram(0, (from, octets) => {
      t.deepEqual(from, echo.local);
      answers.push(toAscii(octets));
    });
    await settle();
    socket.send(echo.local, fromAscii('hello'));
    await settle(() => answers.length > 0);
    t.deepEqual(answers, [`hello from ${socket.local.port}`]);
    t.is(socket.local.host, client.host);
  });

  on('the sender may reuse its octets at once', async (t, { client, server, settle }) => {
    const arrived: string[] = [];
    const sink = server.openDatagram(0, (_from, octets) => void arrived.push(toAscii(octets)));
    const socket = client.openDatagram(0, () => {});
    await settle();
    const octets = fromAscii('first');
    socket.send(sink.local, octets);
    octets.set(fromAscii('other'));
    await settle(() => arrived.length > 0);
    t.deepEqual(arrived, ['first']);
  });
}

function datagramLimits(on: OnFabric): void {
  on('an empty datagram and one of 1,400 octets arrive', async (t, { client, server, settle }) => {
    const lengths: number[] = [];
    const sink = server.openDatagram(0, (_from, octets) => void lengths.push(octets.length));
    const socket = client.openDatagram(0, () => {});
    await settle();
    socket.send(sink.local, new Uint8Array(0));
    socket.send(sink.local, new Uint8Array(1400));
    await settle(() => lengths.length === 2);
    t.deepEqual(
      lengths.toSorted((a, b) => a - b),
      [0, 1400],
    );
  });

  on('a datagram of more than 65,507 octets is refused', async (t, { client, server, settle }) => {
    const sink = server.openDatagram(0, () => {});
    const socket = client.openDatagram(0, () => {});
    await settle();
    const thrown = t.throws(() => socket.send(sink.local, new Uint8Array(65_508)));
    t.true(thrown instanceof CalldrillError && thrown.code === 'NETWORK_DATAGRAM_TOO_LONG');
  });

  on('a closed socket neither sends nor receives, and its port is free', async (t, fabric) => {
    const { client, server, settle } = fabric;
    const arrived: string[] = [];
    const closed = server.openDatagram(0, () => void arrived.push('at the closed socket'));
    const socket = client.openDatagram(0, () => {});
    await settle();
    const { local } = closed;
    closed.close();
    closed.close();
    await settle();
    socket.send(local, fromAscii('too late'));
    await settle();
    const reopened = server.openDatagram(local.port, (_from, octets) => void arrived.push(toAscii(octets)));
    await settle();
    socket.send(reopened.local, fromAscii('in time'));
    await settle(() => arrived.length > 0);
    socket.close();
    socket.send(reopened.local, fromAscii('closed'));
    await settle();
    t.deepEqual(arrived, ['in time']);
  });
}

function detaching(on: OnFabric): void {
  on('a device that detaches closes everything it had open', async (t, fabric) => {
    const { client, server, settle } = fabric;
    const { near, far } = await connected(fabric);
    const arrived: string[] = [];
    const sink = server.openDatagram(0, (_from, octets) => void arrived.push(toAscii(octets)));
    const listener = server.listen(0, () => new EndWitness());
    const socket = client.openDatagram(0, () => {});
    await settle();
    const [datagrams, streams] = [sink.local, listener.local];
    server.detach();
    await settle(() => near.isOver && far.isOver);
    t.deepEqual([near.reasons, far.reasons], ['reset', 'reset']);
    socket.send(datagrams, fromAscii('anyone?'));
    const late = new EndWitness();
    client.connect(streams, late);
    await settle(() => late.isOver);
    await settle();
    t.is(late.reasons, 'refused');
    t.deepEqual(arrived, []);
  });

  on('a device that has detached may open anew', async (t, { client, server, settle }) => {
    const first = server.openDatagram(0, () => {});
    await settle();
    const { port } = first.local;
    server.detach();
    await settle();
    const arrived: string[] = [];
    const sink = server.openDatagram(port, (_from, octets) => void arrived.push(toAscii(octets)));
    const socket = client.openDatagram(0, () => {});
    await settle();
    socket.send(sink.local, fromAscii('back'));
    await settle(() => arrived.length > 0);
    t.deepEqual(arrived, ['back']);
  });
}
