const layer = require('./test/jestLayer');

/** A real n8n, one at a time. Its installation comes first, outside of any test's time limit. */
module.exports = {
	...layer('e2e'),
	globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
	testTimeout: 120_000,
};
