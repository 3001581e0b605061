/**
 * Text that came from a scenario, a device or an attacker, made safe to look at: what would move a terminal's cursor,
 * reorder a line or be invisible is shown as an escape instead. Nothing is dropped, so a reader sees that it was there.
 */

/** Controls, lone surrogates, line separators, direction overrides, byte order mark. */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}]/gu;

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** The text with each unprintable character as `\n`, `\r`, `\t` or `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(
    INVISIBLE,
    (character) => SHORT.get(character) ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** The first `limit` characters (code points), ended by an ellipsis when there was more. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
