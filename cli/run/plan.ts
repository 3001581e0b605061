/** What is to be run: of the chosen scenarios, the variants that the options leave. */
import { variantsOf, type Screenplay } from '../../scenarios/language/index.ts';
import { cliError } from '../errors.ts';
import { unknownVariant } from '../scenario-choice.ts';

/** One scenario and what of it is run. */
export interface Plan {
  readonly screenplay: Screenplay;
  /** At least one, in the order of the scenario file. */
  readonly variants: readonly string[];
}

/** What `--variant` and `--grep` say; a variant must pass both. */
export interface Filter {
  /** Names of variants; none means all. */
  readonly variants: readonly string[];
  /** Matches `scenario/variant` or the title of either. */
  readonly grep: RegExp | undefined;
}

/** Throws CLI_UNKNOWN_VARIANT, CLI_NOTHING_CHOSEN. */
export function planOf(screenplays: readonly Screenplay[], { variants, grep }: Filter): readonly Plan[] {
  const known = new Set(screenplays.flatMap((screenplay) => variantsOf(screenplay).map(({ name }) => name)));
  const unknown = variants.find((name) => !known.has(name));
  if (unknown !== undefined) throw unknownVariant(unknown, [...known]);
  const plans = screenplays.flatMap((screenplay): Plan[] => {
    const left = chosenOf(screenplay, { variants, grep });
    return left.length === 0 ? [] : [{ screenplay, variants: left }];
  });
  if (plans.length === 0)
    throw cliError('CLI_NOTHING_CHOSEN', 'no variant of the chosen scenarios is left to run');
  return plans;
}

/** The variants of one scenario that pass, in the order of its file. */
export function chosenOf(screenplay: Screenplay, { variants, grep }: Filter): readonly string[] {
  return variantsOf(screenplay)
    .filter(({ name }) => variants.length === 0 || variants.includes(name))
    .filter(({ name, title }) =>
      [`${screenplay.id}/${name}`, screenplay.title, title].some((text) => grep?.test(text) ?? true),
    )
    .map(({ name }) => name);
}
