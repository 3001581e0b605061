/**
 * The terminal's colours, in one place. Whether there is colour at all is the caller's decision (NO_COLOR, a pipe); without
 * it every function returns its text. Colour only ever repeats what a word says.
 */
import type { Verdict } from '../../scenarios/evidence/model.ts';

/** Lays a colour on a text; an empty one stays empty. */
export type Painter = (text: string) => string;

/** What a text can be painted as, by what it means; every report and message of a terminal has its colours from here. */
export interface Palette {
  readonly strong: Painter;
  /** For what is there when needed: ids, times, rules. */
  readonly quiet: Painter;
  readonly good: Painter;
  readonly bad: Painter;
  readonly warn: Painter;
  /** For harm: what an attacker could do, predicted or not. */
  readonly harm: Painter;
  readonly verdict: Readonly<Record<Verdict, Painter>>;
}

const ESCAPE = '\u{1b}[';

/** Select Graphic Rendition (ECMA-48 8.3.117): `on`, and the code that ends just that. */
const sgr =
  (on: string, off: string): Painter =>
  (text) =>
    text === '' ? '' : `${ESCAPE}${on}m${text}${ESCAPE}${off}m`;

const PLAIN: Painter = (text) => text;

/** The colours of a terminal that wants them, or none. */
export function paletteOf(colour: boolean): Palette {
  const paint = colour ? sgr : (): Painter => PLAIN;
  const quiet = paint('2', '22');
  const good = paint('32', '39');
  const warn = paint('33', '39');
  return {
    strong: paint('1', '22'),
    quiet,
    good,
    bad: paint('31', '39'),
    warn,
    harm: warn,
    verdict: {
      pass: good,
      waived: paint('36', '39'),
      'not-applicable': quiet,
      'not-tested': quiet,
      inconclusive: paint('35', '39'),
      fail: paint('1;31', '22;39'),
    },
  };
}
