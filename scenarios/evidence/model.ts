/**
 * The model of a finished suite: what every report is rendered from, and nothing else. It is plain data (JSON), it holds no
 * wall-clock value and no secret, and equal runs give equal models. Wall-clock figures go to `timing.json` only.
 */
import type { Micros } from '../../sim/clock.ts';
import type { AnyTraceEvent, EventNumber } from '../../sim/trace.ts';
import type { CatalogueCheck, CatalogueClause, CataloguePart } from '../catalogue/clauses.ts';
import type { DeploymentResult, ParameterSetter } from './deployment-result.ts';
import type { HeardCall } from './heard-call.ts';
import type { ProcedureResult } from './procedures/model.ts';
import type { ExerciseScore } from './score/model.ts';
import type { SuiteShard } from './suite-shard.ts';
import type { Unit } from './units.ts';
import type { LostAt, PartFinding, Verdict } from './verdict.ts';

export type { HeardCall, HeardSound } from './heard-call.ts';

export { isNotMade, lossText, type SuiteShard } from './suite-shard.ts';
export { UNITS, type Unit } from './units.ts';
export { isTested, isWhole, VERDICTS, type LostAt, type PartFinding, type Verdict } from './verdict.ts';
export type {
  DeploymentCheck,
  DeploymentResult,
  ParameterSetter,
  WaiverResult,
  WaiverTerms,
} from './deployment-result.ts';

/** One check of a run: an expectation or a probe. */
export interface CheckResult {
  /** Unique within the scenario: the `id` of the expectation or probe. */
  readonly id: string;
  readonly kind: 'expectation' | 'probe';
  readonly title: string;
  /** What it says of the catalogue; empty where it does not count for clauses. */
  readonly parts: readonly PartFinding[];
  readonly verdict: Verdict;
  readonly was?: Verdict; // what it came to, where a waiver turned that into `waived`
  readonly why: string; // one sentence: what was seen, with numbers
  readonly evidence: readonly EventNumber[]; // events that the verdict rests on
  readonly probe?: ProbeResult; // set for probes
  readonly lostAt?: LostAt; // of one that failed, where an event can be named
  readonly source: string; // file:line of the check in the scenario file
}

/** One attempt of an attacker: what was predicted, what came out, and whether its two controls allow belief in it. */
export interface ProbeResult {
  /** Row of the scenario's probe matrix: `dec-in`. */
  readonly row: string;
  /** The line that the attacker typed. */
  readonly line: string;
  readonly time: Micros;
  readonly predict: 'opened' | 'refused';
  /** Why the scenario predicts that. */
  readonly prediction: string;
  readonly outcome: 'opened' | 'refused' | 'inconclusive';
  /** Why it was refused: a code of the closed list. */
  readonly refusedAs?: string;
  /** What was seen. */
  readonly because: string;
  /** What a success was made with: `PSK(+447700900001 2015-10)#1a2b3c4d`. */
  readonly means: readonly string[];
  /** The same with a key that must open it, and with one that must not; inconclusive when it could not be tried. */
  readonly positiveControl: 'opened' | 'refused' | 'inconclusive';
  readonly positiveBecause: string;
  readonly negativeControl: 'opened' | 'refused' | 'inconclusive';
  readonly negativeBecause: string;
  /** True when it ran in a fork of the world. */
  readonly forked: boolean;
  /** File below the run's folder with what was recovered (`audio/dec-in-1.wav`), when something was. */
  readonly artefact?: string;
}

/** One entry of the exposure ledger: a path by which an attacker could do something to an asset, from when to when. */
export interface ExposureBar {
  /** `recorded calls of 2015-10 to alice`, `identity alice`, `package 2015-11 of alice`. */
  readonly asset: string;
  /** `hear`, `place calls`, `fetch`, ... */
  readonly capability: string;
  /** Who could, and by which path: the attack, the way it went, and the kinds of means that it uses. */
  readonly attacker: string;
  readonly attack: string;
  readonly route: string;
  readonly needs: readonly string[];
  /** Possible at the latest from the first success on; at the earliest when the attacker had the last of its means, or was last refused. */
  readonly fromEarliest: Micros;
  readonly from: Micros;
  readonly lastSuccess: Micros;
  /** The first refusal of this path afterwards and its reason; absent: nothing shows that it ended. */
  readonly firstFailure?: Micros;
  readonly refusedAs?: string;
  /** Labels of the secrets it was done with, and names of links, servers and users. */
  readonly means: readonly string[];
  readonly sources: readonly string[];
  readonly audioSeconds: number; // of speech recovered, each call once
  /** Of an identity: for how many hours somebody else had it, rounded so that both bounds hold. Without `atMost` nothing shows that it ended. */
  readonly impersonationHours?: { readonly atLeast: number; readonly atMost?: number };
  /** Of recordings: when the first and the last of the calls that were heard had been placed. */
  readonly spokenFrom?: Micros;
  readonly spokenUntil?: Micros;
  /** Each success: the id of the probe, or `typed, event 812` for a line that a step or a person typed. */
  readonly tries: readonly string[];
  /** False when no success had its two controls: what was typed and not probed. */
  readonly controlled: boolean;
}

/** One arrow of the message ladder. */
export interface LadderMessage {
  readonly time: Micros;
  readonly from: string;
  readonly to: string;
  /** `INVITE (I_MESSAGE 593 octets)`, `200 OK`, `SRTP 1,998 packets`. */
  readonly label: string;
  readonly kind: 'signalling' | 'media' | 'people' | 'attack';
  readonly event: EventNumber;
}

/** One line typed in the run. */
export interface ReportedLine {
  readonly time: Micros;
  readonly by: string;
  readonly on: string;
  readonly line: string;
  readonly clause?: string;
  readonly refused?: string;
}

/** How a run on real sockets kept to its schedule: the lag of what was due, in microseconds. */
export interface Schedule {
  /** What was due. */
  readonly events: number;
  readonly p50: Micros;
  readonly p99: Micros;
  readonly max: Micros;
  /** The run is valid while `p99` is within it. */
  readonly bound: Micros;
  readonly valid: boolean;
  /** Idle time that was skipped. */
  readonly skipped: Micros;
}

/** A number that an assurance team writes down beside the verdicts. Its name is the same in every run, so runs can be compared. */
export interface Measure {
  readonly name: string;
  /** Null when the run had nothing to measure: no call was set up, no packet of media was expected. */
  readonly value: number | null;
  readonly unit: Unit;
}

/** What a run was made with and is no number: the settings of its network. */
export interface Fact {
  readonly name: string;
  readonly text: string;
}

/** One run, judged: everything that reports show of it. */
export interface VariantResult {
  readonly name: string;
  readonly title: string;
  /** Reference variants count towards clause verdicts; the others show what an error costs. */
  readonly reference: boolean;
  readonly begins: number; // Unix milliseconds
  readonly ends: Micros;
  readonly seed: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** By parameter: what gave it its value. */
  readonly setBy: Readonly<Record<string, ParameterSetter>>;
  readonly checks: readonly CheckResult[];
  readonly exposure: readonly ExposureBar[];
  readonly ladder: readonly LadderMessage[];
  readonly calls: readonly HeardCall[];
  readonly schedule?: Schedule; // of a run on real sockets; a simulated one has none
  readonly typed: readonly ReportedLine[];
  readonly moments: Readonly<Record<string, { time: Micros; event: EventNumber } | null>>;
  readonly measures: readonly Measure[];
  readonly facts: readonly Fact[];
  readonly procedures?: readonly ProcedureResult[]; // where some are performed
  readonly score?: ExerciseScore; // of an exercise
  readonly traceDigest: string;
  readonly traceEvents: number;
  /** `calldrill run client-compromise --variant wipe-destroy-block --seed 42 --key-seed 42`. */
  readonly replay: string;
}

/** A run that came to no end, or was not made ({@link isNotMade}), so that nothing is known of its checks. It is in every report: what is missing must be seen. */
export interface MissingRun {
  /** Of the variant, with its title. */
  readonly name: string;
  readonly title: string;
  readonly reference: boolean;
  /** What would have been judged. */
  readonly checks: readonly (Pick<CheckResult, 'id' | 'kind' | 'title' | 'source'> & {
    readonly parts: readonly string[];
  })[];
  /** Code of the error that ended it; `INTERNAL` for a defect. */
  readonly code: string;
  readonly why: string;
  /** The seed of the suite, as on the command line, and the line that runs this one again. */
  readonly seed: string;
  readonly replay: string;
}

/** One check of several variants of a scenario together: the same verdicts in each of them. */
export interface AcrossResult extends Pick<
  CheckResult,
  'id' | 'title' | 'parts' | 'verdict' | 'was' | 'why' | 'source'
> {
  /** The variants that it compares, run or not. */
  readonly variants: readonly string[];
  /** The ids of the checks whose verdicts it compares. */
  readonly verdicts: readonly string[];
  /** A measure in which any two of the variants have to differ by so much. */
  readonly apart?: { readonly measure: string; readonly by: number };
}

/** One scenario with those of its variants that were run, and those whose run failed. */
export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** SHA-256 of the text of the scenario file: what was run. */
  readonly sha256: string;
  /** The procedures that it performs, and those inside them, in the order of their names, each with the SHA-256 of its file. */
  readonly performs: readonly { readonly name: string; readonly sha256: string }[];
  /** Names of all its variants, in the order of the file; not all of them need have been run. */
  readonly declares: readonly string[];
  readonly variants: readonly VariantResult[];
  /** Runs that were asked for and failed; empty in a suite that is complete. */
  readonly missing: readonly MissingRun[];
  /** What compares several of its variants; judged anew when reports are joined. */
  readonly across: readonly AcrossResult[];
  /** Rows of the probe matrix that are not tested, with the reason. */
  readonly notTested: readonly {
    readonly row: string;
    readonly reason: string;
    readonly parts: readonly string[];
  }[];
}

/** One part of a check, with what the runs of a suite say of it. */
export interface PartResult extends CataloguePart {
  readonly verdict: Verdict;
  readonly why: string;
  /** What decided it: `scenario/variant/check`. */
  readonly decidedBy: readonly string[];
}

/** One check of a clause: it passes when all its parts did. */
export interface ClauseCheckResult extends Omit<CatalogueCheck, 'parts'> {
  readonly verdict: Verdict;
  /** How many of its parts were tested, and the first that did not pass. */
  readonly why: string;
  readonly parts: readonly PartResult[];
}

/** Every clause of the catalogue, exactly once. */
export interface ClauseResult extends Omit<CatalogueClause, 'checks'> {
  readonly verdict: Verdict;
  /** How many of its checks and parts were tested, and what is missing. */
  readonly why: string;
  readonly checks: readonly ClauseCheckResult[];
}

/** The file of a run's trace, below the folder of its variant. */
export const TRACE_FILE = 'trace.ndjson';

/** Raised when a reader of the last form would misread a report, or miss something in it. */
export const REPORT_VERSION = 4;

/** The content of report.json: all scenarios of one seed, and what they say of each clause of the catalogue. */
export interface SuiteResult {
  readonly version: typeof REPORT_VERSION;
  readonly tool: string; // "calldrill 0.1.0"
  /** What all chance comes from, and what the keys and credentials of every CMS come from; as on the command line. */
  readonly seed: string;
  readonly keySeed: string;
  readonly scenarios: readonly ScenarioResult[];
  readonly clauses: readonly ClauseResult[];
  /** Parameters in force with default, value, what each decides and who leaves it open. */
  readonly parameters: readonly {
    readonly name: string;
    readonly value: string;
    readonly default: string;
    readonly summary: string;
    readonly source: string;
    /** What gave it its value in all runs that set it no other. */
    readonly setBy: ParameterSetter;
  }[];
  /** What the deployment file declares, where there was one. */
  readonly deployment?: DeploymentResult;
  readonly plant?: string;
  readonly shard?: SuiteShard; // where it is one part of several
  readonly revealsKeys?: boolean; // true where captures hold the keys of their TLS sessions
  /** The line that repeats the run; of a suite that was merged, a line for each part. */
  readonly replay: string;
}

/** What a report may look up beside the model: the events of one variant, for evidence and causes. */
export type EventsOf = (scenario: string, variant: string) => readonly AnyTraceEvent[];
