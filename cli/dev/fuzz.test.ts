/** The fuzzer's register of parsers, a smoke of all of them, and parsers with a defect that it must catch. */
import test from 'ava';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { fromAscii, toAscii, toHex } from '../../sim/octets.ts';
import { hasDefects, merge, mutantAt, PIECE, piecesOf, reportOf, runPiece, tableOf } from './fuzz-run.ts';
import { FUZZ_TARGETS } from './fuzz-targets.ts';
import { sourceFiles } from './source-tree.ts';

const SMOKE = 500;
const noTime = (): number => 0;

/** Files that declare targets and are not in the register's text. */
function unregistered(paths: readonly string[], register: string): readonly string[] {
  return paths.filter((path) => path.endsWith('.fuzz.ts') && !register.includes(`'../../${path}'`));
}

test('every file that declares fuzz targets is in the register', (t) => {
  const files = sourceFiles();
  const register = files.find(({ path }) => path === 'cli/dev/fuzz-targets.ts')?.text ?? '';
  const paths = files.map(({ path }) => path);
  t.true(paths.filter((path) => path.endsWith('.fuzz.ts')).length >= 11);
  t.deepEqual(unregistered(paths, register), []);
  t.deepEqual(unregistered([...paths, 'network/new/parser.fuzz.ts'], register), [
    'network/new/parser.fuzz.ts',
  ]);
});

for (const target of FUZZ_TARGETS) {
  test(`smoke: ${target.name}`, (t) => {
    const result = runPiece(target, { target: target.name, seed: 'smoke', from: 0, inputs: SMOKE }, noTime);
    t.deepEqual(result.defects.map(reportOf), []);
    t.is(result.read + result.refused, SMOKE);
  });
}

const crashing: FuzzTarget = {
  name: 'crashing',
  samples: [fromAscii('{"a": [1, 2]}')],
  parse: (input) => JSON.parse(toAscii(input)) as unknown,
};

test('a parser that crashes is reported with the line that shows the mutant again', (t) => {
  const pieces = piecesOf([crashing], PIECE + 20, 'seed');
  t.deepEqual(
    pieces.map(({ from, inputs }) => [from, inputs]),
    [
      [0, PIECE],
      [PIECE, 20],
    ],
  );
  const [result] = merge(
    [crashing],
    pieces.map((piece) => runPiece(crashing, piece, noTime)),
  );
  t.truthy(result);
  if (result === undefined) return;
  t.true(hasDefects([result]));
  const defect = result.defects.find(({ index }) => index >= PIECE);
  t.truthy(defect);
  if (defect === undefined) return;
  t.is(toHex(mutantAt(crashing, defect.seed, defect.index)), defect.inputHex);
  t.regex(
    reportOf(defect).join('\n'),
    /--target 'crashing' --seed seed --index 50\d\d\n {2}input: [\da-f]*\n {2}SyntaxError/,
  );
  t.false(hasDefects([{ defects: [] }]));
});

test('the table has a row for each target', (t) => {
  const row = { inputs: 5, read: 3, refused: 2, codes: [['A', 2]] as const, defects: [], ms: 1.4 };
  const table = tableOf([
    { target: 'SAKKE encapsulated data', ...row },
    { target: 'SDP', ...row },
  ]);
  t.deepEqual(table, [
    'target                   inputs  read  refused  defects  codes  ms',
    'SAKKE encapsulated data       5     3        2        0      1   1',
    'SDP                           5     3        2        0      1   1',
  ]);
});
