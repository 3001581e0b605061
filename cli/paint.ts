/** The few styles that messages and tables of the command line have; reports have their own. */
const STYLES = { strong: '1', quiet: '2', bad: '31', good: '32', warn: '33' } as const;

export type Paint = Readonly<Record<keyof typeof STYLES, (text: string) => string>>;

export function paintOf(colour: boolean): Paint {
  const style = (name: keyof typeof STYLES) => (text: string) =>
    colour && text !== '' ? `\u001b[${STYLES[name]}m${text}\u001b[0m` : text;
  return {
    strong: style('strong'),
    quiet: style('quiet'),
    bad: style('bad'),
    good: style('good'),
    warn: style('warn'),
  };
}
