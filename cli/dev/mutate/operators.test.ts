/** What each operator makes of a line; that these are Stryker's was checked against its instrumenter, mutant by mutant. */
import test from 'ava';
import { mutantsIn, mutated } from './mutants.ts';
import type { OperatorName } from './operators.ts';

/** The line as each mutant of one operator has it. */
function linesOf(operator: OperatorName, line: string): readonly string[] {
  return mutantsIn(line, () => ({ line: 1, column: 1, text: line }))
    .filter((mutant) => mutant.operator === operator)
    .map((mutant) => mutated(line, mutant));
}

const rows: readonly (readonly [OperatorName, string, readonly string[]])[] = [
  ['ArithmeticOperator', 'x = a - b * c;', ['x = (a + (b * c));', 'x = a - (b / c);']],
  ['ArithmeticOperator', 'x = "a" + b;', []],
  ['ArrayDeclaration', 'x = [1]; y = [];', ['x = []; y = [];', 'x = [1]; y = ["Stryker was here"];']],
  ['ArrayDeclaration', 'x = new Array(3);', ['x = (new Array());']],
  ['ArrowFunction', 'f((x) => x + 1);', ['f((() => undefined));']],
  ['ArrowFunction', 'f(() => undefined); f(() => { g(); });', []],
  [
    'AssignmentOperator',
    'a += 1; b ??= c; d += "e";',
    ['(a -= 1); b ??= c; d += "e";', 'a += 1; (b &&= c); d += "e";'],
  ],
  ['BlockStatement', 'function f() { g(); } function h() {}', ['function f() {} function h() {}']],
  ['BooleanLiteral', 'x = !a; y = true;', ['x = a; y = true;', 'x = !a; y = false;']],
  ['ConditionalExpression', 'if (a) b();', ['if (true) b();', 'if (false) b();']],
  ['ConditionalExpression', 'while (a) b();', ['while (false) b();']],
  ['ConditionalExpression', 'for (;;) b();', ['for (; false;) b();']],
  ['ConditionalExpression', 'x = a > 1 && b;', ['x = true;', 'x = false;', 'x = true && b;']],
  ['ConditionalExpression', 'switch (a) { case 1: b(); default: }', ['switch (a) { case 1: default: }']],
  ['EqualityOperator', 'x = a < b;', ['x = (a <= b);', 'x = (a >= b);']],
  ['EqualityOperator', 'x = a === b;', ['x = (a !== b);']],
  ['LogicalOperator', 'x = a && b && c;', ['x = ((a && b) || c);', 'x = (a || b) && c;']],
  ['LogicalOperator', 'x = a ?? b;', ['x = (a && b);']],
  ['MethodExpression', 'x = a.slice(1);', ['x = a;']],
  ['MethodExpression', 'x = Math.max(a, b);', ['x = (Math.min(a, b));']],
  ['MethodExpression', 'x = a?.some(f);', ['x = (a?.every(f));']],
  ['ObjectLiteral', 'x = { a: 1 }; y = {};', ['x = {}; y = {};']],
  ['OptionalChaining', 'x = a?.b.c;', ['x = (a.b).c;']],
  ['OptionalChaining', 'x = a?.[1]; f?.(2);', ['x = (a[1]); f?.(2);', 'x = a?.[1]; (f(2));']],
  [
    'Regex',
    'x = /^\\d+[a-z]$/;',
    [
      'x = (/\\d+[a-z]$/);',
      'x = (/^\\D+[a-z]$/);',
      'x = (/^\\d[a-z]$/);',
      'x = (/^\\d+[^a-z]$/);',
      'x = (/^\\d+[a-z]/);',
    ],
  ],
  ['Regex', 'x = /(?<n>[^(]){2}\\(/;', ['x = (/(?<n>[(]){2}\\(/);', 'x = (/(?<n>[^(])\\(/);']],
  [
    'StringLiteral',
    'x = "a"; y = ""; z = `b${c}`;',
    [
      'x = ""; y = ""; z = `b${c}`;',
      'x = "a"; y = "Stryker was here!"; z = `b${c}`;',
      'x = "a"; y = ""; z = ``;',
    ],
  ],
  ['StringLiteral', "import 'a'; x = { 'b': 1 }; Symbol('c'); export * from 'd';", []],
  ['UnaryOperator', 'x = -a; y = ~b;', ['x = (+a); y = ~b;', 'x = -a; y = b;']],
  ['UpdateOperator', 'a++; --b;', ['(a--); --b;', 'a++; (++b);']],
];

for (const [operator, line, expected] of rows)
  test(`${operator}: ${line}`, (t) => {
    t.deepEqual(linesOf(operator, line), expected);
  });

test('what would be no program is no mutant', (t) => {
  const mutants = mutantsIn('class A extends B { constructor() { super(); } }', () => ({
    line: 1,
    column: 1,
    text: '',
  }));
  t.deepEqual(
    mutants.map(({ operator }) => operator),
    ['BlockStatement'],
  );
  t.deepEqual(linesOf('OptionalChaining', 'x = a?.`b`;'.replace('?.`b`', '?.b')), ['x = (a.b);']);
});
