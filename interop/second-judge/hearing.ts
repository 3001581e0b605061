/** The second judge as a whole: from traces, declarations and the catalogue to what it says of every run and every clause. */
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
  /** Traces as they are in the files. */
  readonly traces: Iterable<string>;
}

/** Judges every trace by the variant that its first line names. */
export function heard({ clauses, shown, traces }: CaseFile): SecondOpinion {
  const catalogue = catalogueOf(clauses);
  const playbills = new Map<string, Playbill>(
    shown.flatMap(playbillsOf).map((playbill) => [`${playbill.scenario}/${playbill.variant}`, playbill]),
  );
  const runs = [...traces].map((trace) => {
    const run = chronicleOf(trace);
    const playbill = playbills.get(`${run.scenario}/${run.variant}`);
    if (playbill === undefined) throw new Unreadable(`nothing declares ${run.scenario}/${run.variant}`);
    return judgedRun(run, playbill, catalogue);
  });
  const said = { omissions: shown.flatMap(omissionsOf), likenings: shown.flatMap(likeningsOf) };
  return { runs, verdicts: verdictsOf(runs, said, catalogue) };
}
