/**
 * JSON as text: what `JSON.parse` reads, and for what it refuses the octet where it breaks. The engine tells the place of some
 * mistakes only, and in words; so the shortest beginning of the text that no continuation could mend is looked for instead.
 */

/** Makes the error of a text that is not JSON: 0-based octet offset in its UTF-8, and what the engine said. */
export type JsonTextRefusal = (offset: number, cause: unknown) => Error;

/** What the text says. Throws what `refuse` makes when it is not JSON. */
export function parseJson(text: string, refuse: JsonTextRefusal): unknown {
  try {
    const content: unknown = JSON.parse(text);
    return content;
  } catch (cause) {
    throw refuse(Buffer.byteLength(text.slice(0, breakIn(text))), cause);
  }
}

/** Index of the character that makes the text no JSON; its length when it only stops too early. */
function breakIn(text: string): number {
  let sound = 0;
  let broken = text.length + 1;
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (mayGoOn(text.slice(0, middle))) sound = middle;
    else broken = middle;
  }
  return sound;
}

/** Whether something could follow that makes JSON of it: the engine misses what comes next, and nothing that is there. */
function mayGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : '';
    const position = /at position (\d+)/.exec(said)?.[1];
    return position === undefined ? /end of JSON/.test(said) : Number(position) === beginning.length;
  }
}
