/**
 * Names: of people, devices, moments, variants, steps and checks. One form for all, because a name is typed on consoles,
 * stands in file names and is read aloud in a drill.
 */
import { LIMITS } from './limits.ts';
import { scenarioError } from './errors.ts';

/** Kebab case, beginning with a letter; none of the words that Windows keeps for devices, since results have folders of these names. */
export const NAME_PATTERN = '^(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$';

const NAME = new RegExp(NAME_PATTERN);

/** The name itself. Throws SCENARIO_NAME for anything else. */
export function parseName(text: string): string {
  if (!NAME.test(text)) throw scenarioError('SCENARIO_NAME', `'${text}' is not a name`);
  if (text.length > LIMITS.name)
    throw scenarioError('SCENARIO_NAME', `the name has ${text.length} characters`, {
      fix: `Use at most ${LIMITS.name} characters.`,
    });
  return text;
}
