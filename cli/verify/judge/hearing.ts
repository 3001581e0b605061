/** The second judge as a whole: from traces, declarations and the catalogue to what it says of every run and every clause. */
import type { Affidavit } from './affidavit.ts';
import { chronicleOf } from './chronicle.ts';
import { omissionsOf, playbillsOf, type Playbill } from './declaration.ts';
import { Unreadable, type JsonObject } from './json-text.ts';
import { likeningsOf } from './likeness.ts';
import { catalogueOf, judgedRun, verdictsOf, type RunJudged, type Verdicts } from './sentence.ts';

/** What the second judge says of a suite. */
export interface SecondOpinion {
  readonly runs: readonly RunJudged[];
  readonly verdicts: Verdicts;
}

/** All that the second judge may look at of a suite: no report is among it. */
export interface CaseFile {
  readonly clauses: string;
  readonly shown: readonly JsonObject[];
  /** Traces as they are in the files, in the order in which they are told of. */
  readonly traces: Iterable<string>;
  /** Runs that came to no end, as `scenario/variant`. */
  readonly lost?: readonly string[];
  readonly affidavit?: Affidavit;
}

/** Judges every trace by the variant that its first line names. */
export function heard({ clauses, shown, traces, lost = [], affidavit }: CaseFile): SecondOpinion {
  const catalogue = catalogueOf(clauses);
  const playbills = new Map<string, Playbill>(
    shown.flatMap(playbillsOf).map((playbill) => [`${playbill.scenario}/${playbill.variant}`, playbill]),
  );
  const billOf = (name: string): Playbill => {
    const playbill = playbills.get(name);
    if (playbill === undefined) throw new Unreadable(`nothing declares ${name}`);
    return playbill;
  };
  const runs: RunJudged[] = [];
  for (const trace of traces) {
    const run = chronicleOf(trace);
    runs.push(judgedRun(run, billOf(`${run.scenario}/${run.variant}`), catalogue));
  }
  const said = {
    omissions: shown.flatMap(omissionsOf),
    likenings: shown.flatMap(likeningsOf),
    lost: lost.map(billOf),
    ...(affidavit === undefined ? {} : { affidavit }),
  };
  return { runs, verdicts: verdictsOf(runs, said, catalogue) };
}
