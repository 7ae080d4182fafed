/** A jest project for one test layer, so that `npm test -- --selectProjects unit` runs one of them. */
module.exports = (name) => ({
	displayName: name,
	rootDir: require('node:path').resolve(__dirname, '..'),
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] },
	testEnvironment: 'node',
	globalSetup: '<rootDir>/test/jestFolder.ts',
	// dist holds the compiled modules under the same names.
	modulePathIgnorePatterns: ['<rootDir>/dist'],
});
