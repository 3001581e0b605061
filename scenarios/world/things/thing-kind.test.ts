/** A kind of thing that nothing knows brings its verbs to everybody's hands. */
import test from 'ava';
import { command, positional } from '../../../devices/console/index.ts';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { Rules } from '../../../devices/rules.ts';
import { VirtualClock } from '../../../sim/clock.ts';
import { SeededRandom } from '../../../sim/random.ts';
import { Trace } from '../../../sim/trace.ts';
import { personConsole } from '../people/person.ts';
import { thingWord, type Surroundings } from '../people/surroundings.ts';
import { Things } from '../people/things.ts';
import { SHIPPED_THINGS } from './shipped-things.ts';
import type { ThingKind } from './thing-kind.ts';

const bell: ThingKind = {
  name: 'bell',
  verbs: (person, around) => [
    command({
      name: 'ring',
      summary: 'Ring a bell that you have',
      parameters: { bell: positional(thingWord(around), 'the bell') },
      run: ({ bell: which }) => {
        around.things.inHand(person, which);
        return `${which} rings.`;
      },
    }),
  ],
  takenUp: (name) => ({ kind: 'bell', name }),
};

function surroundings(): Surroundings {
  const things = new Things();
  things.add({ kind: 'bell', name: 'brass' }, 'alice');
  return {
    trace: new Trace(new VirtualClock()),
    things,
    people: ['alice', 'bob'],
    rules: new Rules(),
    devices: new Map(),
    chance: (name) => new SeededRandom('1').stream(name),
    readQr: () => [],
    numberOf: () => undefined,
    strangers: [],
    disposal: new Map(),
    onSeized: () => undefined,
    near: () => [],
    screenOf: () => [],
  };
}

test('hands have the verbs of the kinds that there are, and no others', (t) => {
  const around = surroundings();
  const alice = personConsole('alice', around, [...SHIPPED_THINGS, bell]);
  t.deepEqual(alice.type('ring brass', 'alice'), ['brass rings.']);
  const bob = personConsole('bob', around, [bell]);
  t.is(
    codeOf(() => bob.type('ring brass', 'bob')),
    'PEOPLE_NOT_IN_HAND',
  );
  t.is(
    codeOf(() => bob.type('take-blank disc', 'bob')),
    'CONSOLE_UNKNOWN_COMMAND',
  );
  bob.type('take brass', 'bob');
  t.deepEqual(bob.type('ring brass', 'bob'), ['brass rings.']);
  t.is(
    codeOf(() => bob.type('destroy brass', 'bob')),
    'PEOPLE_NOT_POSSIBLE',
    'a bell is not for hands to destroy',
  );
});
