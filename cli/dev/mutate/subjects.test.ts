/** The lists of the mutator, held against the files that they name; and what its command line refuses. */
import { existsSync } from 'node:fs';
import test from 'ava';
import { EQUIVALENTS, isMeant } from './equivalent.ts';
import { mutantsOf } from './mutants.ts';
import { readMutateOrder } from './options.ts';
import { builtPathOf, FILES, testsOf } from './subjects.ts';

test('each file that owes a score is there, and has tests', (t) => {
  for (const file of FILES) {
    t.true(existsSync(file), file);
    t.true(testsOf(file).length > 0, file);
  }
});

test('each equivalent mutant that is listed is one mutant of a file that owes a score', (t) => {
  const files = new Map(FILES.map((file) => [file, mutantsOf(builtPathOf(file))]));
  for (const listed of EQUIVALENTS) {
    const meant = files.get(listed.file)?.filter((mutant) => isMeant(listed, mutant)) ?? [];
    t.is(meant.length, 1, `${listed.file}: ${listed.original} in ${listed.line}`);
    t.not(listed.reason, '');
  }
});

/** What the command says to words that it cannot use. */
function refusalOf(...words: readonly string[]): string {
  const read = readMutateOrder(words);
  return 'says' in read ? read.says.replace(/; usage: [\s\S]*/, '') : 'taken';
}

test('the command takes files that have tests beside them, and refuses what it cannot try', (t) => {
  t.is(refusalOf('--file', 'network/rtp/srtp.ts', '--file', 'sim/clock.ts', '--jobs', '2'), 'taken');
  t.is(refusalOf('--file', 'nowhere.ts'), 'error: --file is a source: there is no nowhere.ts');
  t.is(refusalOf('--file', 'cli/exit-code.ts'), 'error: cli/exit-code.ts has no tests beside it');
  t.is(refusalOf('--jobs', '0'), 'error: --jobs is a whole number from 1 to 64');
  t.is(refusalOf('--minutes', '11'), 'error: --minutes is a whole number from 1 to 10');
  t.deepEqual(readMutateOrder(['--json', '--jobs', '1', '--minutes', '3']), {
    given: { files: FILES, jobs: 1, minutes: 3, json: true },
  });
});
