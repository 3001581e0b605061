/**
 * One side of a comparison: a results folder, a bundle, a report by itself, or a baseline by its name. Whatever it is, it is read as `verify` reads it, and
 * refused where its own manifest or packing does not hold: a side that was edited would make the comparison say what its editor wants.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { factsOf, TRACE_FILE, variantFolder } from '../../reports/index.ts';
import { parseTrace, textOf, type FiledEvent } from '../../scenarios/host/index.ts';
import { parseSuite, type SuiteResult } from '../../scenarios/runs/index.ts';
import type { Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { openBundle, verifySignature } from '../verify/bundle.ts';
import { verifyError } from '../verify/errors.ts';
import { evidenceBelow, folderEvidence, type EvidenceFiles } from '../verify/evidence-files.ts';
import { REPORT, requireWhole, verifyFiles } from '../verify/files.ts';
import { faultOf } from '../verify/verify-result.ts';
import { suitesIn } from '../verify/verify.ts';
import { BUNDLE_LIMITS } from '../verify/zip.ts';

/** The trace of a run, or the sentence that says why there is none to look at. */
type TraceOf = (scenario: string, variant: string) => readonly FiledEvent[] | string;

/** What was read of one seed: the report, and the way to its traces. */
export interface SideSuite {
  readonly suite: SuiteResult;
  /** `report.json` as it was read. */
  readonly report: Uint8Array;
  readonly traceOf: TraceOf;
}

/** A side that was read: of one suite under the name `''`, or of one for each of many seeds. */
export interface Side {
  /** Where it is. */
  readonly name: string;
  readonly suites: ReadonlyMap<string, SideSuite>;
  /** False of a report by itself: nothing vouches for it. */
  readonly vouched: boolean;
}

/** What begins the name of a baseline. */
const MARK = '@';
const BASELINE = /^\w[\w.-]{0,99}$/;
/** What a baseline may be, behind its name: a folder, a bundle, a report. */
const ENDINGS = ['', '.zip', '.json'] as const;
/** `PK`, with which every zip begins. */
const ZIP = [0x50, 0x4b] as const;

/**
 * Reads a side. Throws CLI_UNKNOWN_BASELINE, VERIFY_NO_RESULTS, VERIFY_NOT_WHOLE, what opening a bundle throws, the SUITE_ and the HOST_FILE_ codes.
 */
export async function readSide(operand: string, baselines: string, context: Context): Promise<Side> {
  const name = operand.startsWith(MARK) ? baselineAt(operand.slice(MARK.length), baselines) : operand;
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory() === true)
    return { name, suites: suitesOf(folderEvidence(name), name), vouched: true };
  const octets = await context.readInput(name, BUNDLE_LIMITS.octets);
  if (ZIP.some((octet, at) => octets[at] !== octet)) {
    const suite = parseSuite(textOf(octets, name), name);
    const traceOf: TraceOf = () => `${name} is a report by itself, without traces`;
    return { name, suites: new Map([['', { suite, report: octets, traceOf }]]), vouched: false };
  }
  const bundle = await openBundle(octets);
  requireWhole(bundle.container, name);
  requireWhole(verifySignature(bundle, undefined), name);
  return { name, suites: suitesOf(bundle.evidence, name), vouched: true };
}

/** The kept results of that name. */
function baselineAt(name: string, baselines: string): string {
  const places = BASELINE.test(name) ? ENDINGS.map((ending) => join(baselines, `${name}${ending}`)) : [];
  const place = places.find((each) => existsSync(each));
  if (place === undefined)
    throw cliError('CLI_UNKNOWN_BASELINE', `there is no baseline ${JSON.stringify(name)} in ${baselines}`);
  return place;
}

function suitesOf(evidence: EvidenceFiles, name: string): ReadonlyMap<string, SideSuite> {
  const suites = suitesIn(evidence);
  if (suites.length === 0) throw verifyError('VERIFY_NO_RESULTS', `${name} has no ${REPORT}`);
  return new Map(
    suites.map((below) => {
      const part = below === '' ? evidence : evidenceBelow(evidence, below);
      requireWhole(verifyFiles(part), below === '' ? name : `${name}/${below}`);
      const report = part.read(REPORT);
      const suite = parseSuite(textOf(report, REPORT), REPORT);
      return [below, { suite, report, traceOf: tracesOf(part, suite) }];
    }),
  );
}

/** A trace is looked at when it is the one that the report was made from. */
function tracesOf({ paths, read }: EvidenceFiles, { scenarios }: SuiteResult): TraceOf {
  const digests = new Map(
    scenarios.flatMap(({ id, variants }) =>
      variants.map(({ name, traceDigest }) => [variantFolder(id, name), traceDigest]),
    ),
  );
  return (scenario, variant) => {
    const folder = variantFolder(scenario, variant);
    const path = `${folder}/${TRACE_FILE}`;
    if (!paths.includes(path)) return `${path} is missing`;
    const octets = read(path);
    if (factsOf(octets).sha256 !== digests.get(folder)) return `${path} is not what the report was made from`;
    try {
      return parseTrace(octets, path).events;
    } catch (thrown) {
      return `${path} cannot be read: ${faultOf(thrown)}`;
    }
  };
}
