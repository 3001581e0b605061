/** The options of `calldrill run` as a table: its help, its lines, and the lines that results and plans keep are read by it. */
import { OSCAL_VERSIONS } from '../../reports/index.ts';
import {
  flag,
  integer,
  optional,
  text,
  value,
  values,
  type Operands,
  type Options,
  type OptionTable,
} from '../command-line.ts';
import { pcap } from './capture.ts';
import {
  AS_OF,
  assignment,
  DEFAULT_OUT,
  DEFAULT_SEED,
  DEPLOYMENT,
  KEY_SEED_HELP,
  oscalVersion,
  pattern,
  seed,
  seedRange,
} from './options.ts';
import { shard } from '../shards/share.ts';

const THREADS_MAX = 256;
/** Runs that may have failed before a suite is stopped. */
const FAILURES_MAX = 100_000;
/** How often every run can be made. */
const REPEATS_MAX = 1_000;

/** What decides the outcome: a replay line is made of these. */
export const DECIDING = {
  seed: value(seed, `what all chance is drawn from; ${DEFAULT_SEED} when left out`),
  'key-seed': value(seed, KEY_SEED_HELP),
  seeds: value(seedRange, 'run under each of these seeds and compare; results go to <out>/<seed>/'),
  deployment: DEPLOYMENT,
  'as-of': AS_OF,
  param: values(assignment, 'set a parameter of the deployment, over what scenarios say'),
  variant: values(text('name'), 'run only variants of this name'),
  grep: value(pattern, 'run only variants whose name (scenario/variant) or title matches, in any case'),
  shard: value(shard, 'run one of several parts of what was chosen; calldrill merge joins their results'),
  plant: value(text('name|all'), 'break a rule of a device; all prints which check caught which violation'),
  'no-probes': flag('make no probe: checks that rest on one are not tested'),
} as const satisfies OptionTable;

const HANDLING = {
  'kill-page': value(
    text('file'),
    'with --plant all: write which check caught which violation as a page. It must not be there yet',
  ),
  'max-failures': value(
    integer(1, FAILURES_MAX),
    'stop when so many runs have failed; the others are missing, and run --resume <out> goes on',
  ),
  'repeat-each': value(
    integer(2, REPEATS_MAX),
    'make every run so often under the same seeds, and exit with 7 when one octet differs',
  ),
  out: value(text('folder'), `where results go; ${DEFAULT_OUT} when left out`),
  jobs: value(integer(1, THREADS_MAX), 'threads to use; as many as the machine has when left out'),
  queue: value(text('redis'), 'have the workers at this Redis make the runs: redis://host:port'),
  strict: flag('exit with 1 when something was not tested'),
  pcap: optional(
    pcap,
    'file',
    'capture what crosses the links: capture.pcapng beside each trace, or with - on standard output while one variant runs',
  ),
  'pcap-link': value(
    text('link'),
    'capture this link only, such as alice-crs, so that each packet is there once',
  ),
  'pcap-secrets': flag('put the TLS keys into the capture, so that Wireshark shows the signalling in clear'),
  'reveal-keys': flag('let --pcap-secrets write keys, and mark everything that is written'),
  baseline: value(
    text('results'),
    'say in summary.md what changed since these: a folder, bundle, report.json, or @name in baselines/',
  ),
  'oscal-version': value(
    oscalVersion,
    `which OSCAL the oscal-*.json are in: ${OSCAL_VERSIONS.join(' or ')}; ${OSCAL_VERSIONS[0]} when left out`,
  ),
  wav: flag('write what everybody heard of each call as a sound file: heard/*.wav beside each trace'),
  details: flag('print every check and every exposure of every variant'),
  quiet: flag('print the verdict, the seeds and the replay line only'),
} as const satisfies OptionTable;

const OTHERS = {
  'last-failed': flag(
    'run again what did not pass in the results in --out, under their seeds and parameters',
  ),
  resume: value(
    text('folder'),
    'go on with a run that was cut off (its hidden folder, as it was told), or with results of which some runs were not made',
  ),
  replay: value(text('file'), 'run again what a report.json or a typed.json is of, and compare the traces'),
  list: flag('list what would be run, and run nothing'),
} as const satisfies OptionTable;

const OPTIONS = { ...DECIDING, ...HANDLING, ...OTHERS };
const OPERANDS: Operands = { placeholder: '[scenario|file.yaml ...]', min: 0, max: Infinity };

/** What {@link Options} of `run` came to. */
export type RunGiven = Options<typeof OPTIONS>;

/** How the words behind `calldrill run` are read. */
export const RUN_LINE = { command: 'run', options: OPTIONS, operands: OPERANDS };
