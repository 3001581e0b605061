/** What a stream is connected to: whether a person looks at it, how wide it is, whether it has colour. */

/** What a writer of text may use: colour, width and characters beyond ASCII. */
export interface Terminal {
  readonly isTty: boolean;
  /** Undefined when nobody looks, so that nothing is folded or cut for a width that does not exist. */
  readonly columns: number | undefined;
  readonly colour: boolean;
  readonly unicode: boolean;
}

/** Variables as `process.env` has them; a test gives its own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `--color`, `--no-color`, or neither. */
export type ColourChoice = 'always' | 'never' | 'auto';

/**
 * The choice on the command line wins over NO_COLOR (https://no-color.org: set and not empty), that over what the stream is.
 */
export function terminalOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  environment: Environment,
  choice: ColourChoice,
): Terminal {
  const isTty = stream.isTTY === true;
  const dumb = environment['TERM'] === 'dumb';
  const wanted = (environment['NO_COLOR'] ?? '') === '' && isTty && !dumb;
  return {
    isTty,
    columns: isTty && stream.columns !== undefined && stream.columns > 0 ? stream.columns : undefined,
    colour: choice === 'auto' ? wanted : choice === 'always',
    unicode: isUtf8(environment),
  };
}

/** POSIX: the first of these that is set decides. None set: UTF-8, which every current system has. */
function isUtf8(environment: Environment): boolean {
  const locale = ['LC_ALL', 'LC_CTYPE', 'LANG']
    .map((name) => environment[name] ?? '')
    .find((value) => value !== '');
  return locale === undefined || /utf-?8/i.test(locale);
}
