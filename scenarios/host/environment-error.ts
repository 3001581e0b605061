/**
 * What the machine refuses, told as such. The engine throws its own errors where an address space is too small or where WebAssembly is
 * switched off; without this they would look like defects.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { hostError } from './errors.ts';

/** Of the engine (V8), of Node's buffers, and of its threads. */
const NO_MEMORY =
  /out of memory|could not allocate memory|array buffer allocation failed|ERR_WORKER_INIT_FAILED|ERR_MEMORY_ALLOCATION_FAILED|ENOMEM/iu;

/** The coded error for what the environment does not give; anything else as it is. */
export function environmentErrorOf(thrown: unknown): unknown {
  if (thrown instanceof CalldrillError || !(thrown instanceof Error)) return thrown;
  const { message } = thrown;
  const code = 'code' in thrown ? String(thrown.code) : '';
  if (thrown instanceof ReferenceError && message.startsWith('WebAssembly '))
    return hostError('HOST_WEBASSEMBLY', message, { cause: thrown });
  if (NO_MEMORY.test(message) || NO_MEMORY.test(code))
    return hostError('HOST_MEMORY', `memory is refused: ${message}`, { cause: thrown });
  return thrown;
}
