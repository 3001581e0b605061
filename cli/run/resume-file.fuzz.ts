/** Fuzz target: what is left in the hidden folder of a run that was cut off. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { parseResumeFile, resumeFile } from './resume-file.ts';

const encoder = new TextEncoder();

/** A command line without words, and one with several. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: '.resume.json',
    samples: [[], ['--seeds', '1..50', 'mine.yaml', '--param=skew-limit=2d']].map((words) =>
      encoder.encode(resumeFile('run', words)),
    ),
    parse: (octets) => parseResumeFile(octets, 'fuzz', 'run'),
  },
];
