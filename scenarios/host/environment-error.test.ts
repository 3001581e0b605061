import test from 'ava';
import { hostError } from './errors.ts';
import { environmentErrorOf } from './environment-error.ts';

const codeOf = (thrown: unknown): unknown =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;

test('what the engine says of memory and WebAssembly is the environment, not a defect', (t) => {
  const none = new ReferenceError('WebAssembly is not defined');
  t.is(codeOf(environmentErrorOf(none)), 'HOST_WEBASSEMBLY');
  for (const message of [
    'WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance',
    'WebAssembly.Memory(): could not allocate memory',
    'Array buffer allocation failed',
  ])
    t.is(codeOf(environmentErrorOf(new RangeError(message))), 'HOST_MEMORY', message);
  const thread = Object.assign(new Error('cannot start'), { code: 'ERR_WORKER_INIT_FAILED' });
  t.is(codeOf(environmentErrorOf(thread)), 'HOST_MEMORY');
});

test('a defect stays one, and a coded error is what it was', (t) => {
  for (const thrown of [new TypeError('x is not a function'), new ReferenceError('x is not defined'), 'text'])
    t.is(environmentErrorOf(thrown), thrown);
  const coded = hostError('HOST_FILE_MISSING', 'out of memory');
  t.is(environmentErrorOf(coded), coded);
});
