import test from 'ava';
import fc from 'fast-check';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { digestOfKept } from '../../sim/kept.ts';
import { keptOctets, KeptReader, type KeptContent } from '../../sim/kept-octets.ts';
import { concat } from '../../sim/octets.ts';
import { Secret } from '../../sim/secret.ts';
import { SHIPPED_KINDS } from '../world/index.ts';
import type { HallOptions } from '../world/hall.fixture.ts';
import { BUILD, hallFrom, originOf, quietHall } from './checkpoint-octets.fixture.ts';
import { checkpointOctets, parseCheckpoint, sealed } from './checkpoint-octets.ts';

const FILE = 'hall.checkpoint';
const origin = originOf();
const checkpoint = quietHall();
const octets = checkpointOctets(checkpoint, origin);

const codeAt = (at: number): string => {
  if (at < 4) return 'HOST_CHECKPOINT_FORM';
  if (at === 4) return 'HOST_CHECKPOINT_VERSION';
  return at < 9 ? 'HOST_CHECKPOINT_LENGTH' : 'HOST_CHECKPOINT_DAMAGED';
};

test('what is read is the moment that was written', (t) => {
  const read = parseCheckpoint(octets, FILE, origin);
  t.is(read.time, 30 * SECOND);
  t.is(digestOfKept(read.state), digestOfKept(checkpoint.state));
  t.deepEqual(read.state, checkpoint.state);
  t.deepEqual(read.log, checkpoint.log);
  t.deepEqual(read.trace.events, checkpoint.trace.events.slice(0, checkpoint.trace.length));
  t.deepEqual(read.trace.lines, checkpoint.trace.lines.slice(0, checkpoint.trace.length));
  t.deepEqual(checkpointOctets(read, origin), octets);
});

test('the secrets of events come back with what is in them', (t) => {
  const secretsOf = ({ trace }: typeof checkpoint): readonly Secret[] =>
    trace.events.flatMap(({ data }) =>
      'secrets' in data && Array.isArray(data.secrets) ? data.secrets : [],
    );
  const [was, is] = [checkpoint, parseCheckpoint(octets, FILE, origin)].map(secretsOf);
  t.true((was?.length ?? 0) > 0);
  t.deepEqual(
    is?.map((secret) => [secret.kind, secret.owner, secret.reveal()]),
    was?.map((secret) => [secret.kind, secret.owner, secret.reveal()]),
  );
  t.true(is?.every((secret) => secret instanceof Secret));
});

test('a world that is taken up goes on as the one that was kept', (t) => {
  const read = parseCheckpoint(octets, FILE, origin);
  const [kept, taken] = [checkpoint, read].map((from) => {
    const world = hallFrom(from);
    world.type('alice', 'alice-phone', 'call bob --for 20s');
    world.runUntil(2 * MINUTE);
    return [world.trace.digest(), world.unrest, digestOfKept(world.checkpoint()?.state)];
  });
  t.deepEqual(taken, kept);
});

test('one octet that is another one is found, wherever it is', (t) => {
  fc.assert(
    fc.property(fc.nat(octets.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = octets.with(at, (octets[at] ?? 0) ^ change);
      const error = t.throws(() => parseCheckpoint(damaged, FILE, origin), { code: codeAt(at) });
      t.like(error, { where: { file: FILE } });
    }),
  );
});

test('each octet of the beginning has the code of what it says', (t) => {
  for (let at = 0; at < 9; at++)
    t.throws(() => parseCheckpoint(octets.with(at, (octets[at] ?? 0) ^ 1), FILE, origin), {
      code: codeAt(at),
    });
});

test('a file that was cut off is found, wherever it ends', (t) => {
  fc.assert(
    fc.property(fc.nat(octets.length - 1), (length) => {
      const code = length < 4 ? 'HOST_CHECKPOINT_FORM' : 'HOST_CHECKPOINT_LENGTH';
      t.throws(() => parseCheckpoint(octets.subarray(0, length), FILE, origin), { code });
    }),
  );
});

test('a file with something behind it is found', (t) => {
  for (const more of [Uint8Array.of(0), octets])
    t.throws(() => parseCheckpoint(concat(octets, more), FILE, origin), { code: 'HOST_CHECKPOINT_LENGTH' });
});

test('a checkpoint of another build is refused', (t) => {
  const error = t.throws(() => parseCheckpoint(octets, FILE, { ...origin, build: 'c6'.repeat(32) }), {
    code: 'HOST_CHECKPOINT_BUILD',
  });
  t.is(error?.message, `it is of build ${BUILD.slice(0, 16)}, and this is c6c6c6c6c6c6c6c6`);
});

const OTHERS: readonly (readonly [what: string, options: HallOptions])[] = [
  ['seed', { seed: '2' }],
  ['key seed', { keySeed: '2' }],
  ['parameters', { parameters: { 'keep-ssv': true } }],
  ['text', { yaml: 'expect:\n  - { id: other, see: trace.began, times: 1 }\n' }],
  ['rules', { broken: ['operator.keeps-cms-offline'] }],
  ['roles', { played: ['alice'] }],
  ['kinds', { kinds: SHIPPED_KINDS.slice(0, -1) }],
];
for (const [what, options] of OTHERS) {
  test(`a checkpoint of a world with another ${what} is refused`, (t) => {
    const error = t.throws(() => parseCheckpoint(octets, FILE, originOf(options)), {
      code: 'HOST_CHECKPOINT_WORLD',
    });
    t.regex(error?.message ?? '', new RegExp(`its .*${what}.* is (?:another|'1', not '2')$`));
  });
}

const { options } = origin;
const { screenplay } = options;
const FOREIGN: readonly (readonly [what: string, options: typeof options])[] = [
  ['scenario', { ...options, screenplay: { ...screenplay, id: 'cellar' } }],
  [
    'variant',
    { ...options, screenplay: { ...screenplay, variant: { ...screenplay.variant, name: 'other' } } },
  ],
  ['tool', { ...options, tool: 'another' }],
  ['voices', { ...options, assets: { ...options.assets, speech: options.assets.speech.slice(1) } }],
  ['witnesses', { ...options, witnesses: [{ id: 'somebody', initial: 0, take: (state) => ({ state }) }] }],
];
for (const [what, foreign] of FOREIGN) {
  test(`a checkpoint of a world with another ${what} is refused, too`, (t) => {
    const error = t.throws(() => parseCheckpoint(octets, FILE, { ...origin, options: foreign }), {
      code: 'HOST_CHECKPOINT_WORLD',
    });
    t.regex(error?.message ?? '', new RegExp(`its .*${what}`));
  });
}

interface Values {
  readonly head: Record<string, KeptContent>;
  readonly state: Record<string, KeptContent>;
  readonly content: {
    readonly log: Record<string, KeptContent>[];
    readonly events: Record<string, KeptContent>[];
  };
}

/** A file with a right SHA-256, that says something else. */
function forged(change: (values: Values) => void): Uint8Array {
  const reader = new KeptReader(octets, (detail) => new Error(detail), { start: 9, end: octets.length - 32 });
  const [head, state, content] = [reader.content(), reader.content(), reader.content()];
  const values = { head, state, content } as unknown as Values;
  change(values);
  return sealed(concat(...Object.values(values).map((value: KeptContent) => keptOctets(value))));
}

const FORGED: readonly (readonly [what: string, change: (values: Values) => void])[] = [
  ['a head without a build', ({ head }) => delete head['build']],
  ['a time that is none', ({ head }) => (head['time'] = -1)],
  ['another number of events', ({ head }) => (head['events'] = 3)],
  ['another trace', ({ head }) => (head['trace'] = '0'.repeat(64))],
  ['a part of the state that is missing', ({ state }) => delete state['devices']],
  ['a part of the state that nobody knows', ({ state }) => (state['more'] = {})],
  ['a part of the state that is octets', ({ state }) => (state['physics'] = new Uint8Array(3))],
  [
    'a secret in the state',
    ({ state }) => (state['devices'] = { crs: new Secret('PSK', 'x', new Uint8Array(1)) }),
  ],
  ['an event less', ({ content }) => content.events.pop()],
  ['an event that has another number', ({ content }) => ((content.events[1] ?? {})['n'] = 3)],
  ['an event that is its own cause', ({ content }) => ((content.events[1] ?? {})['cause'] = 2)],
  ['an event after the moment', ({ content }) => ((content.events.at(-1) ?? {})['t'] = 31 * SECOND)],
  ['an event with other data', ({ content }) => ((content.events[0] ?? {})['data'] = {})],
  ['a typed line without a line', ({ content }) => delete content.log[0]?.['line']],
  [
    'a note of another type',
    ({ content }) => content.log.push({ type: 'x', on: 'y', data: {}, time: 30 * SECOND }),
  ],
  ['a line before the one above it', ({ content }) => ((content.log.at(-1) ?? {})['time'] = 0)],
];
for (const [what, change] of FORGED) {
  test(`what no world says is refused, the SHA-256 being right: ${what}`, (t) => {
    t.throws(() => parseCheckpoint(forged(change), FILE, origin), { code: 'HOST_CHECKPOINT_CONTENT' });
  });
}

test('a forgery that changes nothing is what was written, and nothing may follow it', (t) => {
  t.deepEqual(
    forged(() => undefined),
    octets,
  );
  const more = sealed(concat(octets.subarray(9, -32), keptOctets(null)));
  t.throws(() => parseCheckpoint(more, FILE, origin), { code: 'HOST_CHECKPOINT_CONTENT' });
});
