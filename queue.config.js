// The whole suite through Redis (`npm run test:queue`): minutes on a machine with nothing else to do, so it is no part of the others.
import interop from './interop.config.js';

export default {
  ...interop,
  files: ['dist/interop/whole-suite.queue.js'],
  timeout: '7200s',
};
