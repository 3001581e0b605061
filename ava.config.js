// The tests run on the build: one compile, no loader, the same code that users run.
export default {
  files: ['dist/{sim,network,devices,scenarios,reports,cli}/**/*.test.js'],
  extensions: { js: true },
  nodeArguments: ['--enable-source-maps'],
  timeout: '120s',
};
