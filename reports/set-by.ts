/** What set a parameter, in words: `deployment, ours.yaml:12`. */
import type { ParameterSetter } from '../scenarios/evidence/model.ts';

/** The level, and the place in the file where there is one. */
export function setByText({ by, at }: ParameterSetter): string {
  const level = by === 'command-line' ? 'command line' : by;
  return at === undefined ? level : `${level}, ${at}`;
}
