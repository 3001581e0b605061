/** The journal of an exercise in the hidden folder of its results, and how to go on with one that was cut off. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JOURNAL_FILE, JournalWriter, parseJournal } from '../../scenarios/host/index.ts';
import type { Rehearsal } from '../../scenarios/exercises/index.ts';
import { cliError } from '../errors.ts';
import { cutOffNotes, resumeFile } from '../run/resume-file.ts';
import { ResultsFolder } from '../write-results.ts';

/** What an exercise begins with, or goes on with. */
export interface KeptExercise {
  readonly rehearsal: Rehearsal;
  /** The key of its order, in which nothing is typed. */
  readonly runKey: string;
  readonly out: string;
  /** The words behind `calldrill play`. */
  readonly words: readonly string[];
  /** The hidden folder of the exercise that is gone on with. */
  readonly resumed: string | undefined;
}

/** The folder of the results with the journal in it; what was done before it was cut off has been done again. */
export interface JournalledFolder {
  readonly folder: ResultsFolder;
  readonly journal: JournalWriter;
  /** What the person is told: that it goes on, or that others could be gone on with. */
  readonly told: string;
}

/** Opens, or opens again. Throws CLI_RESUME, HOST_JOURNAL, CLI_OUT_FOREIGN, CLI_OUT_MOUNT, CLI_OUT_WRITE. */
export async function openJournal(kept: KeptExercise): Promise<JournalledFolder> {
  const { rehearsal, runKey, out, words, resumed } = kept;
  const head = { runKey, role: rehearsal.role };
  if (resumed === undefined) {
    // Whether results can be written is found out before anybody has spent an hour on them.
    const folder = await ResultsFolder.open(out);
    folder.keepFor(resumeFile('play', words));
    return { folder, journal: new JournalWriter(folder.workFolder, head), told: cutOffNotes(folder.cutOff) };
  }
  const folder = await ResultsFolder.resume(resumed);
  try {
    const before = parseJournal(readFileSync(join(folder.workFolder, JOURNAL_FILE)), JOURNAL_FILE);
    if (before.runKey !== runKey || before.role !== rehearsal.role)
      throw cliError(
        'CLI_RESUME',
        `${resumed} cannot be gone on with: the scenario, or calldrill, is not what it was`,
      );
    rehearsal.repeat(before.entries);
    const lines = rehearsal.played.lines.length;
    return {
      folder,
      journal: new JournalWriter(folder.workFolder, head, before),
      told: `It goes on where it was cut off, at ${rehearsal.clock}: ${lines === 1 ? '1 line has' : `${lines} lines have`} been typed.\n`,
    };
  } catch (thrown) {
    folder.leave();
    throw thrown;
  }
}
