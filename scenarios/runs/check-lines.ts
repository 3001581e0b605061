/**
 * Every line of a screenplay, held against the console that it will be typed on, before anything runs: a command that does not
 * exist or lacks a word is a mistake in the file, with its place. What a device will think of a well-formed line is part of the
 * drill, and is not asked here.
 */
import type { Micros } from '../../sim/clock.ts';
import { formatDuration } from '../../sim/duration.ts';
import { CalldrillError, placeOf, type Where } from '../../sim/errors.ts';
import type { DeviceKinds } from '../../devices/kind.ts';
import {
  performedSteps,
  resolveVariant,
  ScreenplayError,
  variantsOf,
  type ResolvedScreenplay,
  type Screenplay,
} from '../language/index.ts';
import { openingEndOf } from '../world/opening.ts';
import { World } from '../world/world.ts';
import { runError } from './errors.ts';
import { TOOL } from './tool.ts';

interface Typed {
  readonly on: string;
  readonly type: string;
  readonly typeWhere: Where;
}

/** Errors: SCENARIO_INVALID, whose problems are CONSOLE_* errors and RUN_OPENING, with file, line and column. */
export function checkLines(screenplay: Screenplay, kinds: DeviceKinds): void {
  const problems = new Map<string, CalldrillError>();
  const variants = variantsOf(screenplay).map(({ name }) => resolveVariant(screenplay, name));
  // Variants change lines and parameters, never who and what there is.
  const world = worldOf(variants[0], kinds);
  for (const { on, by, type, typeWhere } of variants.flatMap(typedIn)) {
    const problem = world === undefined ? undefined : problemWith(world, { on: on ?? by, type, typeWhere });
    if (problem !== undefined) problems.set(placeOf(typeWhere), problem);
  }
  for (const variant of variants) {
    const opens = openingEndOf(variant);
    const performed = variant.performs.map(({ begins, where, instance }) => ({
      when: begins,
      where,
      type: instance,
    }));
    for (const { when, where, type } of [...variant.steps, ...variant.probes, ...performed])
      if (when.kind === 'at' && when.t < opens)
        problems.set(`${placeOf(where)}:opening`, tooEarly(type, opens, where));
  }
  if (problems.size > 0) throw new ScreenplayError(screenplay.file, [...problems.values()]);
}

/** Lines of its own, and those of the procedures that it performs. What is left out is typed by nobody. */
function typedIn({
  steps,
  probes,
  performs,
}: ResolvedScreenplay): readonly (Omit<Typed, 'on'> & { readonly on?: string; readonly by: string })[] {
  const performed = performedSteps(performs).flatMap(({ type, skipped, notApplicable, ...step }) =>
    type === undefined || skipped !== undefined || notApplicable !== undefined ? [] : { ...step, type },
  );
  return [...steps, ...probes, ...performed];
}

/** Whether everybody has their keys then hangs on how many there are. */
function tooEarly(line: string, opens: Micros, { file, line: row, column }: Where): CalldrillError {
  const opened = formatDuration(opens);
  return runError('RUN_OPENING', `'${line}' comes before the opening is over, which lasts ${opened}`, {
    fix: `Let it come ${opened} after the beginning or later.`,
    where: {
      ...(file === undefined ? {} : { file }),
      ...(row === undefined ? {} : { line: row }),
      ...(column === undefined ? {} : { column }),
    },
  });
}

function worldOf(screenplay: ResolvedScreenplay | undefined, kinds: DeviceKinds): World | undefined {
  if (screenplay === undefined) return undefined;
  const assets = { readQr: () => [], speech: [], kinds };
  return new World({ screenplay, seed: '', keySeed: '', assets, tool: TOOL, broken: [], played: [] });
}

function problemWith(world: World, { on, type, typeWhere }: Typed): CalldrillError | undefined {
  try {
    world.console(on).check(type);
    return undefined;
  } catch (error) {
    if (!(error instanceof CalldrillError)) throw error;
    const { file, line, column } = typeWhere;
    const place = {
      device: on,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    };
    return isOfForm(error.code) ? error.at(place) : undefined;
  }
}

/** Whether an error is about the words of a line, not about what there is when it is typed. */
function isOfForm(code: string): boolean {
  return code.startsWith('CONSOLE_') || code.startsWith('NETWORK_') || code === 'WORLD_NO_DIRECTION';
}
