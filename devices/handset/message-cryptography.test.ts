/**
 * That no I_MESSAGE is taken for granted: counted where numbers enter the group of SAKKE and the platform's P-256, not by those who call them.
 * What a phone sent was sealed and signed for that call, and what a phone accepted was verified and opened there. A memory may answer
 * instead, if the very same octets were worked out before, by the same operation: what the sender knows is not for the receiver.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import test from 'ava';
import { BoundedMemo } from '../../sim/bounded-memo.ts';
import { assert } from '../../sim/errors.ts';
import { toAscii, toHex } from '../../sim/octets.ts';
import { curve, SakkeGroup } from '../../network/mikey/group.ts';
import { parseMessage, signedPartOf, type Message } from '../../network/mikey/index.ts';
import { Testbed, type TestbedOptions } from '../testbed.fixture.ts';
import { csbText } from './key-message.ts';

const HASH_OCTETS = 32;
const SCALAR_OCTETS = 32;
const POINT_OCTETS = 257;
const SED_OCTETS = 273;
const SSV_OCTETS = 16;

type Step = 'sealed' | 'signed' | 'verified' | 'opened';

/** An answer from a memory: what was done when the memory was filled, for what, and what it says. */
interface Recollection {
  readonly work: string;
  readonly inputs: readonly string[];
  readonly value: string;
}

/** What was done since the last run began. */
const worked: string[] = [];
const recalled: Recollection[] = [];
/** The work of computations that a memory waits for. */
const waiting: string[][] = [];
/** What each memory was filled by, for as long as the process lives, as they do. */
const filledBy = new WeakMap<object, Map<string, readonly string[]>>();

function work(step: Step, octets: string): void {
  for (const each of [worked, ...waiting]) each.push(`${step} ${octets}`);
}

function methodOf<Owner extends object, Name extends keyof Owner & string>(
  owner: Owner,
  name: Name,
): Owner[Name] {
  return Object.getOwnPropertyDescriptor(owner, name)?.value as Owner[Name];
}

const { sum, power, pair, pairPrepared } = {
  sum: methodOf(SakkeGroup.prototype, 'sum'),
  power: methodOf(SakkeGroup.prototype, 'power'),
  pair: methodOf(SakkeGroup.prototype, 'pair'),
  pairPrepared: methodOf(SakkeGroup.prototype, 'pairPrepared'),
};
/** R by r: a sender computes [r]([b]P + Z), then g^r, which nobody else needs. */
const pointBy = new Map<bigint, string>();
SakkeGroup.prototype.sum = function (a, b, z) {
  const point = Reflect.apply(sum, this, [a, b, z]);
  const [affine] = curve.toAffine([point]);
  if (affine !== undefined) pointBy.set(b, toHex(curve.encode(affine)));
  return point;
};
SakkeGroup.prototype.power = function (exponent) {
  work('sealed', pointBy.get(exponent) ?? 'without R');
  return Reflect.apply(power, this, [exponent]);
};
SakkeGroup.prototype.pair = function (first, second) {
  work('opened', toHex(curve.encode(second)));
  return Reflect.apply(pair, this, [first, second]);
};
SakkeGroup.prototype.pairPrepared = function (first, second) {
  work('opened', toHex(curve.encode(second)));
  return Reflect.apply(pairPrepared, this, [first, second]);
};

const { createECDH, verify } = crypto;
Object.assign(crypto, {
  createECDH(name: string) {
    const ecdh = createECDH(name);
    const getPublicKey = ecdh.getPublicKey.bind(ecdh);
    return Object.defineProperty(ecdh, 'getPublicKey', {
      value(): Buffer {
        const point = getPublicKey();
        work('signed', toHex(point.subarray(1, 1 + SCALAR_OCTETS)));
        return point;
      },
    });
  },
  verify(...[algorithm, data, key, signature]: readonly [string, Uint8Array, crypto.KeyObject, Uint8Array]) {
    const holds = verify(algorithm, data, key, signature);
    // HS || r || M
    if (holds) work('verified', toHex(data.subarray(HASH_OCTETS)));
    return holds;
  },
});
syncBuiltinESMExports();

const { recall, remember } = {
  recall: methodOf(BoundedMemo.prototype, 'recall'),
  remember: methodOf(BoundedMemo.prototype, 'remember'),
};
const textOf = (inputs: readonly Uint8Array[]): string => inputs.map(toHex).join();
BoundedMemo.prototype.recall = function (this: BoundedMemo<unknown>, inputs, compute) {
  const key = textOf(inputs);
  const known = filledBy.get(this) ?? new Map<string, readonly string[]>();
  filledBy.set(this, known);
  let done: string[] | undefined;
  const value: unknown = Reflect.apply(recall, this, [
    inputs,
    () => {
      const mine: string[] = (done = []);
      waiting.push(mine);
      try {
        return compute();
      } finally {
        waiting.splice(waiting.indexOf(mine), 1);
      }
    },
  ]);
  if (done !== undefined) known.set(key, done);
  else
    for (const each of known.get(key) ?? [])
      recalled.push({
        work: each,
        inputs: inputs.map(toHex),
        value: value instanceof Uint8Array ? toHex(value) : '',
      });
  return value;
};
/** What somebody puts in was not worked out by who will ask for it. */
BoundedMemo.prototype.remember = function (this: BoundedMemo<unknown>, inputs, value) {
  filledBy.get(this)?.delete(textOf(inputs));
  Reflect.apply(remember, this, [inputs, value]);
};

/** What a step leaves at the boundary when it is made for this message. */
function workFor(step: Step, message: Message): string {
  const point = toHex(message.sakke.data.subarray(0, POINT_OCTETS));
  const r = toHex(message.sign.signature.subarray(0, SCALAR_OCTETS));
  const octets = { sealed: point, opened: point, signed: r, verified: r + toHex(signedPartOf(message)) };
  return `${step} ${octets[step]}`;
}

/** Whether a memory answered for this very message. */
function isOf(message: Message, step: Step, { inputs, value }: Recollection): boolean {
  const sealed = toHex(message.sakke.data);
  if (step === 'sealed') return value === sealed;
  if (step === 'opened') return inputs.includes(sealed);
  return [signedPartOf(message), message.sign.signature].every((octets) => inputs.includes(toHex(octets)));
}

/** What a run was found to have done. */
interface Counted {
  readonly sent: number;
  readonly accepted: number;
  /** How many steps a memory answered for. */
  readonly recollections: number;
  /** Each step that was made more or less often than a phone says. */
  readonly faults: readonly string[];
}

/** Six calls of three people, some of whom open so many that their keys are made ready; the last one hangs up before anybody answers. */
function count(options: TestbedOptions): Counted {
  worked.length = recalled.length = 0;
  const bed = Testbed.enrolled({ answers: true, keySeed: 'the same keys', ...options });
  const messages = new Map<string, Message>();
  bed.crs.tamper = ({ body }) => {
    const [, base64 = ''] = /key-mgmt:mikey (\S+)/.exec(toAscii(body)) ?? [];
    const message = parseMessage(new Uint8Array(Buffer.from(base64, 'base64')));
    messages.set(csbText(message.header.csbId), message);
    return body;
  };
  for (let n = 0; n < 4; n++) {
    bed.call(bed.alice, 'bob', '--for 5s');
    bed.run(10);
  }
  bed.call(bed.bob, 'alice', '--for 5s');
  bed.run(10);
  bed.type(bed.carol, 'call bob', 'carol');
  bed.run(1);
  bed.type(bed.carol, 'hang-up', 'carol');
  bed.run(5);

  const due = new Map<string, { readonly message: Message; readonly step: Step; times: number }>();
  const owe = (csb: string, ...steps: readonly Step[]): void => {
    const message = messages.get(csb);
    assert(message !== undefined, 'every I_MESSAGE passes the server');
    for (const step of steps) {
      const known = due.get(workFor(step, message));
      if (known === undefined) due.set(workFor(step, message), { message, step, times: 1 });
      else known.times++;
    }
  };
  const [sent, accepted] = [bed.events('mikey.sent'), bed.events('mikey.accepted')];
  for (const { data } of sent) owe(data.csb, 'sealed', 'signed');
  for (const { data } of accepted) owe(data.csb, 'verified', 'opened');
  const faults: string[] = [];
  let recollections = 0;
  for (const [expected, { message, step, times }] of due) {
    const remembered = recalled.filter((each) => each.work === expected && isOf(message, step, each)).length;
    const made = worked.filter((each) => each === expected).length + remembered;
    recollections += remembered;
    if (made !== times) faults.push(`${step} ${made} times, not ${times}`);
  }
  return { sent: sent.length, accepted: accepted.length, recollections, faults };
}

/** The same with somebody between the algorithms and their memories, who is gone afterwards. */
function countWith(
  meddle: (memo: BoundedMemo<unknown>, inputs: readonly Uint8Array[]) => readonly Uint8Array[],
  note: (inputs: readonly Uint8Array[], value: unknown) => void,
  runs: () => Counted,
): Counted {
  const honest = methodOf(BoundedMemo.prototype, 'recall');
  BoundedMemo.prototype.recall = function (this: BoundedMemo<unknown>, inputs, compute) {
    const value: unknown = Reflect.apply(honest, this, [meddle(this, inputs), compute]);
    note(inputs, value);
    return value;
  };
  try {
    return runs();
  } finally {
    BoundedMemo.prototype.recall = honest;
  }
}

const isSealing = ([ssv, , z]: readonly Uint8Array[]): boolean =>
  ssv?.length === SSV_OCTETS && z?.length === POINT_OCTETS;

test('every I_MESSAGE that a phone sent was sealed and signed, and every one that it accepted was verified and opened', (t) => {
  t.deepEqual(count({ seed: 'cold' }), { sent: 6, accepted: 6, recollections: 0, faults: [] });
});

test('a memory answers for the very same octets only, and what is signed is signed again', (t) => {
  count({ seed: 'warm' });
  t.deepEqual(count({ seed: 'warm' }), { sent: 6, accepted: 6, recollections: 18, faults: [] });
});

test('a receiver that does not verify is found', (t) => {
  const { accepted, faults } = count({ seed: 'unverified', broken: ['handset.signature'] });
  t.deepEqual(faults, Array(accepted).fill('verified 0 times, not 1'));
  t.is(accepted, 6);
});

test('a memory that the sender fills for the receiver is found', (t) => {
  const known = new Map<string, Uint8Array>();
  const { accepted, faults } = countWith(
    (memo, inputs) => {
      const ssv = known.get(toHex(inputs.find(({ length }) => length === SED_OCTETS) ?? new Uint8Array(0)));
      if (ssv !== undefined) memo.remember(inputs, ssv);
      return inputs;
    },
    (inputs, value) => {
      const [ssv] = inputs;
      if (ssv !== undefined && isSealing(inputs) && value instanceof Uint8Array) known.set(toHex(value), ssv);
    },
    () => count({ seed: 'inverse' }),
  );
  t.deepEqual(faults, Array(accepted).fill('opened 0 times, not 1'));
  t.is(accepted, 6);
});

test('a memory that takes other octets for the same is found', (t) => {
  const { accepted, faults } = countWith(
    (_memo, inputs) =>
      inputs.map((each) => (each.length === SED_OCTETS ? each.subarray(0, POINT_OCTETS) : each)),
    () => undefined,
    () => {
      count({ seed: 'alike' });
      return count({ seed: 'alike' });
    },
  );
  t.deepEqual(faults, Array(accepted).fill('opened 0 times, not 1'));
  t.is(accepted, 6);
});

test('a sender that seals one secret twice is found', (t) => {
  let first: Uint8Array | undefined;
  const { sent, faults } = countWith(
    (_memo, inputs) => inputs,
    (inputs, value) => {
      if (!isSealing(inputs) || !(value instanceof Uint8Array)) return;
      if (first === undefined) first = value.slice();
      else value.set(first);
    },
    () => count({ seed: 'sealed once' }),
  );
  t.is(sent, 6);
  t.true(faults.includes('sealed 1 times, not 6'), faults.join('\n'));
});
