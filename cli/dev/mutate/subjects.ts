/**
 * The files whose tests are tried with mutants, and which tests those are: `x.test.ts` beside `x.ts`, and what is named here. A file that is asked
 * for need not be listed; those that are must reach the score.
 */
import { existsSync } from 'node:fs';

/** Percent of a file's mutants that its tests must notice. */
export const SCORE_MIN = 90;

/** What `npm run mutate` tries when no file is named. */
export const FILES: readonly string[] = [
  'network/mikey/replay-cache.ts',
  'network/mikey/receive-rules.ts',
  'network/rtp/srtp.ts',
  'network/tls-psk/server.ts',
  'devices/crs/accounts.ts',
  'devices/crs/admission.ts',
  'devices/crs/relay.ts',
  'scenarios/evidence/verdicts/across.ts',
  'scenarios/evidence/verdicts/caused-by.ts',
  'scenarios/evidence/verdicts/check.ts',
  'scenarios/evidence/verdicts/clause.ts',
  'scenarios/evidence/verdicts/compared.ts',
  'scenarios/evidence/verdicts/custody.ts',
  'scenarios/evidence/verdicts/expectation.ts',
  'scenarios/evidence/verdicts/exposure.ts',
  'scenarios/evidence/verdicts/match.ts',
  'scenarios/evidence/verdicts/moment.ts',
  'scenarios/evidence/verdicts/opportunity.ts',
  'scenarios/evidence/verdicts/prefix.ts',
  'scenarios/evidence/verdicts/probe.ts',
  'scenarios/evidence/verdicts/steps.ts',
  'scenarios/evidence/verdicts/tries.ts',
  'scenarios/evidence/verdicts/verdict.ts',
  'scenarios/evidence/verdicts/window.ts',
  'scenarios/evidence/verdicts/window-words.ts',
];

/** Tests of a file beside the one that has its name. */
const MORE_TESTS: Readonly<Record<string, readonly string[]>> = {
  'devices/crs/accounts.ts': ['devices/crs/kept-accounts.test.ts'],
  'network/mikey/receive-rules.ts': ['network/mikey/imessage.test.ts', 'network/mikey/refusals.test.ts'],
  'network/rtp/srtp.ts': ['network/rtp/srtp-refusals.test.ts'],
  'network/tls-psk/server.ts': [
    'network/tls-psk/session.test.ts',
    'network/tls-psk/attack.test.ts',
    'network/tls-psk/dhe.test.ts',
    'network/tls-psk/recorded.test.ts',
  ],
  'scenarios/evidence/verdicts/caused-by.ts': ['scenarios/evidence/verdicts/compared.test.ts'],
  'scenarios/evidence/verdicts/expectation.ts': ['scenarios/evidence/verdicts/compared.test.ts'],
};

/** The tests of a file, as far as they are there. */
export function testsOf(file: string): readonly string[] {
  return [file.replace(/\.ts$/, '.test.ts'), ...(MORE_TESTS[file] ?? [])].filter((test) => existsSync(test));
}

/** Where the build puts a source, from the root of the checkout. */
export function builtPathOf(source: string): string {
  return `dist/${source.replace(/\.ts$/, '.js')}`;
}
