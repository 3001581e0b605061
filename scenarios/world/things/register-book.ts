/**
 * The lines of an asset register: which media there are, what has become of each, and on whose word. The book knows what was written in it and nothing else;
 * what is really there is found out by counting (clause para-49).
 *
 * How a medium may be treated is what the deployment declares under `disposal`, and otherwise what is usual: key erase and destruction for flash, as
 * wear levelling makes overwriting worth nothing; overwriting, degaussing or destruction for magnetic disks; destruction of discs; for paper particles, pulp or fire.
 */
import type { Kept } from '../../../sim/kept.ts';
import type { Medium } from './thing.ts';

/** What was written about one medium. */
export type AssetLine = {
  readonly item: string;
  readonly medium: Medium;
  readonly serial: string | null;
  readonly state: 'in use' | 'retired' | 'closed';
  /** The last one that there is. */
  readonly certificate: AssetCertificate | undefined;
};

/** Who says how a medium was treated, and who saw it. */
export type AssetCertificate = {
  readonly method: string;
  readonly by: string;
  readonly witness: string;
  readonly allowed: boolean;
};

/** What can be wrong with a line, or with what there is beside the lines. */
export const ASSET_FINDINGS = [
  'unaccounted',
  'no certificate',
  'method not allowed',
  'line open',
  'not in the register',
] as const;

/** One of them. */
export type AssetFinding = (typeof ASSET_FINDINGS)[number];

const USUAL: Readonly<Record<Medium, readonly string[]>> = {
  flash: ['key-erase', 'destroy'],
  ssd: ['key-erase', 'destroy'],
  magnetic: ['overwrite', 'degauss', 'destroy'],
  optical: ['destroy'],
  paper: ['cross-cut', 'pulp', 'burn'],
};

/** The methods that a medium may be treated by, and whether the deployment says so. */
export function methodsFor(
  medium: Medium,
  declared: ReadonlyMap<string, readonly string[]>,
): { readonly methods: readonly string[]; readonly declared: boolean } {
  const methods = declared.get(medium);
  return { methods: methods ?? USUAL[medium], declared: methods !== undefined };
}

/** The book; lines are never taken out. */
export class RegisterBook implements Kept<readonly AssetLine[]> {
  readonly #lines = new Map<string, AssetLine>();

  constructor(kept: readonly AssetLine[] = []) {
    for (const line of kept) this.#lines.set(line.item, line);
  }

  save(): readonly AssetLine[] {
    return this.lines;
  }

  /** In the order in which they were entered. */
  get lines(): readonly AssetLine[] {
    return [...this.#lines.values()];
  }

  find(item: string): AssetLine | undefined {
    return this.#lines.get(item);
  }

  /** Writes a line, in place of what was said of the item before. */
  write(line: AssetLine): void {
    this.#lines.set(line.item, line);
  }

  /**
   * What is found when the lines are held against what is really there: `there` says of an item whether somebody of the house has it, and `media` are the
   * media that they have.
   */
  findings(
    there: (item: string) => boolean,
    media: readonly string[],
  ): readonly { readonly item: string; readonly finding: AssetFinding }[] {
    const all = this.lines.flatMap((line) =>
      findingsOf(line, there(line.item)).map((finding) => ({ item: line.item, finding })),
    );
    const unlisted = media.filter((item) => !this.#lines.has(item));
    return [...all, ...unlisted.map((item) => ({ item, finding: 'not in the register' as const }))];
  }
}

function findingsOf({ state, certificate }: AssetLine, isThere: boolean): readonly AssetFinding[] {
  return [
    // What is not there and was not treated has been lost, whatever the line says.
    ...(certificate === undefined && !isThere ? (['unaccounted'] as const) : []),
    ...(certificate === undefined && state !== 'in use' ? (['no certificate'] as const) : []),
    ...(certificate?.allowed === false ? (['method not allowed'] as const) : []),
    ...(state === 'retired' ? (['line open'] as const) : []),
  ];
}
