/** What strangers send to be verified: each mutant is read or refused with a code, never a crash. */
import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { fuzz } from '../../sim/fuzz.ts';
import { fuzzTargets as envelopes } from './dsse.fuzz.ts';
import { fuzzTargets as indexes } from './sources.fuzz.ts';
import { filesOfZip, zipOf } from './zip.ts';

for (const target of [...envelopes, ...indexes])
  test(`${target.name}: mutants are read or refused, never a crash`, (t) => {
    for (const sample of target.samples) t.notThrows(() => target.parse(sample));
    const { defects, refused } = fuzz(target, 2_000);
    t.deepEqual(defects, []);
    t.true(refused > 500, String(refused));
  });

// The reader of zips is asynchronous, so it is no target of `npm run fuzz`: its mutants are made first, and then read.
test('zip: mutants are read or refused, never a crash', async (t) => {
  const samples = [
    zipOf(new Map([['manifest.json', Buffer.from('{}\n')]])),
    zipOf(
      new Map([
        ['a/b/trace.ndjson', Buffer.from('{"n":1}\n'.repeat(50))],
        ['index.html', Buffer.from('<!doctype html>')],
        ['report.json', new Uint8Array(0)],
      ]),
    ),
  ];
  for (const sample of samples) await t.notThrowsAsync(filesOfZip(sample));
  const mutants: Uint8Array[] = [];
  fuzz({ name: 'zip', samples, parse: (input) => mutants.push(input) }, 2_000);
  const codes = new Map<string, number>();
  for (const mutant of mutants) {
    try {
      await filesOfZip(mutant);
    } catch (thrown) {
      if (!(thrown instanceof CalldrillError)) throw thrown;
      codes.set(thrown.code, (codes.get(thrown.code) ?? 0) + 1);
    }
  }
  const refused = [...codes.values()].reduce((sum, count) => sum + count, 0);
  t.true(refused > 500, String(refused));
  t.true(codes.has('VERIFY_BUNDLE') && codes.has('VERIFY_BUNDLE_NAME'), [...codes.keys()].join(' '));
});
