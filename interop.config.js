// Interoperation with independent peers (`npm run test:interop`). They need Debian packages, so they are not part of `npm test`.
export default {
  // The judges of judges.config.js have no peer.
  files: ['dist/interop/*.interop.js', '!dist/interop/two-judges.interop.js'],
  extensions: { js: true },
  nodeArguments: ['--enable-source-maps'],
  // Some run in real time: another beside them would be measured too.
  concurrency: 1,
  // Without a result of any test: what judges a whole suite again and again has none for minutes on a slow machine.
  timeout: '900s',
};
