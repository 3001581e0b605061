import test from 'ava';
import { exampleOrder } from '../../runs/example-run.fixture.ts';
import { parseRunOrder, runKey, writeRunOrder, type RunOrder } from '../../runs/index.ts';
import { bareOrder, textsOf, withoutTexts } from './sent-order.ts';

const plain = exampleOrder('block-first');
const source = (name: string, text: string) => ({ name, ...plain.scenario, file: `${name}.yaml`, text });
/** As it is read again: with the digests of its texts. */
const full = exampleOrder('block-first', { deployment: { file: 'ours.yaml', text: 'ours: 1' } });
const ORDERS: readonly RunOrder[] = [plain, full, { ...plain, plant: 'p', typed: { roles: [], lines: [] } }];

test('an order comes back as it was, with its texts from elsewhere', (t) => {
  for (const order of ORDERS) {
    const written = withoutTexts(order);
    for (const text of textsOf(order).values()) t.false(written.includes(JSON.stringify(text)));
    const bare = bareOrder(written);
    t.deepEqual([...new Set(bare.needs)].toSorted(), [...textsOf(order).keys()].toSorted());
    t.is(writeRunOrder(bare.whole(runKey(order), textsOf(order))), writeRunOrder(order));
  }
});

test('texts of procedures are sent apart, too', (t) => {
  const order = { ...plain, procedures: [source('block', 'steps: 1')] };
  t.false(withoutTexts(order).includes('steps: 1'));
  t.true([...textsOf(order).values()].includes('steps: 1'));
});

test('planted: another order than its name says, another seed, and another text are refused', (t) => {
  const texts = textsOf(plain);
  const refused = { code: 'QUEUE_REPLY', message: /another order than its name says/ };
  const other = bareOrder(withoutTexts({ ...plain, seed: '8' }));
  t.throws(() => other.whole(runKey(plain), texts), refused);
  const changed = new Map([...texts].map(([sha256, text]) => [sha256, `${text} `]));
  t.throws(() => bareOrder(withoutTexts(plain)).whole(runKey(plain), changed), refused);
  t.throws(() => bareOrder(withoutTexts(plain)).whole(runKey(plain), new Map()), refused);
  t.throws(() => bareOrder('{'), { code: 'QUEUE_REPLY' });
  t.throws(() => bareOrder('[]').whole(runKey(plain), texts), refused);
});

test('an order that is named as it is and is none is refused as any other', (t) => {
  t.throws(() => parseRunOrder(withoutTexts(plain), 'bare'), { code: 'RUN_ORDER_SOURCE' });
});
