/** What the process says to the shell that started it. Scripts rely on these numbers: they never change. */
import { CalldrillError } from '../sim/errors.ts';
import type { SuiteResult } from '../scenarios/runs/index.ts';

/** The numbers by what they mean; the order is not one of severity. */
export const EXIT = {
  pass: 0,
  fail: 1,
  usage: 2,
  scenario: 3,
  inconclusive: 4,
  internal: 5,
  interrupted: 6,
  unverified: 7,
  environment: 8,
} as const;

/** One of the numbers that the program exits with; there are no others. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What help and documentation print for each code, ascending. */
export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.pass, 'all pass; clauses that were not tested are listed'],
  [EXIT.fail, 'a check failed; with --strict also: a clause was not tested'],
  [EXIT.usage, 'the command line, or what it names, cannot be used'],
  [EXIT.scenario, 'a scenario is invalid'],
  [EXIT.inconclusive, 'a check is inconclusive, none failed'],
  [EXIT.internal, 'a run failed or was not made, so its verdicts are missing; or a defect of calldrill'],
  [EXIT.interrupted, 'interrupted; no results were written, except by play; run --resume goes on'],
  [EXIT.unverified, 'the evidence does not verify'],
  [EXIT.environment, 'the machine refuses: output cannot be written, or memory or WebAssembly is missing'],
];

/** From the worst: what is missing could have been anything; then a failure, evidence that differs, what is not known. */
const WORST_FIRST: readonly ExitCode[] = [
  EXIT.internal,
  EXIT.environment,
  EXIT.fail,
  EXIT.unverified,
  EXIT.inconclusive,
];

/** The worst of some codes; pass for none. */
export function worstExit(codes: readonly ExitCode[]): ExitCode {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.pass;
}

/** The exit code of a finished suite. A run that is missing counts most. Every check of every variant counts, what compares them, and what the deployment declares: a waiver that expired is a failure; what was not tested counts when `strict`. */
export function exitOfSuite(suite: SuiteResult, strict: boolean): ExitCode {
  const { deployment } = suite;
  const declared = deployment === undefined ? [] : [...deployment.declares, ...deployment.waivers];
  const played = suite.scenarios.flatMap(({ variants, across }) => [
    ...variants.flatMap((variant) => variant.checks),
    ...across,
  ]);
  const checks = [...played, ...declared];
  const missing = suite.scenarios.flatMap((scenario) => scenario.missing);
  // What a suite was stopped for is known: that is said.
  const lost = missing.filter(({ code }) => code !== 'RUN_NOT_BEGUN');
  if (lost.length > 0)
    return lost.every(({ code }) => ENVIRONMENT.test(code)) ? EXIT.environment : EXIT.internal;
  if (checks.some(({ verdict }) => verdict === 'fail')) return EXIT.fail;
  if (missing.length > 0) return EXIT.internal;
  if (checks.some(({ verdict }) => verdict === 'inconclusive')) return EXIT.inconclusive;
  const untested = [...checks, ...suite.clauses].some(({ verdict }) => verdict === 'not-tested');
  return strict && untested ? EXIT.fail : EXIT.pass;
}

/** Rooms whose errors are about how calldrill was called. */
const USAGE =
  /^(?:(?:CLI|HOST|SUITE|CONTROL|CRS_STATE)_|SHARD_(?:NONE|DIFFERS|BUILD|MISSING)$|NETWORK_ADDRESS_UNUSABLE$|RUN_NO_LINK$)/;

/** Errors of devices that are processes of their own and are gone: what the run would have shown is not known. */
const GONE = /^CONTROL_(?:DEVICE_|DIRECTOR_|NOT_JOINED$)/;

/** Errors of a run that took the place where it was made with it. */
const LOST = /^RUN_(?:ENDED|SILENT)$/;

/** What the machine does not give; the command line may be right. */
const ENVIRONMENT =
  /^(?:CLI_OUTPUT|CLI_OUT_WRITE|RUN_MEMORY_FULL|HOST_MEMORY|HOST_WEBASSEMBLY|QUEUE_(?:AWAY|REFUSED|NOT_INSTALLED))$/;

/** What evidence that is read is refused for, whoever reads it. */
const UNVERIFIED = /^(?:VERIFY_NOT_WHOLE|SHARD_(?:PLAN|TWICE))$/;

/** The exit code of an error. `otherwise` is for typed errors of what the command works on: a scenario, a message. */
export function exitOfError(thrown: unknown, otherwise: ExitCode): ExitCode {
  if (!(thrown instanceof CalldrillError)) return EXIT.internal;
  if (thrown.code === 'CLI_INTERRUPTED') return EXIT.interrupted;
  if (ENVIRONMENT.test(thrown.code)) return EXIT.environment;
  if (LOST.test(thrown.code)) return EXIT.internal;
  if (UNVERIFIED.test(thrown.code)) return EXIT.unverified;
  if (GONE.test(thrown.code)) return EXIT.inconclusive;
  return USAGE.test(thrown.code) ? EXIT.usage : otherwise;
}
