/**
 * One check as a testcase. GitLab, Jenkins and Azure take the files of a testcase from lines `[[ATTACHMENT|path]]` of its only system-out:
 * each path is there once, what an attacker recovered first, for Azure shows the first one only. Nobody's text can name a file: where it
 * looks like such a line, it is taken apart.
 */
import type {
  CheckResult,
  MissingRun,
  ScenarioResult,
  VariantResult,
  Verdict,
} from '../../scenarios/evidence/model.ts';
import { TRACE_FILE, variantFolder } from '../paths.ts';
import { printable, shortened } from '../printable.ts';
import { needsAttention } from '../tally.ts';
import { momentOf } from '../when.ts';
import type { XmlElement } from '../xml.ts';

type JunitOutcome = 'failure' | 'error' | 'skipped' | undefined;

const OUTCOMES: Readonly<Record<Verdict, JunitOutcome>> = {
  pass: undefined,
  waived: 'skipped',
  'not-applicable': 'skipped',
  'not-tested': 'skipped',
  inconclusive: 'error',
  fail: 'failure',
};

/** How much is said of each testcase. */
export type Telling = 'everything' | 'the reason' | 'what did not pass';

/** Code points of a name, message or line where not everything is told. */
const SHORT = 300;

/** What a CI page shows under a testcase. */
export interface CaseDetails {
  readonly why: string;
  readonly lines: readonly string[];
  readonly replay: string;
  /** Paths below the results folder. */
  readonly attachments: readonly string[];
}

/** True for what JUnit counts as skipped. */
export function isSkipped({ verdict }: { readonly verdict: Verdict }): boolean {
  return OUTCOMES[verdict] === 'skipped';
}

/** A check that was judged. */
export function testcaseOf(
  check: Pick<CheckResult, 'id' | 'title' | 'verdict'>,
  classname: string,
  { why, lines, replay, attachments }: CaseDetails,
  telling: Telling,
): XmlElement {
  const outcome = OUTCOMES[check.verdict];
  const said = (text: string): string =>
    telling === 'everything' ? junitText(text) : shortened(junitText(text), SHORT);
  const reason = [said(why), `replay: ${said(replay)}`];
  const told = telling === 'everything' ? [said(why), ...lines.map(said), ...reason.slice(1)] : reason;
  const files = [...new Set(attachments)].map((path) => `[[ATTACHMENT|${path}]]`);
  const silent = telling === 'what did not pass' && (outcome === undefined || outcome === 'skipped');
  return {
    name: 'testcase',
    attributes: {
      name: `${said(check.id)}: ${said(check.title)}`,
      classname: junitText(classname),
      time: '0',
    },
    content: [
      ...(outcome === undefined
        ? []
        : [
            {
              name: outcome,
              attributes: { type: check.verdict, message: said(why) },
              content: outcome === 'skipped' ? '' : reason.join('\n'),
            },
          ]),
      ...(silent ? [] : [{ name: 'system-out', content: [...told, ...files].join('\n') }]),
    ],
  };
}

/** A check of a run that failed, or the run itself: an error. */
export function missingCase(
  { id, title }: Pick<CheckResult, 'id' | 'title'>,
  { classname, message, replay }: Pick<MissingRun, 'replay'> & { classname: string; message: string },
): XmlElement {
  return {
    name: 'testcase',
    attributes: { name: junitText(`${id}: ${title}`), classname: junitText(classname), time: '0' },
    content: [
      {
        name: 'error',
        attributes: { type: 'missing', message: junitText(message) },
        content: `${junitText(message)}\nreplay: ${junitText(replay)}`,
      },
    ],
  };
}

/** A text as JUnit shows it: it moves nothing, and attaches nothing. */
export function junitText(text: string): string {
  return printable(text).replaceAll('[[', '[ [');
}

/** The parts of the catalogue that a check shows, each with its verdict. */
export function showsText({ parts }: Pick<CheckResult, 'parts'>): string {
  return `shows: ${parts.map(({ part, verdict }) => `${part} (${verdict})`).join(', ')}`;
}

/** Everything about a check of a run; the trace is attached to what needs attention. */
export function detailsOf(scenario: ScenarioResult, variant: VariantResult, check: CheckResult): CaseDetails {
  const { probe } = check;
  const folder = variantFolder(scenario.id, variant.name);
  return {
    why: check.why,
    replay: variant.replay,
    lines: [
      `source: ${check.source}`,
      showsText(check),
      `evidence: ${check.evidence.map((event) => `#${event}`).join(', ')}`,
      ...(probe === undefined
        ? []
        : [
            `probe ${probe.row} at ${momentOf(variant.begins, probe.time)}: ${probe.line}`,
            `predicted ${probe.predict} (${probe.prediction}), was ${probe.outcome} (${probe.because})`,
            `positive control: ${probe.positiveControl} (${probe.positiveBecause})`,
            `negative control: ${probe.negativeControl} (${probe.negativeBecause})`,
            ...(probe.outcome === 'opened' ? [`exposure: made with ${probe.means.join(', ')}`] : []),
          ]),
    ],
    attachments: [
      ...(probe?.artefact === undefined ? [] : [`${folder}/${probe.artefact}`]),
      ...(needsAttention(check) ? [`${folder}/${TRACE_FILE}`] : []),
    ],
  };
}
