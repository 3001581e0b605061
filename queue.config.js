// What goes wrong with a queue, and the whole suite through it (`npm run test:queue`): minutes on a machine with nothing else to do, so it is no part of the others.
import interop from './interop.config.js';

export default {
  ...interop,
  files: ['dist/interop/*.queue.js'],
  timeout: '7200s',
};
