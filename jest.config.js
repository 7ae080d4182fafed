/** One project per test layer, so that `npm test -- --selectProjects unit` runs one of them. */
const layer = (name) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', isolatedModules: true }] },
	testEnvironment: 'node',
	// dist holds a second package.json and the compiled modules of the same names.
	modulePathIgnorePatterns: ['<rootDir>/dist'],
});

module.exports = {
	projects: ['unit', 'conformance', 'wire', 'node', 'package'].map(layer),
	layer,
};
