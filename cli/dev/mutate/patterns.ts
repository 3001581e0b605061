/**
 * Mutants of a regular expression, the simple ones of Stryker's first level: an anchor or a quantifier is left out, a class means its
 * opposite.
 */

/** An escape, a class, an anchor, a quantifier, or a bracket that only looks like one. */
const PART = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?[:=!<]*|[\^$]|[*+?]\??|\{\d+(?:,\d*)?\}\??/g;

const OPPOSITE: Readonly<Record<string, string>> = {
  d: '\\D',
  D: '\\d',
  s: '\\S',
  S: '\\s',
  w: '\\W',
  W: '\\w',
  b: '\\B',
  B: '\\b',
};

/** Each is the pattern with one part changed. */
export function mutatedPatterns(pattern: string): readonly string[] {
  return [...pattern.matchAll(PART)].flatMap(({ 0: part, index }) => {
    const other = mutatedPart(part);
    return other === undefined
      ? []
      : [`${pattern.slice(0, index)}${other}${pattern.slice(index + part.length)}`];
  });
}

function mutatedPart(part: string): string | undefined {
  if (part.startsWith('\\')) return OPPOSITE[part.charAt(1)];
  if (part.startsWith('[')) return part.startsWith('[^') ? `[${part.slice(2)}` : `[^${part.slice(1)}`;
  return part.startsWith('(') ? undefined : '';
}
