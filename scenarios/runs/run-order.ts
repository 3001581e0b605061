/**
 * An order: everything that decides a run, and what is wanted of it, as plain JSON. Whoever has it can make the run, on this thread,
 * on another or on another machine, and comes to the same trace octet for octet. It is written in the canonical form, so its SHA-256
 * names the run.
 *
 * The build is in orders, never in a trace: another build that gives the same trace is no other evidence.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '../../sim/canonical-json.ts';
import {
  anything,
  choice,
  flag,
  isJsonRecord,
  listOf,
  objectOf,
  optional,
  readJson,
  tableOf,
  text,
  whole,
} from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { LINE_LENGTH_MAX } from '../../devices/console/index.ts';
import { loadDeployment, type DeploymentFile } from '../deployment/index.ts';
import { LIMITS, loadScreenplay, type ProcedureSource, type Screenplay } from '../language/index.ts';
import { vocabulary, type Assets } from '../world/index.ts';
import { checkLines } from './check-lines.ts';
import { runError, type RUN_CODES } from './errors.ts';
import { settingsOf } from './order-settings.ts';
import type { PlayedLines, RunParameters } from './run-api.ts';

const FORMAT = 'calldrill-run-order';
const VERSION = 1;

/** A capture as it is ordered: its octets either come with the files of the run, or while it is under way. */
export interface CaptureOrder {
  /** Whether the keys of TLS sessions go into the file. */
  readonly secrets: boolean;
  readonly live: boolean;
  /** The only link that is captured; all of them when left out. */
  readonly link?: string;
}

/** The scenario file of an order. */
export interface OrderedScenario {
  /** As errors and reports call it. */
  readonly file: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly sha256: string;
  readonly text: string;
}

/** The deployment file of an order. */
type OrderedFile = OrderedScenario;

/** One procedure file of an order: what the scenario performs, or what is performed inside that. */
export interface OrderedProcedure extends OrderedScenario {
  /** By which it is performed. */
  readonly name: string;
}

/** One variant of one scenario under one seed; equal orders come to equal traces. */
export interface RunOrder {
  /** SHA-256 over the files of the calldrill that it was made with. */
  readonly build: string;
  readonly scenario: OrderedScenario;
  /** The procedures that the scenario performs, and those inside them, by name; left out when it performs none. */
  readonly procedures?: readonly OrderedProcedure[];
  readonly variant: string;
  /** `42`: the seed of a suite; that of the run is derived from it and the scenario. */
  readonly seed: string;
  /** What the keys and credentials of every CMS come from, whatever the scenario and variant. */
  readonly keySeed: string;
  /** Overrides of deployment parameters. They win over the scenario and its variants. */
  readonly parameters: RunParameters;
  /** What an organisation decided, under the scenario. */
  readonly deployment?: OrderedFile;
  /** Rule broken by a planted violation. */
  readonly plant?: string;
  /** Lines that a person typed, instead of those of the roles they played. */
  readonly typed?: PlayedLines;
  /** Whether the probes of the scenario are made; checks that rest on them are not tested otherwise. */
  readonly probes: boolean;
  /** Asks for a capture of the network. */
  readonly capture?: CaptureOrder;
  /** Whether what everybody heard of their calls becomes sound files. */
  readonly heard: boolean;
}

/** What an order says beside the scenario; the rest has a default, which is the seed for the key seed. */
export type OrderWishes = Pick<RunOrder, 'build' | 'variant' | 'seed' | 'parameters'> &
  Partial<Pick<RunOrder, 'keySeed' | 'plant' | 'typed' | 'probes' | 'capture' | 'heard'>> & {
    readonly deployment?: Pick<DeploymentFile, 'file' | 'text'> | undefined;
  };

/** The order to run one variant of a screenplay: with its probes, and nothing recorded but the trace, unless the wishes say so. */
export function orderOf({ file, text: source, procedures }: Screenplay, wishes: OrderWishes): RunOrder {
  const { build, variant, seed, keySeed, parameters, plant, typed, probes, capture, heard } = wishes;
  const { deployment } = wishes;
  return {
    build,
    scenario: orderedFile(file, source),
    ...(procedures.length === 0 ? {} : { procedures: procedures.map(ordered) }),
    variant,
    seed,
    keySeed: keySeed ?? seed,
    parameters,
    ...(deployment === undefined ? {} : { deployment: orderedFile(deployment.file, deployment.text) }),
    ...(plant === undefined ? {} : { plant }),
    ...(typed === undefined ? {} : { typed }),
    probes: probes ?? true,
    ...(capture === undefined ? {} : { capture }),
    heard: heard ?? false,
  };
}

function orderedFile(file: string, content: string): OrderedFile {
  return { file, sha256: sha256Of(content), text: content };
}

function ordered({ name: called, file, text: source }: ProcedureSource): OrderedProcedure {
  return { name: called, ...orderedFile(file, source) };
}

/** The order as text, in the canonical form: equal orders give equal octets. */
export function writeRunOrder(order: RunOrder): string {
  return canonicalJson({ format: FORMAT, version: VERSION, ...order } as unknown as JsonValue);
}

/** The name of the run: SHA-256 of the canonical form, hexadecimal. Equal keys mean equal traces. */
export function runKey(order: RunOrder): string {
  return sha256Of(writeRunOrder(order));
}

/** Characters of a label, a name and the like in an order. */
const ORDER_LIMITS = {
  /** Characters of an order */
  characters: 24 * 1024 * 1024,
  /** Characters of the name of the scenario file in an order */
  file: 4_096,
  /** Characters of a name in an order */
  name: 64,
  /** Typed lines in an order */
  lines: 10_000,
  /** Roles that are played in an order */
  roles: 64,
  /** Procedures in an order */
  procedures: 256,
};

const digest = text({ pattern: /^[0-9a-f]{64}$/, what: 'a SHA-256 in hexadecimal' });
const name = text({
  pattern: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  max: ORDER_LIMITS.name,
  what: 'a name',
});
const seedText = text({ pattern: /^\w[\w.-]{0,63}$/, what: 'a seed' });
const line = text({ min: 1, max: LINE_LENGTH_MAX });

const sourceFields = {
  file: text({ min: 1, max: ORDER_LIMITS.file }),
  sha256: digest,
  text: text({ max: LIMITS.fileOctets }),
};

const writtenFile = objectOf(sourceFields);

const ORDER = objectOf({
  format: choice(FORMAT),
  version: choice(VERSION),
  build: digest,
  scenario: writtenFile,
  deployment: optional(writtenFile),
  procedures: optional(listOf(objectOf({ name, ...sourceFields }), { max: ORDER_LIMITS.procedures })),
  variant: name,
  seed: seedText,
  keySeed: seedText,
  parameters: tableOf(anything),
  plant: optional(text({ min: 1, max: ORDER_LIMITS.name })),
  typed: optional(
    objectOf({
      roles: listOf(name, { max: ORDER_LIMITS.roles }),
      lines: listOf(objectOf({ time: whole(), by: name, on: name, line }), { max: ORDER_LIMITS.lines }),
      left: optional(whole()),
    }),
  ),
  probes: flag,
  capture: optional(
    objectOf({ secrets: flag, live: flag, link: optional(text({ min: 1, max: ORDER_LIMITS.name })) }),
  ),
  heard: flag,
});

type OrderRefusal = (
  code: keyof typeof RUN_CODES & `RUN_ORDER_${string}`,
  detail: string,
  offset?: number,
) => Error;

/**
 * Reads an order, strictly. Throws RUN_ORDER_JSON with the offset, RUN_ORDER_VERSION, RUN_ORDER_FIELD with the place of the field,
 * RUN_ORDER_SOURCE. `origin` names it in errors. Whether the scenario is one is found out when it is read.
 */
export function parseRunOrder(written: string, origin: string): RunOrder {
  const refuse: OrderRefusal = (code, detail, offset) =>
    runError(code, `${origin}: ${detail}`, {
      where: { file: origin, ...(offset === undefined ? {} : { offset }) },
    });
  if (written.length > ORDER_LIMITS.characters)
    throw refuse('RUN_ORDER_FIELD', `the order has ${written.length} characters`);
  const content = parseJson(written, (offset) => refuse('RUN_ORDER_JSON', 'the order is not JSON', offset));
  if (!isJsonRecord(content) || content['format'] !== FORMAT || content['version'] !== VERSION)
    throw refuse('RUN_ORDER_VERSION', `this is not an order of version ${VERSION}`);
  const {
    format: _format,
    version: _version,
    parameters,
    ...order
  } = readJson(content, ORDER, {
    root: 'the order',
    refuse: ({ message }) => refuse('RUN_ORDER_FIELD', message),
  });
  if (sha256Of(order.scenario.text) !== order.scenario.sha256)
    throw refuse('RUN_ORDER_SOURCE', 'the text of the scenario has another SHA-256');
  if (order.deployment !== undefined && sha256Of(order.deployment.text) !== order.deployment.sha256)
    throw refuse('RUN_ORDER_SOURCE', 'the text of the deployment has another SHA-256');
  checkProcedures(order.procedures ?? [], refuse);
  checkTyped(order.typed, refuse);
  const settings = settingsOf(parameters, (setting) =>
    refuse('RUN_ORDER_FIELD', `the parameter '${setting.slice(0, 64)}' cannot be set like this`),
  );
  return { ...order, parameters: settings };
}

/** Each is there once, in the order of their names, as whoever wrote the order found them. */
function checkProcedures(procedures: readonly OrderedProcedure[], refuse: OrderRefusal): void {
  let before = '';
  for (const { name: each, text: source, sha256 } of procedures) {
    if (each <= before) throw refuse('RUN_ORDER_FIELD', 'the procedures are not in the order of their names');
    if (sha256Of(source) !== sha256)
      throw refuse('RUN_ORDER_SOURCE', `the text of the procedure '${each}' has another SHA-256`);
    before = each;
  }
}

/** Times never fall, everybody who types is played, and the end is the end. */
function checkTyped(typed: PlayedLines | undefined, refuse: OrderRefusal): void {
  if (typed === undefined) return;
  const { roles, lines, left } = typed;
  let before = 0;
  for (const [index, { time, by }] of lines.entries()) {
    const place = `typed.lines[${index}]`;
    if (time < before) throw refuse('RUN_ORDER_FIELD', `${place} is earlier than the one before it`);
    if (!roles.includes(by)) throw refuse('RUN_ORDER_FIELD', `${place} is by '${by}', who is not played`);
    before = time;
  }
  if (left !== undefined && left < before)
    throw refuse('RUN_ORDER_FIELD', 'typed.left is before the last line was typed');
}

/**
 * The screenplay of an order, checked as that of a file is. Throws ScreenplayError. A place that carries out many orders of one
 * scenario reads it once, by its digest.
 */
export function orderedScreenplay(
  { scenario, procedures = [] }: RunOrder,
  kinds: Assets['kinds'],
): Screenplay {
  const sources = new Map(procedures.map((each) => [each.name, each]));
  const screenplay = loadScreenplay(scenario.text, scenario.file, vocabulary(kinds), sources);
  checkLines(screenplay, kinds);
  return screenplay;
}

/** The deployment of an order, checked as that of a file is; undefined when it has none. Throws ScreenplayError. */
export function orderedDeployment(
  { deployment }: RunOrder,
  kinds: Assets['kinds'],
): DeploymentFile | undefined {
  return deployment && loadDeployment(deployment.text, deployment.file, vocabulary(kinds));
}

function sha256Of(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
