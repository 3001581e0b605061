/**
 * The probe matrix of the catalogue, as data, and in what a scenario differs from it: in its file, and in its runs. The rows are `matrix.json`; which
 * of them are not there yet stands in `missing-rows.fixture.ts`.
 *
 * A probe is a row of the matrix when it has the id of a row of its scenario, be it a probe of all variants or of one. What such a probe says
 * has to agree with the row in every variant in which it is made and applies: another outcome is another row, with an id of its own. A probe with
 * another id is none, and the matrix says nothing of it.
 */
import { readFileSync } from 'node:fs';
import { choice, listOf, objectOf, optional, readJson, tableOf, text } from '../../sim/json-fields.ts';
import { formatDuration, parseDuration } from '../../sim/duration.ts';
import { DEPLOYMENT_PARAMETERS, type DeploymentName } from '../../devices/deployment.ts';
import { resolveVariant, variantsOf, type Probe, type Screenplay, type Step } from '../language/index.ts';
import { printedValue } from '../runs/printed-value.ts';
import type { ProbeOutcome } from '../world/probes/events.ts';

const rows = listOf(
  objectOf({
    ...{ scenario: text({ min: 1 }), id: text({ min: 1 }), row: text({ min: 1 }) },
    path: objectOf({ attack: text({ min: 1 }), route: text({ min: 1 }), means: listOf(text({ min: 1 })) }),
    predict: choice('opened', 'refused'),
    reason: optional(text({ min: 1 })),
    // Values that it takes; where it names none it holds at the defaults.
    parameters: optional(tableOf(text({ min: 1 }))),
    ...{ when: text({ min: 1 }), why: text({ min: 1 }) },
    // What stood here before, and why that was wrong.
    corrected: optional(text({ min: 1 })),
  }),
);

/** One row of the catalogue's matrix. */
export type MatrixRow = ReturnType<typeof rows>[number];

/** All rows of all scenarios, shipped yet or not. */
export const MATRIX: readonly MatrixRow[] = readJson(
  JSON.parse(readFileSync('scenarios/catalogue/matrix.json', 'utf8')),
  rows,
  { root: 'matrix.json', refuse: ({ message }) => new Error(message) },
);

/** The rows of one scenario. */
export function rowsOf(scenario: string): readonly MatrixRow[] {
  return MATRIX.filter((row) => row.scenario === scenario);
}

/** Attacks whose line on the console is another one than the catalogue's words, by the row and those words. */
const LINES: Readonly<Record<string, string>> = {
  'replay-mall replay': 'replay --malleated',
  'forge forge --month m': 'forge --month',
  'forge forge --month m+1': 'forge --month',
  'forge forge --month m+1 --sent m+1': 'forge --month --sent',
  'portscan scan-ports': 'scan-ports --undeclared',
  'register register-as --suites other': 'knock other-suites',
  'register register-as --suites null': 'knock null-cipher',
  'register register-as --suites certificate': 'knock certificate',
  'register register-as --plain': 'knock plaintext',
};

/** What a row's attack is called on the console. */
function attackOf({ row, path: { attack, route } }: MatrixRow): string {
  if (attack === 'register-as' && route === 'outside') return 'register-as --unknown';
  return LINES[`${row} ${attack}`] ?? attack;
}

/** A probe that is a row, where it is made and applies. */
export interface MadeRow {
  readonly row: MatrixRow;
  readonly variant: string;
}

/** The rows that a screenplay has, in each variant in which their probes are made and apply. */
export function madeRows(screenplay: Screenplay, matrix: readonly MatrixRow[]): readonly MadeRow[] {
  return variantsOf(screenplay).flatMap(({ name }) => {
    const { probes } = resolveVariant(screenplay, name);
    const made = probes.filter(({ notApplicable }) => notApplicable === undefined).map(({ id }) => id);
    return matrix.filter(({ id }) => made.includes(id)).map((row) => ({ row, variant: name }));
  });
}

/** In what the file differs from rows: the row and command of a probe, what it predicts and why, and the parameters of its variant. */
export function differencesInFile(screenplay: Screenplay, matrix: readonly MatrixRow[]): readonly string[] {
  return madeRows(screenplay, matrix).flatMap(({ row, variant }) => {
    const { probes, parameters, steps } = resolveVariant(screenplay, variant);
    const probe = probes.find(({ id }) => id === row.id);
    if (probe === undefined) return [`${variant}/${row.id}: is not there`];
    const [command] = probe.type.trim().split(/\s+/);
    return told(`${variant}/${row.id}`, [
      ['row', probe.row, row.row],
      ['command', command, attackOf(row).split(' ')[0]],
      ['prediction', probe.predict, row.predict],
      ['reason', probe.reason, row.reason],
      ...[...(row.parameters ?? [])].map(
        ([name, value]) =>
          [
            name,
            name === 'phone-state'
              ? phoneStateAt(steps, probe)
              : name === 'source-list'
                ? sourceListAt(screenplay, steps, probe)
                : name === 'same-number'
                  ? SAME_NUMBER
                  : valueIn(parameters, name),
            writtenAlike(name, value),
          ] as const,
      ),
    ]);
  });
}

/** In what the outcome of a probe in a run differs from its row: what came of it and why, by which path, and its controls. */
export function differencesInRun(variant: string, outcome: ProbeOutcome, row: MatrixRow): readonly string[] {
  const { path } = row;
  return told(`${variant}/${row.id}`, [
    ['outcome', outcome.outcome, row.predict],
    ['reason', outcome.reason ?? undefined, row.reason],
    ['attack', outcome.attack, attackOf(row)],
    ['route', outcome.route, path.route],
    ['means', outcome.needs.toSorted().join(), path.means.toSorted().join()],
    ['positive control', outcome.positiveControl, 'opened'],
    ['negative control', outcome.negativeControl, 'refused'],
  ]);
}

type Compared = readonly [what: string, here: string | undefined, there: string | undefined];

function told(place: string, fields: readonly Compared[]): readonly string[] {
  return fields
    .filter(([, here, there]) => here !== there)
    .map(
      ([what, here, there]) => `${place}: ${what} is ${here ?? 'none'}, and in the matrix ${there ?? 'none'}`,
    );
}

function isParameter(name: string): name is DeploymentName {
  return name in DEPLOYMENT_PARAMETERS;
}

/**
 * What a phone is found in is nothing that a deployment decides: somebody switches it off. It is off in a variant in which a phone was switched
 * off before the probe, and not on again; locked likewise.
 */
function phoneStateAt(steps: readonly Step[], { when }: Probe): string {
  const [off, locked] = [new Set<string>(), new Set<string>()];
  for (const step of steps) {
    if (step.on === undefined || step.when.kind !== 'at' || when.kind !== 'at' || step.when.t > when.t)
      continue;
    if (step.type === 'power off') off.add(step.on);
    if (step.type === 'power on') off.delete(step.on);
    if (step.type === 'lock') locked.add(step.on);
    if (step.type === 'unlock' && step.refused === undefined) locked.delete(step.on);
  }
  return off.size > 0 ? 'powered-off' : locked.size > 0 ? 'locked' : 'unlocked';
}

/** What a CRS does with a number that another account has is no choice: it refuses the disc. */
const SAME_NUMBER = 'refused-at-load';

/**
 * Nor does a deployment decide by itself which sources the firewall lists: its rules do, as they stand when the probe is made. The list is on
 * where nothing is let through but by rules that name sources.
 */
function sourceListAt({ world }: Screenplay, steps: readonly Step[], { when }: Probe): string {
  const rules = (world.topology.firewall?.rules ?? ['allow tcp 5061']).map(String);
  for (const step of steps) {
    if (step.on !== 'firewall' || step.when.kind !== 'at' || when.kind !== 'at' || step.when.t > when.t)
      continue;
    if (/^(allow|deny) /.test(step.type)) rules.push(step.type);
    const gone = /^remove (\d+)$/.exec(step.type)?.[1];
    if (gone !== undefined) rules.splice(Number(gone) - 1, 1);
  }
  return rules.every((rule) => rule.startsWith('deny ') || rule.includes(' from ')) ? 'on' : 'off';
}

/** The value that is in force, as it is printed. */
function valueIn(parameters: Screenplay['parameters'], name: string): string {
  if (!isParameter(name)) return 'no parameter';
  return printedValue(name, parameters[name] ?? DEPLOYMENT_PARAMETERS[name].default);
}

/** A value of the matrix as it is printed: 48h is 2d. */
function writtenAlike(name: string, value: string): string {
  const isDuration = isParameter(name) && DEPLOYMENT_PARAMETERS[name].kind === 'duration';
  return isDuration ? formatDuration(parseDuration(value) ?? 0) : value;
}
