import test from 'ava';
import { fromAscii } from '../../sim/octets.ts';
import { clientHelloOf, serverHelloOf, suitesOffered, suiteTaken } from './offered.ts';

const RANDOM = new Uint8Array(32).fill(7);

test('hello messages with any suites are made and read', (t) => {
  const client = clientHelloOf([0x002c, 0x00b0, 0xc013], RANDOM);
  t.deepEqual(suitesOffered(client), [0x002c, 0x00b0, 0xc013]);
  t.deepEqual([...client.subarray(0, 3)], [22, 3, 1]);
  t.is(suiteTaken(serverHelloOf(0x002c, RANDOM)), 0x002c);
});

test('of something else, of half of one and of the other kind nothing is read', (t) => {
  const client = clientHelloOf([0x002c], RANDOM);
  const server = serverHelloOf(0x002c, RANDOM);
  for (const octets of [
    fromAscii('REGISTER sip:crs SIP/2.0\r\n'),
    new Uint8Array(0),
    server,
    client.subarray(0, 20),
  ])
    t.is(suitesOffered(octets), undefined);
  const alert = Uint8Array.of(21, 3, 3, 0, 2, 2, 40);
  for (const octets of [alert, client, server.subarray(0, 9)]) t.is(suiteTaken(octets), undefined);
});

test('a hello in two records is one', (t) => {
  const client = clientHelloOf([0x002c], RANDOM);
  const [head, tail] = [client.subarray(5, 20), client.subarray(20)];
  const record = (part: Uint8Array): readonly number[] => [22, 3, 1, 0, part.length, ...part];
  t.deepEqual(suitesOffered(Uint8Array.from([...record(head), ...record(tail)])), [0x002c]);
});
