/**
 * A source text without what is not code. The checks are regular expressions, and a comment that names `Math.random` is no
 * use of it. The compiler has no interface to ask (TypeScript 7 ships none), so this is a small scanner of its own.
 */

/** The text with every character of a comment replaced by a blank; lines stay where they were. */
export function withoutComments(text: string): string {
  return scan(text, false);
}

/** The same, with the contents of strings and regular expressions blank too; code inside `${}` stays. */
export function codeOf(text: string): string {
  return scan(text, true);
}

/** A `/` behind one of these begins a regular expression; behind anything else it divides. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};>+*%~^-]|\b(?:return|typeof|case|in|of))\s*$/;

function scan(text: string, blankStrings: boolean): string {
  let out = '';
  let at = 0;
  /** How many braces are open in each `${` that is open. */
  const templates: number[] = [];
  const blank = (until: number, blanked: boolean): void => {
    const piece = text.slice(at, until);
    out += blanked ? piece.replaceAll(/[^\n]/g, ' ') : piece;
    at = until;
  };
  const quoted = (from: number, ends: (at: number) => boolean): number => {
    let end = from;
    while (end < text.length && !ends(end)) end += text[end] === '\\' ? 2 : 1;
    return end;
  };
  const templateText = (): void => {
    blank(
      quoted(at, (i) => text[i] === '`' || text.startsWith('${', i)),
      blankStrings,
    );
    if (text[at] === '`') blank(at + 1, false);
    else {
      blank(at + 2, false);
      templates.push(0);
    }
  };
  while (at < text.length) {
    const char = text[at];
    const open = templates.length - 1;
    if (text.startsWith('//', at)) blank(endOr(text, '\n', at), true);
    else if (text.startsWith('/*', at)) blank(endOr(text, '*/', at + 2) + 2, true);
    else if (char === "'" || char === '"') {
      blank(at + 1, false);
      blank(
        quoted(at, (i) => text[i] === char || text[i] === '\n'),
        blankStrings,
      );
      blank(at + 1, false);
    } else if (char === '`') {
      blank(at + 1, false);
      templateText();
    } else if (char === '/' && BEFORE_REGEX.test(out.slice(-40))) {
      blank(at + 1, false);
      blank(quoted(at, endsRegex(text)), blankStrings);
      blank(at + 1, false);
    } else if (char === '}' && open >= 0 && templates[open] === 0) {
      templates.pop();
      blank(at + 1, false);
      templateText();
    } else {
      if (open >= 0 && char === '{') templates[open] = (templates[open] ?? 0) + 1;
      if (open >= 0 && char === '}') templates[open] = (templates[open] ?? 0) - 1;
      blank(at + 1, false);
    }
  }
  return out;
}

/** A `/` inside a class, `[/]`, does not end a regular expression. */
function endsRegex(text: string): (at: number) => boolean {
  let inClass = false;
  return (at) => {
    if (text[at] === '[') inClass = true;
    if (text[at] === ']') inClass = false;
    return text[at] === '\n' || (text[at] === '/' && !inClass);
  };
}

function endOr(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
}
