/**
 * A process that tries mutants of one file, started by `tester.ts`. What a mutant does to this process (an error outside of the tests, memory that
 * is not given back) is told, and ends its use; one that hangs is ended from outside.
 */
import { register } from 'node:module';
import fc from 'fast-check';
import { assert } from '../../../sim/errors.ts';
import { worldFor, type HookData } from './hooks.ts';
import { modulesBetween } from './modules.ts';
import { Reached } from './reached.ts';
import { runTestFile } from './test-file.ts';
import {
  LOADING,
  type TrialAnswer,
  type ReachOfTests,
  type ReachedTest,
  type TrialRequest,
  type Selection,
  type Subject,
} from './tries.ts';

/** Modules that were loaded are never given back. */
const MEMORY_OCTETS_MAX = 1_000_000_000;

let subject: Subject | undefined;
/** Ends the try that is under way because of an error that no test saw. */
let outside: ((error: unknown) => void) | undefined;

// A property is tried with the same values on every mutant, and one that fails is not made smaller.
fc.configureGlobal({ seed: 1, endOnFailure: true });

process.on('uncaughtException', (error) => outside?.(error));
process.on('unhandledRejection', (error) => outside?.(error));
process.on('message', (request: TrialRequest) => {
  void answerTo(request).then((answer) => process.send?.(answer));
});

async function answerTo(request: TrialRequest): Promise<TrialAnswer> {
  switch (request.kind) {
    case 'begin':
      return begin(request.subject);
    case 'reach':
      return reach(subjectHere());
    case 'try': {
      const { mutant, selections } = request;
      const killedBy = await Promise.race([failing(subjectHere(), mutant, selections), errorOutside()]);
      const spoilt = killedBy === OUTSIDE || process.memoryUsage.rss() > MEMORY_OCTETS_MAX;
      return { kind: 'tried', killedBy, spoilt };
    }
  }
}

function subjectHere(): Subject {
  assert(subject !== undefined, 'a process begins with its subject');
  return subject;
}

function begin(given: Subject): TrialAnswer {
  subject = given;
  const { target, tests, mutants } = given;
  const data: HookData = {
    target,
    mutants,
    again: modulesBetween(tests, target),
    standIn: new URL('./ava-stand-in.js', import.meta.url).href,
  };
  register(new URL('./hooks.js', import.meta.url), { data });
  return { kind: 'begun' };
}

/** Runs all tests on the file as it is. */
async function reach({ target, tests, mutants }: Subject): Promise<ReachOfTests> {
  const reached = new Reached(`${target}?`);
  const found: ReachedTest[] = [];
  for (const [file, url] of tests.entries()) {
    const failure = await runTestFile({
      url: `${url}${worldFor(0, file)}`,
      onStep: (title, durationMs) =>
        void found.push({
          file,
          title,
          durationMs,
          mutants: reached.since(mutants).map(({ number }) => number),
        }),
    });
    if (failure !== undefined) return { kind: 'reach', tests: found, failure: nameOf(failure, url) };
  }
  return { kind: 'reach', tests: found, failure: undefined };
}

async function failing(
  { tests }: Subject,
  mutant: number,
  selections: readonly Selection[],
): Promise<string | undefined> {
  for (const { file, titles } of selections) {
    const url = tests[file] ?? '';
    const failure = await runTestFile({ url: `${url}${worldFor(mutant, file)}`, titles });
    if (failure !== undefined) return nameOf(failure, url);
  }
  return undefined;
}

function nameOf({ title }: { readonly title: string }, url: string): string {
  return `${url.slice(url.lastIndexOf('/') + 1)}: ${title === '' ? LOADING : title}`;
}

const OUTSIDE = 'an error outside of the tests';

function errorOutside(): Promise<string> {
  return new Promise((resolve) => (outside = () => resolve(OUTSIDE)));
}
