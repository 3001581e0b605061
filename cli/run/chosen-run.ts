/** The one variant that a command line chooses, with the parameters that it sets. */
import type { RunParameters } from '../../scenarios/runs/index.ts';
import type { Screenplay } from '../../scenarios/language/index.ts';
import type { Context } from '../context.ts';
import { parametersOf, type Assignment } from '../parameters.ts';
import { chosenDeployment, type ChosenDeployment } from './options.ts';
import { filesOf, loadAll, variantOf } from '../scenario-choice.ts';

/** What commands that make a single run, live or played, have chosen after parsing. */
export interface ChosenRun extends ChosenDeployment {
  readonly screenplay: Screenplay;
  readonly variant: string;
  readonly parameters: RunParameters;
  /** As it stood on the command line. */
  readonly word: string;
}

/** Undefined when the words name no scenario. Throws what a scenario, variant or parameter is refused with. */
export async function chosenRun(
  words: readonly string[],
  given: {
    readonly variant: string | undefined;
    readonly param: readonly Assignment[];
    readonly deployment: string | undefined;
    readonly 'as-of': string | undefined;
  },
  { library }: Context,
): Promise<ChosenRun | undefined> {
  const parameters = parametersOf(given.param, library.vocabulary.parameters);
  const deployed = await chosenDeployment(given, library);
  const [screenplay] = await loadAll(await filesOf(words, library), library);
  if (screenplay === undefined) return undefined;
  const variant = variantOf(screenplay, given.variant);
  return { ...deployed, screenplay, variant, parameters, word: words[0] ?? screenplay.id };
}
