/** The register knows what people wrote, and counting holds that against what is there. */
import test from 'ava';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { worldOf } from '../hall.fixture.ts';
import { methodsFor, RegisterBook } from './register-book.ts';

type Hall = ReturnType<typeof worldOf>;

const hands = (world: Hall, person: string, ...lines: readonly string[]): void => {
  for (const line of lines) world.type(person, person, line);
};
const findings = (world: Hall): readonly string[] =>
  world.trace.events.flatMap((event) =>
    event.type === 'asset.finding' ? [`${event.data.thing}: ${event.data.finding}`] : [],
  );

test('a disk that was treated and certified is closed, and nothing is found', (t) => {
  const world = worldOf();
  hands(world, 'cms-operator', 'replace-disk cms cms-disk', 'enter-asset cms-disk', 'retire-asset cms-disk');
  t.is(
    codeOf(() => hands(world, 'cms-operator', 'close-asset cms-disk')),
    'PEOPLE_NO_CERTIFICATE',
  );
  hands(world, 'cms-operator', 'sanitise cms-disk destroy');
  t.is(
    codeOf(() => hands(world, 'cms-operator', 'certify cms-disk destroy cms-operator')),
    'PEOPLE_OWN_WITNESS',
  );
  hands(
    world,
    'cms-operator',
    'certify cms-disk destroy crs-admin',
    'close-asset cms-disk',
    'count-assets --all',
  );
  t.deepEqual(findings(world), []);
});

test('what is thrown away without a word is unaccounted for, and what has no line is found where it is', (t) => {
  const world = worldOf();
  hands(world, 'cms-operator', 'take-blank disc-a', 'take-blank disc-b', 'take-blank disc-c');
  hands(
    world,
    'cms-operator',
    'enter-asset disc-a',
    'throw-away disc-a',
    'enter-asset disc-b',
    'retire-asset disc-b',
  );
  hands(world, 'crs-admin', 'count-assets --all');
  t.deepEqual(findings(world), [
    'disc-a: unaccounted',
    'disc-b: no certificate',
    'disc-b: line open',
    'disc-c: not in the register',
  ]);
});

test('a rule that is broken finds nothing', (t) => {
  const world = worldOf({ broken: ['person.counts-assets'] });
  hands(
    world,
    'cms-operator',
    'take-blank disc-a',
    'enter-asset disc-a',
    'throw-away disc-a',
    'count-assets',
  );
  t.deepEqual(findings(world), []);
});

test('a certificate of another method says so, and what has no line has no certificate', (t) => {
  const world = worldOf();
  hands(
    world,
    'cms-operator',
    'take-blank disc-a',
    'enter-asset disc-a',
    'certify disc-a overwrite crs-admin',
  );
  hands(world, 'cms-operator', 'count-assets');
  t.deepEqual(findings(world), ['disc-a: method not allowed']);
  t.is(
    codeOf(() => hands(world, 'cms-operator', 'certify disc-z destroy crs-admin')),
    'PEOPLE_NOT_REGISTERED',
  );
});

test('what a deployment declares takes the place of what is usual', (t) => {
  t.deepEqual(methodsFor('ssd', new Map()), { methods: ['key-erase', 'destroy'], declared: false });
  t.deepEqual(methodsFor('ssd', new Map([['ssd', ['destroy']]])), { methods: ['destroy'], declared: true });
});

test('a phone in service is not treated, and one that was destroyed is not had any more', (t) => {
  const world = worldOf();
  t.is(
    codeOf(() => hands(world, 'alice', 'sanitise alice-phone overwrite')),
    'HANDSET_IN_SERVICE',
  );
  hands(world, 'alice', 'sanitise alice-phone destroy');
  t.is(
    codeOf(() => hands(world, 'alice', 'sanitise alice-phone destroy')),
    'PEOPLE_DESTROYED',
  );
  t.is(
    codeOf(() => hands(world, 'bob', 'seize alice-phone')),
    'PEOPLE_DESTROYED',
  );
});

test('a book is taken up as it was kept', (t) => {
  const book = new RegisterBook();
  book.write({ item: 'disc', medium: 'optical', serial: '17', state: 'retired', certificate: undefined });
  t.deepEqual(new RegisterBook(book.save()).lines, book.lines);
  t.is(book.find('none'), undefined);
});
