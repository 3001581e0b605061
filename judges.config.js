// The two judges (`npm run test:judges`): they work on a run of the whole suite for minutes, keep no real time, and go side by side.
import interop from './interop.config.js';

export default {
  ...interop,
  files: ['dist/interop/two-judges.interop.js', 'dist/interop/second-judge/*.interop.js'],
  concurrency: 2,
};
