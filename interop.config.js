// Interoperation with independent peers (`npm run test:interop`). They need Debian packages, so they are not part of `npm test`.
export default {
  files: ['dist/interop/**/*.interop.js'],
  extensions: { js: true },
  nodeArguments: ['--enable-source-maps'],
  // Some run in real time: another beside them would be measured too.
  concurrency: 1,
  timeout: '300s',
};
