/** What is said to come of typed lines only does, in a whole scenario, and once by each. */
import test from 'ava';
import { shippedAs } from '../catalogue/shipped.fixture.ts';
import { orderOf } from '../runs/run-order.ts';
import { runScenario } from '../runs/run.ts';
import { assets } from './hall.fixture.ts';
import { eventFieldsOf } from './known-events.ts';
import { LINE_CAUSES } from './line-causes.ts';
import { SHIPPED_KINDS } from './shipped-kinds.ts';

test('each of these events comes of a line that begins with its word, and no line has two of them', (t) => {
  const screenplay = shippedAs('scenarios/catalogue/client-compromise.yaml');
  const wishes = {
    build: '0'.repeat(64),
    variant: 'wipe-destroy-block',
    seed: '1',
    parameters: {},
    probes: false,
  };
  const { events } = runScenario(orderOf(screenplay, wishes), { assets, screenplay });
  const seen = new Set<string>();
  const led = new Set<string>();
  for (const event of events) {
    const word = LINE_CAUSES[event.type];
    if (word === undefined) continue;
    let cause = events[event.cause - 1];
    while (cause !== undefined && cause.type !== 'console.typed') cause = events[cause.cause - 1];
    t.is(cause?.type === 'console.typed' ? cause.data.line.split(' ')[0] : undefined, word, event.type);
    t.false(led.has(`${event.type} ${cause?.n}`), event.type);
    led.add(`${event.type} ${cause?.n}`);
    seen.add(event.type);
  }
  t.true(seen.size >= Object.keys(LINE_CAUSES).length - 1, [...seen].join(', '));
  const known = Object.keys(eventFieldsOf(SHIPPED_KINDS));
  t.deepEqual(
    Object.keys(LINE_CAUSES).filter((type) => !known.includes(type)),
    [],
  );
});
