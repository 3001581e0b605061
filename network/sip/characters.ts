/**
 * Sets of ASCII characters, looked up by code: what the pieces of a value are made of (RFC 3261 section 25.1). A message has some
 * fifty pieces of a few characters each, and to begin a regular expression costs more than to look them all up.
 */

/** For each of 128 codes whether the character is in the set; no other character is. */
export type Characters = Uint8Array;

/** The set of these characters; `A-Z`, `a-z` and `0-9` stand for what is between them. */
export function charactersOf(text: string): Characters {
  const set = new Uint8Array(128);
  for (const piece of text.match(/[A-Za-z0-9]-[A-Za-z0-9]|[^]/g) ?? []) {
    const to = piece.charCodeAt(piece.length - 1);
    for (let code = piece.charCodeAt(0); code <= to; code++) set[code] = 1;
  }
  return set;
}

/** Where the characters of the set that stand at `from` end: `from` itself when none stands there. */
export function endOf(set: Characters, text: string, from: number): number {
  let at = from;
  while (at < text.length && set[text.charCodeAt(at)] === 1) at++;
  return at;
}

/** Lower case letters, digits and a few signs: what most names are written in. */
const LOWER = charactersOf('a-z0-9_.-');

/** What `toLowerCase` gives; most names are found to be written so already, and returned as they are. */
export function lowerCase(text: string): string {
  return endOf(LOWER, text, 0) === text.length ? text : text.toLowerCase();
}

/** `token`: what names and most values are made of. */
export const TOKEN = charactersOf("A-Za-z0-9_-.!%*+`'~");
/** `word`: what a Call-ID is made of. */
export const WORD = charactersOf('A-Za-z0-9_-.!%*+`\'~()<>:\\"/[]?{}');
/** What a port, a CSeq and a number of seconds are made of. */
export const DIGITS = charactersOf('0-9');
/** Printable characters that a URI in brackets may have. */
export const BRACKETED = charactersOf("A-Za-z0-9!#$%&'()*+,-./:;=?@[\\]^_`{|}~");
/** Characters that a host may have; what they form is for `isHost` to say. */
export const HOST = charactersOf('A-Za-z0-9.-');
