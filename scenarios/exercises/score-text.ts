/** The score as the person reads it when the exercise is over. */
import { VERDICTS } from '../runs/index.ts';
import { clockText, lengthText } from './clock-text.ts';
import type { CueScore, ExposureScore, Score } from './score.ts';

/** Lines without newlines: verdicts, then each own line with its lateness, then exposures. `begins` is in Unix milliseconds. */
export function scoreText(score: Score, begins: number): readonly string[] {
  const { role, checks, cues, exposure } = score;
  const width = Math.max(0, ...checks.map(({ id }) => id.length));
  const counts = VERDICTS.flatMap((verdict) => {
    const count = checks.filter((check) => check.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  return [
    `Score of ${role}`,
    `Verdicts: ${counts.join(', ') || 'none'}`,
    ...checks.map(({ id, verdict, why }) => `  ${verdict.padEnd(14)}  ${id.padEnd(width)}  ${why}`),
    'Your lines',
    ...(cues.length === 0 ? ['  the screenplay has none for you'] : []),
    ...cues.flatMap((cue) => cueText(cue, begins)),
    'Exposure: what an attacker was shown to be able to do',
    ...(exposure.length === 0 ? ['  none'] : []),
    ...exposure.flatMap((each) => exposureText(each, begins)),
  ];
}

function cueText(
  { step, due, typed, late, deadlines, exposed }: CueScore,
  begins: number,
): readonly string[] {
  const planned = due === undefined ? 'not due before the end' : `due ${clockText(begins, due)}`;
  const done = typed === undefined ? 'never typed' : `typed ${clockText(begins, typed)}`;
  return [
    `  ${step.on ?? step.by}: ${step.type}`,
    `    ${planned}, ${done}${late === undefined ? '' : `: ${delayText(late)}`}`,
    ...deadlines.map(
      ({ check, late: after }) =>
        `    deadline of ${check}: ${after > 0 ? `missed by ${lengthText(after)}` : `met, ${lengthText(-after)} before it`}`,
    ),
    ...exposed.map(
      ({ bar, atMost, reference }) =>
        `    exposed by the delay: ${bar.asset}, ${bar.capability}: ${lengthText(atMost - (reference?.atMost ?? 0))} longer`,
    ),
  ];
}

function delayText(late: number): string {
  const length = lengthText(Math.abs(late));
  if (length === '0s') return 'in time';
  return late > 0 ? `${length} late` : `${length} early`;
}

function exposureText({ bar, atLeast, atMost, reference }: ExposureScore, begins: number): readonly string[] {
  const { asset, capability, from, firstFailure, audioSeconds } = bar;
  const audio = audioSeconds > 0 ? `, ${audioSeconds.toFixed(1)} s of speech` : '';
  const end =
    firstFailure === undefined ? 'still possible at the end' : `refused ${clockText(begins, firstFailure)}`;
  const own =
    reference === undefined
      ? 'not exposed in the screenplay’s own run'
      : `in the screenplay’s own run ${lengthText(reference.atLeast)} to ${lengthText(reference.atMost)}`;
  return [
    `  ${asset}, ${capability}${audio}: seen ${clockText(begins, from)}, ${end}`,
    `    for ${lengthText(atLeast)} to ${lengthText(atMost)}; ${own}`,
  ];
}
