/** What each operator puts in the place of what, as StrykerJS 9.6 has it: see `operators.ts`. */

/** What stands between two numbers, and what instead. */
export const ARITHMETIC: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
};
/** Assignments that take what was there before into account. */
export const ASSIGNMENT: Readonly<Record<string, string>> = {
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '%=': '*=',
  '<<=': '>>=',
  '>>=': '<<=',
  '&=': '|=',
  '|=': '&=',
  '&&=': '||=',
  '||=': '&&=',
  '??=': '&&=',
};
/** Comparisons: a bound moves by one, or all is turned round. */
export const EQUALITY: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
  '===': ['!=='],
  '!==': ['==='],
};
/** `??` has no other side that is as like it as `&&`. */
export const LOGICAL: Readonly<Record<string, string>> = { '&&': '||', '||': '&&', '??': '&&' };
/** Signs; `~` is left out. */
export const UNARY: Readonly<Record<string, string>> = { '+': '-', '-': '+', '~': '' };
/** A step in the other direction. */
export const UPDATE: Readonly<Record<string, string>> = { '++': '--', '--': '++' };

/** A method to call instead; null leaves the call out. */
export const METHODS: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ...['charAt', 'filter', 'reverse', 'slice', 'sort', 'substr', 'substring', 'trim'].map(
    (name) => [name, null] as const,
  ),
  ...[
    ['endsWith', 'startsWith'],
    ['every', 'some'],
    ['toLocaleLowerCase', 'toLocaleUpperCase'],
    ['toLowerCase', 'toUpperCase'],
    ['trimEnd', 'trimStart'],
    ['min', 'max'],
  ].flatMap(([one = '', other = '']) => [[one, other] as const, [other, one] as const]),
]);
