/** What a mistake is, for the lists of mistakes that authors make. */
import type { ScenarioCode } from '../errors.ts';

/** One edit of the example, and what an author is told of it. */
export interface Mistake {
  /** A piece of the example that is there once; absent to replace the whole file. */
  readonly from?: string;
  /** What stands there instead. As many ¤ as codes, in the order of the file. */
  readonly to: string;
  readonly codes: readonly ScenarioCode[];
  /** A part of the first problem's message or fix. */
  readonly says?: string;
  /** True when the schema finds it too. */
  readonly schema: boolean;
}

/** A mistake that the schema finds too: of a key, a type or the form of a value. */
export const structural = (code: ScenarioCode, from: string, to: string, says?: string): Mistake => ({
  from,
  to,
  codes: [code],
  schema: true,
  ...(says === undefined ? {} : { says }),
});

/** A mistake that only the loader can see: it takes knowing the rest of the file, or what its words mean. */
export const meaning = (code: ScenarioCode, from: string, to: string, says?: string): Mistake => ({
  ...structural(code, from, to, says),
  schema: false,
});
