/** The relay by itself, between two parties and somebody who would like to be one of them. */
import test from 'ava';
import { SECOND, VirtualClock } from '../../sim/clock.ts';
import { fromAscii, toAscii } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Trace } from '../../sim/trace.ts';
import type { Address } from '../../network/fabric.ts';
import { SimulatedFabric } from '../../network/simulated/index.ts';
import { Relay } from './relay.ts';

/** One socket of a host, what it was sent, and how it speaks to the relay. */
interface Party {
  readonly address: Address;
  readonly heard: string[];
  say(to: Address, text: string): void;
}

function relayed() {
  const clock = new VirtualClock();
  const fabric = new SimulatedFabric({ clock, random: new SeededRandom('1'), trace: new Trace(clock) });
  const strays: Address[] = [];
  const relay = new Relay(fabric.attach('crs'), (from) => void strays.push(from));
  const hosts = new Map(
    ['alice', 'bob', 'stranger'].map((host) => {
      const attachment = fabric.attach(host);
      fabric.link(`${host}-crs`, host, 'crs');
      return [host, attachment];
    }),
  );
  const party = (host: string): Party => {
    const heard: string[] = [];
    const socket = hosts.get(host)?.openDatagram(0, (from, octets) => {
      heard.push(`${toAscii(octets)} from port ${from.port}`);
    });
    if (socket === undefined) throw new Error(`there is no host ${host}`);
    return {
      address: socket.local,
      heard,
      say: (to, text) => {
        socket.send(to, fromAscii(text));
        clock.runUntil(clock.now() + SECOND);
      },
    };
  };
  return { relay, strays, party };
}

test('what one party sends to its side goes on to the other, from the side that faces it', (t) => {
  const { relay, strays, party } = relayed();
  const [alice, bob] = [party('alice'), party('bob')];
  relay.setCaller(alice.address);
  relay.setCallee(bob.address);
  alice.say(relay.callerSide, 'hello');
  alice.say(relay.callerSide, 'are you there');
  bob.say(relay.calleeSide, 'yes');
  t.deepEqual(bob.heard, [
    `hello from port ${relay.calleeSide.port}`,
    `are you there from port ${relay.calleeSide.port}`,
  ]);
  t.deepEqual(alice.heard, [`yes from port ${relay.callerSide.port}`]);
  t.deepEqual(relay.counters, { fromCaller: 2, fromCallee: 1, strays: 0 });
  t.deepEqual(strays, []);
});

test('a party is its host and its port: another socket of the same host, or the same port elsewhere, is a stray', (t) => {
  const { relay, strays, party } = relayed();
  const [alice, bob] = [party('alice'), party('bob')];
  const [neighbour, stranger] = [party('alice'), party('stranger')];
  t.not(neighbour.address.port, alice.address.port);
  t.is(stranger.address.port, alice.address.port, 'each host counts its own ports');
  relay.setCaller(alice.address);
  relay.setCallee(bob.address);
  neighbour.say(relay.callerSide, 'neighbour');
  stranger.say(relay.callerSide, 'stranger');
  stranger.say(relay.calleeSide, 'stranger');
  bob.say(relay.callerSide, 'the wrong side');
  t.deepEqual([alice.heard, bob.heard], [[], []]);
  t.deepEqual(relay.counters, { fromCaller: 0, fromCallee: 0, strays: 4 });
  t.deepEqual(strays, [neighbour.address, stranger.address, stranger.address, bob.address]);
});

test('who sends before their address is known is counted and dropped, and is not called a stray', (t) => {
  const { relay, strays, party } = relayed();
  const [alice, bob] = [party('alice'), party('bob')];
  alice.say(relay.callerSide, 'before the offer');
  bob.say(relay.calleeSide, 'before the answer');
  t.deepEqual(relay.counters, { fromCaller: 0, fromCallee: 0, strays: 2 });
  relay.setCaller(alice.address);
  alice.say(relay.callerSide, 'before the answer');
  relay.setCallee(bob.address);
  t.deepEqual(bob.heard, []);
  t.deepEqual(relay.counters, { fromCaller: 1, fromCallee: 0, strays: 2 });
  alice.say(relay.callerSide, 'now');
  t.is(bob.heard.length, 1);
  t.deepEqual(strays, []);
});

test('a callee that speaks before the caller is known is received, and kept waiting for nobody', (t) => {
  const { relay, party } = relayed();
  const bob = party('bob');
  relay.setCallee(bob.address);
  bob.say(relay.calleeSide, 'early');
  t.deepEqual(relay.counters, { fromCaller: 0, fromCallee: 1, strays: 0 });
});

test('a relay that is closed passes nothing on, and may be closed again', (t) => {
  const { relay, party } = relayed();
  const [alice, bob] = [party('alice'), party('bob')];
  relay.setCaller(alice.address);
  relay.setCallee(bob.address);
  relay.close();
  t.notThrows(() => relay.close());
  alice.say(relay.callerSide, 'hello');
  bob.say(relay.calleeSide, 'hello');
  t.deepEqual([alice.heard, bob.heard], [[], []]);
  t.deepEqual(relay.counters, { fromCaller: 0, fromCallee: 0, strays: 0 });
});
