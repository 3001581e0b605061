/** The memories are bounded, exact, and cannot be observed. */
import test from 'ava';
import { fromHex, toHex } from '../../sim/octets.ts';
import { BoundedMemo } from '../../sim/bounded-memo.ts';
import { sakkeEncapsulate, SakkeReceiver } from './memo.ts';
import { RFC6508 } from './rfc6508.vectors.ts';

function octets(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array(0);
}

const ID = octets(RFC6508.id);
const Z = octets(RFC6508.zPoint);

test('a memo computes once for the same inputs and again for others', (t) => {
  const memo = new BoundedMemo<number>(10);
  let computed = 0;
  const recall = (...inputs: Uint8Array[]): number => memo.recall(inputs, () => ++computed);
  t.is(recall(Uint8Array.of(1, 2), Uint8Array.of(3)), 1);
  t.is(recall(Uint8Array.of(1, 2), Uint8Array.of(3)), 1);
  t.is(recall(Uint8Array.of(1), Uint8Array.of(2, 3)), 2, 'the same octets cut elsewhere are other inputs');
  t.is(recall(Uint8Array.of(1, 2, 3)), 3);
});

test('a memo remembers that there is nothing, and not that something was thrown', (t) => {
  const memo = new BoundedMemo<undefined>(10);
  let computed = 0;
  const nothing = (): undefined => void computed++;
  memo.recall([Uint8Array.of(1)], nothing);
  memo.recall([Uint8Array.of(1)], nothing);
  t.is(computed, 1);
  const fail = (): never => {
    throw new Error(`attempt ${++computed}`);
  };
  t.throws(() => memo.recall([Uint8Array.of(2)], fail), { message: 'attempt 2' });
  t.throws(() => memo.recall([Uint8Array.of(2)], fail), { message: 'attempt 3' });
});

test('a full memo drops what was not used for longest', (t) => {
  const memo = new BoundedMemo<number>(2);
  const recall = (input: number, value: number): number => memo.recall([Uint8Array.of(input)], () => value);
  recall(1, 10);
  recall(2, 20);
  recall(1, 0);
  recall(3, 30);
  t.is(memo.size, 2);
  t.is(recall(1, 11), 10, 'used again, so kept');
  t.is(memo.find([Uint8Array.of(2)]), undefined);
  t.is(recall(3, 31), 30);
});

test('altering a result or an input afterwards alters nothing that is remembered', (t) => {
  const ssv = octets(RFC6508.ssv);
  sakkeEncapsulate(ssv, ID, Z).fill(0);
  t.is(toHex(sakkeEncapsulate(ssv, ID, Z)), RFC6508.encapsulated);

  const [rsk, id, z] = [octets(RFC6508.rsk), ID.slice(), Z.slice()];
  const receiver = new SakkeReceiver(rsk, id, z);
  for (const input of [rsk, id, z]) input.fill(0);
  receiver.decapsulate(octets(RFC6508.encapsulated)).fill(0);
  t.is(toHex(receiver.decapsulate(octets(RFC6508.encapsulated))), RFC6508.ssv);
});

test('a refusal is a new error each time', (t) => {
  const receiver = new SakkeReceiver(octets(RFC6508.rsk), ID, Z);
  const first = t.throws(() => receiver.decapsulate(new Uint8Array(3)));
  const second = t.throws(() => receiver.decapsulate(new Uint8Array(3)));
  t.not(first, second);
  t.is(first?.message, second?.message);
});
