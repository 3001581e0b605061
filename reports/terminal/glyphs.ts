/** The signs of the terminal report, in Unicode and in ASCII. Every sign is one column wide. */

/** One set of signs; a report takes all of its signs from one set. */
export interface Glyphs {
  readonly rule: string;
  readonly dot: string;
  readonly ellipsis: string;
  /** Before an attacker's success. */
  readonly harm: string;
  /** An exposure: surely possible, possibly possible, axis, a wait that is cut, still open at the end. */
  readonly surely: string;
  readonly possibly: string;
  readonly axis: string;
  readonly cut: string;
  readonly open: string;
  readonly axisStart: string;
  readonly axisEnd: string;
  /** A plan: somebody's lane, where it begins, what they type, and what they type under a condition only. */
  readonly lane: string;
  readonly laneStart: string;
  readonly act: string;
  readonly perhaps: string;
}

const UNICODE: Glyphs = {
  rule: '─',
  dot: '·',
  ellipsis: '…',
  harm: '▲',
  surely: '█',
  possibly: '░',
  axis: '─',
  cut: '≈',
  open: '▶',
  axisStart: '├',
  axisEnd: '┤',
  lane: '│',
  laneStart: '┌',
  act: '●',
  perhaps: '○',
};

const ASCII: Glyphs = {
  rule: '-',
  dot: '-',
  ellipsis: '~',
  harm: '!',
  surely: '#',
  possibly: '/',
  axis: '-',
  cut: '~',
  open: '>',
  axisStart: '|',
  axisEnd: '|',
  lane: '|',
  laneStart: '.',
  act: 'o',
  perhaps: '?',
};

/** The Unicode set, or the ASCII one for terminals that cannot show it. */
export function glyphsOf(unicode: boolean): Glyphs {
  return unicode ? UNICODE : ASCII;
}
