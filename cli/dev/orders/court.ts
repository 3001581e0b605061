/** Makes trials and says which of them came to something else than they should: a loss that passed, or a harmless way that did not. */
import {
  loadProcedure,
  loadScreenplay,
  type Procedure,
  type ProcedureSources,
  type Screenplay,
} from '../../../scenarios/language/index.ts';
import { Beginnings, orderOf, runScenario } from '../../../scenarios/runs/index.ts';
import { vocabulary, type Assets } from '../../../scenarios/world/index.ts';
import type { StakedProcedure } from './scenes.ts';
import type { WayToPerform } from './trials.ts';

/** Variants of one screenplay: what all of them perform is expanded when it is loaded. */
const VARIANTS_MAX = 100;

/** What became of a trial. */
export interface TriedWay {
  readonly trial: WayToPerform;
  /** Checks that did not pass, with their verdicts. */
  readonly noticed: readonly string[];
  /** What the report says was not by the book. */
  readonly deviations: readonly string[];
}

/** What trials are made with. */
export interface WaysOptions {
  readonly scene: StakedProcedure;
  /** The procedures that there are, by name. */
  readonly sources: ProcedureSources;
  readonly assets: Assets;
}

/** The procedure of a scene, as its file has it. */
export function procedureOf({ scene, sources, assets }: WaysOptions): Procedure {
  const source = sources.get(scene.procedure);
  if (source === undefined) throw new Error(`there is no procedure '${scene.procedure}'`);
  return loadProcedure(source, vocabulary(assets.kinds), sources).procedure;
}

/** The scene with a variant for each trial. Throws ScreenplayError. */
export function screenplayOf(
  trials: readonly WayToPerform[],
  { scene, sources, assets }: WaysOptions,
): Screenplay {
  const variants = trials.map(({ what, variant }, at) => {
    const also = variant === '' ? '' : `, ${variant}`;
    return `  ${nameOf(at)}: { title: ${JSON.stringify(what)}, reference: false${also} }\n`;
  });
  const text = `${scene.text}variants:\n${variants.join('')}`;
  return loadScreenplay(text, `${scene.procedure}.yaml`, vocabulary(assets.kinds), sources);
}

/** Tries them one after the other; each begins where it first differs from one of those before it. */
export function tried(
  trials: readonly WayToPerform[],
  options: WaysOptions,
  told: () => void = () => undefined,
): readonly TriedWay[] {
  const { assets } = options;
  const beginnings = new Beginnings();
  return Array.from({ length: Math.ceil(trials.length / VARIANTS_MAX) }).flatMap((_, part) => {
    const these = trials.slice(part * VARIANTS_MAX, (part + 1) * VARIANTS_MAX);
    const screenplay = screenplayOf(these, options);
    return these.map((trial, at) => {
      const wishes = { build: '0'.repeat(64), variant: nameOf(at), seed: '1', parameters: {} };
      const { result } = runScenario(orderOf(screenplay, wishes), { assets, screenplay, beginnings });
      told();
      const noticed = result.checks.filter(
        ({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable',
      );
      return {
        trial,
        noticed: noticed.map(({ id, verdict }) => `${id} ${verdict}`),
        deviations: (result.procedures ?? []).flatMap(({ deviations }) => deviations),
      };
    });
  });
}

/** What is wrong with what became of a trial, in words; undefined when it is as it should be. */
export function wrongWith({ trial, noticed, deviations }: TriedWay): string | undefined {
  const { kind, what, loses, deviates } = trial;
  const told = (text: string): string => `${kind}, ${what}: ${text}`;
  if (loses && noticed.length === 0) return told('something is lost, and it passes');
  if (!loses && noticed.length > 0)
    return told(`nothing is lost, and it does not pass: ${noticed.join(', ')}`);
  if (deviates && deviations.length === 0) return told('nothing says that it is not by the book');
  if (kind === 'by the book' && deviations.length > 0)
    return told(`it is, and yet: ${deviations.join(', ')}`);
  return undefined;
}

function nameOf(at: number): string {
  return `way-${at}`;
}
