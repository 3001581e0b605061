/** A bench as the catalogue declares it: what it measures on what, and which figures come of it. */
import type { QrReader } from '../../devices/hardware/index.ts';
import type { Screenplay } from '../../scenarios/language/index.ts';
import type { Assets } from '../../scenarios/world/index.ts';
import type { Figure } from './bench-figure.ts';

/** What the benches need of the machine. */
export interface TestBed {
  /** Milliseconds of the processor. */
  readonly now: () => number;
  /** Milliseconds by the clock on the wall. */
  readonly wallNow: () => number;
  /** Octets in use, garbage not counted. */
  readonly octetsInUse: () => number;
  readonly readQr: QrReader;
  readonly assets: Assets;
  /** Those of the shipped scenarios. */
  readonly screenplays: readonly Screenplay[];
  /** Told what is measured now. */
  readonly tell: (what: string) => void;
}

/** A measurement that gives one figure or several. */
export interface DeclaredBench {
  readonly what: string;
  /** Of the figures that it gives, in their order. */
  readonly names: readonly string[];
  readonly measure: (bed: TestBed) => readonly Figure[];
}

/** A figure but for its numbers, which a result of the bench gives. */
interface FigureOf<Result> extends Omit<Figure, 'name' | 'value' | 'reference'> {
  readonly value: (result: Result) => number;
  readonly reference: string | ((result: Result) => string);
}

/** A bench with the figures of its result, by name. */
export function benchOf<Result>(
  what: string,
  measure: (bed: TestBed) => Result,
  figures: Readonly<Record<string, FigureOf<Result>>>,
): DeclaredBench {
  return {
    what,
    names: Object.keys(figures),
    measure: (bed) => {
      const result = measure(bed);
      return Object.entries(figures).map(([name, { value, reference, ...rest }]) => ({
        ...rest,
        name,
        value: value(result),
        reference: typeof reference === 'string' ? reference : reference(result),
      }));
    },
  };
}
