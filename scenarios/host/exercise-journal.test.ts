import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import type { ExerciseEntry } from '../exercises/index.ts';
import { fuzz } from '../../sim/fuzz.ts';
import { fuzzTargets } from './exercise-journal.fuzz.ts';
import { JOURNAL_FILE, JournalWriter, parseJournal } from './exercise-journal.ts';

const HEAD = { runKey: '0b'.repeat(32), role: 'crs-admin' };
const folder = () => mkdtemp(join(tmpdir(), 'calldrill-journal-'));
const read = (place: string) => parseJournal(readFileSync(join(place, JOURNAL_FILE)), JOURNAL_FILE);

const entry: fc.Arbitrary<Omit<ExerciseEntry, 'time'>> = fc.oneof(
  fc.constant({}),
  fc.record({
    typed: fc.record({ on: fc.constantFrom('crs', 'alice-phone'), line: fc.string({ maxLength: 200 }) }),
  }),
);

test('property: what is written is read back, wherever it is cut off and gone on with', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 6 }), fc.nat(), async (list, where) => {
      const place = await folder();
      const entries = list.map((each, index) => ({ time: index * 1000, ...each }));
      const writer = new JournalWriter(place, HEAD);
      for (const each of entries) writer.add(each);
      const whole = readFileSync(join(place, JOURNAL_FILE));
      t.deepEqual(read(place), { ...HEAD, entries, octets: whole.length });
      const head = whole.indexOf(0x0a) + 1;
      const cut = head + (where % (whole.length - head));
      writeFileSync(join(place, JOURNAL_FILE), whole.subarray(0, cut));
      const torn = read(place);
      t.deepEqual(torn.entries, entries.slice(0, torn.entries.length), 'a torn line is dropped');
      t.true(torn.entries.length < entries.length);
      const again = new JournalWriter(place, HEAD, torn);
      for (const each of entries.slice(torn.entries.length)) again.add(each);
      t.deepEqual(readFileSync(join(place, JOURNAL_FILE)), whole);
    }),
    { numRuns: 30 },
  );
});

test('what is no journal is refused, with its line', async (t) => {
  const place = await folder();
  new JournalWriter(place, HEAD).add({ time: 5 });
  const good = readFileSync(join(place, JOURNAL_FILE), 'utf8');
  for (const [line, more] of [
    [3, '{\n'],
    [3, '{}\n'],
    [3, '{"time":4}\n'],
    [3, '{"time":6,"on":"crs"}\n'],
    [3, '{"time":6,"line":"users"}\n'],
    [3, '{"time":6,"more":1}\n'],
    [3, `{"time":6,"on":"crs","line":"${'x'.repeat(4_097)}"}\n`],
  ] as const) {
    writeFileSync(join(place, JOURNAL_FILE), good);
    appendFileSync(join(place, JOURNAL_FILE), more);
    t.like(
      t.throws(() => read(place), { code: 'HOST_JOURNAL' }),
      { where: { file: JOURNAL_FILE, line } },
      more,
    );
  }
  for (const head of ['', '{"time":5}\n', good.replace('"version":1', '"version":2')]) {
    writeFileSync(join(place, JOURNAL_FILE), head);
    t.throws(() => read(place), { code: 'HOST_JOURNAL' });
  }
});

for (const target of fuzzTargets) {
  test(`${target.name}: mutants are read or refused, never a crash`, (t) => {
    for (const sample of target.samples) t.notThrows(() => target.parse(sample));
    const outcome = fuzz(target, 2_000);
    t.deepEqual(outcome.defects, []);
    t.true(outcome.refused > 500);
  });
}
