import test from 'ava';
import { assert, CalldrillError, errorsOf, placeOf } from './errors.ts';

const TABLE = { TEST_BROKEN: { summary: 'Something broke.', fix: 'Mend it.' } } as const;
const testError = errorsOf(TABLE);

test('an error carries its code, its place and the fix', (t) => {
  const cause = new Error('below');
  const error = testError('TEST_BROKEN', 'it broke', {
    where: { file: 'a.yaml', line: 3, column: 9 },
    cause,
  });
  t.true(error instanceof CalldrillError);
  t.deepEqual(
    [error.code, error.message, error.fix, error.cause],
    ['TEST_BROKEN', 'it broke', 'Mend it.', cause],
  );
  t.is(placeOf(error.where), 'a.yaml:3:9');
});

test('a better fix replaces that of the table, and a place can be added later', (t) => {
  const error = testError('TEST_BROKEN', 'it broke', { fix: 'Mend this one.', where: { offset: 4 } }).at({
    device: 'crs',
    time: 1_500_000,
  });
  t.is(error.fix, 'Mend this one.');
  t.is(placeOf(error.where), 'crs, t=1.500000s, octet 4');
  t.is(placeOf({ clause: 'para-32' }), 'para-32');
  t.is(placeOf({}), '');
  t.is(placeOf({ file: 'x' }), 'x');
});

test('an assertion that fails is a defect, not a CalldrillError', (t) => {
  const error = t.throws(() => assert(false, 'water is dry'));
  t.regex(error.message, /water is dry/);
  t.false(error instanceof CalldrillError);
});
