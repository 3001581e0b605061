/** Procedures performed in every wrong way: what loses something does not pass, what only breaks the order is told, and the judge of it is no rubber stamp. */
import test from 'ava';
import { SHIPPED_PROCEDURES } from '../../../scenarios/catalogue/shipped.fixture.ts';
import { loadAssets } from '../../../scenarios/host/index.ts';
import { ScreenplayError } from '../../../scenarios/language/index.ts';
import { procedureOf, screenplayOf, tried, wrongWith, type WaysOptions } from './court.ts';
import { SCENES, type StakedProcedure } from './scenes.ts';
import { ordersOf, trialsOf, type WayToPerform } from './trials.ts';

const assets = await loadAssets();
const optionsOf = (scene: StakedProcedure): WaysOptions => ({ scene, sources: SHIPPED_PROCEDURES, assets });

/** Orders of a procedure that are tried here; `npm run orders` tries all. */
const ORDERS_MAX = 8;

test('orders keep to what is required, each once and the book first', (t) => {
  const requires = new Map([
    ['c', ['a']],
    ['d', ['c', 'told']],
  ]);
  const orders = ordersOf({ prescribed: ['a', 'b', 'c', 'd'], requires }).map((each) => each.join(''));
  t.deepEqual(orders, ['abcd', 'acbd', 'acdb', 'bacd']);
});

for (const scene of SCENES) {
  const options = optionsOf(scene);
  const procedure = procedureOf(options);
  const trials = trialsOf(procedure, scene);
  const orders = trials.filter(({ kind }) => kind === 'order');

  test.serial(`${scene.procedure}: whoever loses something does not pass, and another order is told`, (t) => {
    t.timeout(600_000);
    const some = orders.filter((_, at) => at % Math.ceil(orders.length / ORDERS_MAX) === 0);
    const others = trials.filter(({ kind }) => kind !== 'order');
    t.log(`${orders.length} orders, of which ${some.length} are tried, and ${others.length} other ways`);
    t.deepEqual(
      tried([...others, ...some], options).flatMap((each) => wrongWith(each) ?? []),
      [],
    );
  });

  test(`${scene.procedure}: an order that breaks what is required is refused`, (t) => {
    const { prescribed } = procedure;
    const known = new Set(ordersOf(procedure).map((each) => each.join()));
    const swapped = prescribed
      .slice(1)
      .map((id, at) => prescribed.with(at, id).with(at + 1, prescribed[at] ?? ''))
      .filter((order) => !known.has(order.join()));
    for (const order of swapped) {
      const trial = {
        ...(trials[0] as WayToPerform),
        variant: `steps: { it: { order: [${order.join(', ')}] } }`,
      };
      const error = t.throws(() => screenplayOf([trial], options), { instanceOf: ScreenplayError });
      t.deepEqual(
        error?.problems.map(({ code }) => code),
        ['PROCEDURE_ORDER'],
      );
    }
    t.is(swapped.length, scene.procedure === 'monthly-update' ? 7 : 0);
  });
}

test('planted: a scene without checks, one that nothing passes, and a report that tells no order are found', (t) => {
  const [scene] = SCENES;
  if (scene === undefined) return t.fail('there is a scene');
  const blind = { ...scene, text: scene.text.replace(/expect:[\s\S]*$/, '') };
  const strict = {
    ...scene,
    text: scene.text.replace(/within: 2h, of: reported/g, 'within: 1s, of: reported'),
  };
  const trials = trialsOf(procedureOf(optionsOf(scene)), scene);
  const record = trials.filter(({ what }) => what === 'no record');
  const book = trials.slice(0, 1);
  const wrong = (tries: readonly WayToPerform[], of: StakedProcedure): readonly string[] =>
    tried(tries, optionsOf(of)).flatMap((each) => wrongWith(each) ?? []);
  t.deepEqual(wrong(record, scene), []);
  t.deepEqual(wrong(record, blind), ['omission, no record: something is lost, and it passes']);
  t.regex(wrong(book, strict).join(), /^by the book, nothing: nothing is lost, and it does not pass: /);
  const [way] = tried(book, optionsOf(scene));
  t.is(
    way && wrongWith({ ...way, trial: { ...way.trial, deviates: true } }),
    'by the book, nothing: nothing says that it is not by the book',
  );
});
