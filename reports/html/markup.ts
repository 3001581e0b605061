/**
 * HTML that cannot be forgotten to be escaped: a tagged template whose values are escaped unless they are markup already.
 * Every attribute in a template is in double quotes. The tag is not called `html`, so that no formatter reflows it.
 */
import { printable } from '../printable.ts';

/** HTML that is safe to be put into the page as it is; only this folder's templates and constants make it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template's gap takes: markup as it is, text and numbers escaped, lists joined, `undefined` and `false` as nothing. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Most texts are of these characters alone, which stand for themselves. */
const PLAIN = /^[\x20-\x21\x23-\x25\x28-\x3b\x3d\x3f-\x7e]*$/;

function escaped(text: string): string {
  if (PLAIN.test(text)) return text;
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? '');
}

function rendered(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return content.map(rendered).join('');
}

/** Markup of a template: `markup\`<td>${text}</td>\``. Lists are joined, undefined and false are nothing. */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = parts[0] ?? '';
  for (let at = 0; at < values.length; at++) text += rendered(values[at]) + (parts[at + 1] ?? '');
  return new Markup(text);
}

/** The contents with `separator` between them. */
export function joined(contents: readonly Content[], separator: Content): Content[] {
  return contents.flatMap((content, index) => (index === 0 ? [content] : [separator, content]));
}
