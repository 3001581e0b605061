// Interoperation with independent peers (`npm run test:interop`). They need Debian packages, so they are not part of `npm test`.
export default {
  files: ['dist/interop/**/*.interop.js'],
  extensions: { js: true },
  nodeArguments: ['--enable-source-maps'],
  // Some run in real time: another beside them would be measured too.
  concurrency: 1,
  // Without a result of any test: what judges a whole suite again and again has none for minutes on a slow machine.
  timeout: '900s',
};
