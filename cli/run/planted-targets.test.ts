/**
 * Checks that are held against a target of the deployment are not tested without one, so no scenario can list the violation that they must notice. Here they have
 * their targets, and each notices one: what was declared is not kept.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { parseSuite } from '../../scenarios/evidence/parse-suite.ts';
import { typedInFolder } from '../typed-in-folder.fixture.ts';

const OURS = `deployment: ours
valid-on: 2015-12-01
targets: { first-action: 15m, wipe-acknowledged: 15m, code-on-screen: 5m }
`;

const { place, calldrill } = typedInFolder('targets');
writeFileSync(join(place, 'ours.yaml'), OURS);

/** What a check came to, with a rule broken or with none. */
async function verdictOf(
  scenario: string,
  variant: string,
  check: string,
  ...more: readonly string[]
): Promise<string | undefined> {
  const out = [scenario, variant, check, ...more].join('-');
  const words = ['run', scenario, '--variant', variant, '--seed', '42', '--no-probes', ...more];
  await calldrill(...words, '--out', out, '--deployment', 'ours.yaml');
  const report = readFileSync(join(place, out, 'report.json'), 'utf8');
  const [played] = parseSuite(report, 'report.json').scenarios.flatMap(({ variants }) => variants);
  return played?.checks.find(({ id }) => id === check)?.verdict;
}

for (const [part, scenario, variant, check, rule] of [
  [
    'para-29.c1/told-to-action',
    ...['client-compromise', 'wipe-destroy-block', 'first-action', 'administrator.orders-wipe'],
  ],
  [
    'para-30.c1/acknowledged',
    ...['client-compromise', 'wipe-destroy-block', 'acknowledged', 'handset.obeys-mdm'],
  ],
  ['para-23.c1/seconds-on-screen', ...['initial-enrolment', 'screen', 'shown-for', 'operator.hides-code']],
] as const)
  test(`${part}: ${check} fails where ${rule} is broken`, async (t) => {
    t.is(await verdictOf(scenario, variant, check), 'pass');
    t.is(await verdictOf(scenario, variant, check, '--plant', rule), 'fail');
  });
