/**
 * Shared beginnings held against runs from the first line: each variant of a scenario is run after the others, with what is remembered of
 * them, and by itself. Both must come to the same trace, the same model and the same files, octet for octet.
 */
import {
  orderOf,
  runScenario,
  type Beginnings,
  type RunOutcome,
  type RunSurroundings,
} from '../../../scenarios/runs/index.ts';
import { variantsOf, type Screenplay } from '../../../scenarios/language/index.ts';

/** No build is needed to name orders that are never written. */
const BUILD = '0'.repeat(64);

/** Which variants are run, in which order, and what remembers them. */
export interface BeginningsCheck {
  readonly screenplay: Screenplay;
  /** All of them, in the order of the file, when left out. */
  readonly variants?: readonly string[];
  readonly seed: string;
  readonly probes: boolean;
  readonly assets: RunSurroundings['assets'];
  readonly beginnings: Beginnings;
  /** Milliseconds, of the processor where it can. */
  readonly now: () => number;
}

/** One variant, run both ways. */
export interface CheckedBeginning {
  readonly scenario: string;
  readonly variant: string;
  readonly probes: boolean;
  /** Milliseconds with what was remembered, and without. */
  readonly sharedMs: number;
  readonly aloneMs: number;
  /** What was not the same; undefined when nothing was. */
  readonly difference: string | undefined;
}

/** Runs the variants one after the other. */
export function checkBeginnings({
  screenplay,
  variants = variantsOf(screenplay).map(({ name }) => name),
  ...check
}: BeginningsCheck): readonly CheckedBeginning[] {
  const { seed, probes, assets, beginnings, now } = check;
  return variants.map((variant) => {
    const order = orderOf(screenplay, { build: BUILD, variant, seed, parameters: {}, probes });
    const begun = now();
    const shared = runScenario(order, { assets, screenplay, beginnings });
    const between = now();
    const alone = runScenario(order, { assets, screenplay });
    const [sharedMs, aloneMs] = [between - begun, now() - between];
    const difference = differenceOf(alone, shared);
    return { scenario: screenplay.id, variant, probes, sharedMs, aloneMs, difference };
  });
}

/** What to print of them: how long they took, then each that came to something else. */
export function beginningsReport(checked: readonly CheckedBeginning[]): readonly string[] {
  const seconds = (time: (each: CheckedBeginning) => number): string =>
    `${(checked.reduce((sum, each) => sum + time(each), 0) / 1000).toFixed(1)} s`;
  const different = checked.filter(({ difference }) => difference !== undefined);
  return [
    `${checked.length} variants: ${seconds(({ sharedMs }) => sharedMs)} with shared beginnings, ${seconds(({ aloneMs }) => aloneMs)} from the first line, ${different.length} another run`,
    ...different.map(
      ({ scenario, variant, probes, difference }) =>
        `${scenario}/${variant}${probes ? '' : ' without probes'}: ${difference ?? ''}`,
    ),
  ];
}

/** Where two outcomes are not the same. */
function differenceOf(alone: RunOutcome, shared: RunOutcome): string | undefined {
  const [lines, sharedLines] = [alone, shared].map(({ trace }) => trace.split('\n'));
  const at = lines?.findIndex((line, n) => line !== sharedLines?.[n]) ?? -1;
  if (at >= 0)
    return `line ${at + 1} of the trace is ${sharedLines?.[at] ?? ''}, and not ${lines?.[at] ?? ''}`;
  if (alone.trace !== shared.trace) return 'the trace is longer';
  if (JSON.stringify(alone.result) !== JSON.stringify(shared.result)) return 'the model is another';
  const [files, sharedFiles] = [alone, shared].map(({ artefacts }) =>
    JSON.stringify([...artefacts].map(([name, octets]) => [name, Buffer.from(octets).toString('base64')])),
  );
  return files === sharedFiles ? undefined : 'the files are others';
}
