/**
 * `npm run metamorphic`: holds every shipped variant against runs that must show the same: other keys, other users, a month later, one more phone, twice
 * the loss; and against such in which a refusal must not stay what it is. Exit status 0 when no verdict hangs on any of that, 1 when one does.
 *
 *     npm run metamorphic -- [--scenario <id>]... [--relation <name>]... [--json]
 */
import { loadAssets, loadScenario, shippedScenarios } from '../../scenarios/host/index.ts';
import { SHIPPED_KINDS } from '../../scenarios/world/index.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { CONTRASTS, RELATIONS } from './metamorphic/relation.ts';
import { PairedRuns, pairingsOf, type PairingResult } from './metamorphic/trial.ts';
import { givenTo, readOptions, refusal, type ReadOptions } from './script-options.ts';
import { scriptProgress } from './script-progress.ts';

const NAMES = [...RELATIONS, ...CONTRASTS].map(({ name }) => name);

const SCRIPT = {
  name: 'metamorphic',
  summary: 'Runs shipped variants and twins of them that must show the same, and says where they do not.',
  options: {
    scenario: { type: 'string', multiple: true },
    relation: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
  },
  usage: '[--scenario <id>]... [--relation <name>]... [--json]',
} as const;

interface Order {
  readonly scenarios: readonly string[];
  readonly relations: readonly string[];
  readonly json: boolean;
}

function readOrder(words: readonly string[], known: readonly string[]): ReadOptions<Order> {
  const read = readOptions(SCRIPT, words);
  if (!('given' in read)) return read;
  const { scenario: scenarios = [], relation: relations = [], json } = read.given;
  const stranger = scenarios.find((id) => !known.includes(id));
  if (stranger !== undefined) return refusal(SCRIPT, `there is no scenario ${stranger}: ${known.join(', ')}`);
  const strange = relations.find((name) => !NAMES.includes(name));
  if (strange !== undefined) return refusal(SCRIPT, `there is no relation ${strange}: ${NAMES.join(', ')}`);
  return { given: { scenarios, relations, json } };
}

function linesOf(results: readonly PairingResult[]): readonly string[] {
  const troubled = results.filter(({ troubles }) => troubles.length > 0);
  const compared = results.reduce((sum, each) => sum + each.compared, 0);
  return [
    ...troubled.flatMap(({ scenario, variant, name, troubles }) => [
      `${scenario}/${variant}, ${name}`,
      ...troubles.map((trouble) => `    ${trouble}`),
    ]),
    `${results.length} pairs, ${compared} checks held against each other, ${troubled.length} pairs differ`,
  ];
}

async function main(): Promise<ExitCode> {
  const files = await shippedScenarios();
  const known = files.map(({ name }) => name);
  const order = givenTo(process, readOrder(process.argv.slice(2), known));
  if (order === undefined) return process.exitCode === EXIT.pass ? EXIT.pass : EXIT.usage;
  const wanted = files.filter(({ name }) => order.scenarios.length === 0 || order.scenarios.includes(name));
  const screenplays = await Promise.all(wanted.map((file) => loadScenario(file, SHIPPED_KINDS)));
  const pairings = pairingsOf(screenplays).filter(
    ({ by }) => order.relations.length === 0 || order.relations.includes(by.name),
  );
  const progress = scriptProgress({
    isTty: process.stderr.isTTY,
    total: pairings.length,
    things: 'pairs',
    now: () => performance.now(),
  });
  const runs = new PairedRuns(await loadAssets());
  const results: PairingResult[] = [];
  for (const pairing of pairings) {
    const result = runs.resultOf(pairing);
    if (result !== undefined) results.push(result);
    process.stderr.write(progress());
  }
  process.stdout.write(
    order.json ? `${JSON.stringify(results, undefined, 2)}\n` : `${linesOf(results).join('\n')}\n`,
  );
  return results.every(({ troubles }) => troubles.length === 0) ? EXIT.pass : EXIT.fail;
}

process.exitCode = await main();
