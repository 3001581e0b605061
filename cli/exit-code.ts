/** What the process says to the shell that started it. Scripts rely on these numbers: they never change. */
import { CalldrillError } from '../sim/errors.ts';
import type { SuiteResult } from '../scenarios/runs/index.ts';

export const EXIT = {
  pass: 0,
  fail: 1,
  usage: 2,
  scenario: 3,
  inconclusive: 4,
  internal: 5,
  interrupted: 6,
  unverified: 7,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.pass, 'all pass; clauses that were not tested are listed'],
  [EXIT.fail, 'a check failed; with --strict also: a clause was not tested'],
  [EXIT.usage, 'the command line, or what it names, cannot be used'],
  [EXIT.scenario, 'a scenario is invalid'],
  [EXIT.inconclusive, 'a check is inconclusive, none failed'],
  [EXIT.internal, 'a defect of calldrill'],
  [EXIT.interrupted, 'interrupted; nothing was written, except by play'],
  [EXIT.unverified, 'the evidence does not verify'],
];

/** From the worst: a failure, evidence that differs, what is not known. Codes of errors never meet others. */
const WORST_FIRST: readonly ExitCode[] = [EXIT.fail, EXIT.unverified, EXIT.inconclusive];

/** The worst of some codes; pass for none. */
export function worstExit(codes: readonly ExitCode[]): ExitCode {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.pass;
}

/** The exit code of a finished suite. Every check of every variant counts; what was not tested counts when `strict`. */
export function exitOfSuite(suite: SuiteResult, strict: boolean): ExitCode {
  const checks = suite.scenarios.flatMap(({ variants }) => variants).flatMap((variant) => variant.checks);
  if (checks.some(({ verdict }) => verdict === 'fail')) return EXIT.fail;
  if (checks.some(({ verdict }) => verdict === 'inconclusive')) return EXIT.inconclusive;
  const untested = [...checks, ...suite.clauses].some(({ verdict }) => verdict === 'not-tested');
  return strict && untested ? EXIT.fail : EXIT.pass;
}

/** Rooms whose errors are about how calldrill was called. */
const USAGE = /^(?:(?:CLI|HOST|CONTROL|CRS_STATE)_|NETWORK_ADDRESS_UNUSABLE$)/;

/** Errors of devices that are processes of their own and are gone: what the run would have shown is not known. */
const GONE = /^CONTROL_(?:DEVICE_|DIRECTOR_|NOT_JOINED$)/;

/** The exit code of an error. `otherwise` is for typed errors of what the command works on: a scenario, a message. */
export function exitOfError(thrown: unknown, otherwise: ExitCode): ExitCode {
  if (!(thrown instanceof CalldrillError)) return EXIT.internal;
  if (thrown.code === 'CLI_INTERRUPTED') return EXIT.interrupted;
  if (GONE.test(thrown.code)) return EXIT.inconclusive;
  return USAGE.test(thrown.code) ? EXIT.usage : otherwise;
}
