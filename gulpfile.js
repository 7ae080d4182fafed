const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');

/** dist holds what this build writes and nothing of an earlier one: all of it is published. */
const clean = () => rm('dist', { recursive: true, force: true });

/** Copies byte for byte (gulp would recode text) to the same place below dist. */
const copy = (files) => src(files, { base: '.', encoding: false }).pipe(dest('dist'));

/** `file:` icons are looked up relative to the compiled file, so icons/ lies beside nodes/ there too. */
const icons = () => copy('icons/*.svg');

/** The codex tells n8n the node's categories, search words and documentation links. */
const codex = () => copy('nodes/**/*.node.json');

/** Output schemas let the editor show an operation's fields before it has run. */
const schemas = () => copy('nodes/**/__schema__/**/*.json');

/**
 * Compiles nodes and credentials with the project's own compiler, which prints its complaints itself.
 * Code with a complaint is not written, and the build then fails.
 */
const compile = () =>
	spawn(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmitOnError'],
		{ stdio: 'inherit' },
	);

// Compiling comes last: a dist with compiled code in it is a complete one.
const build = series(clean, parallel(icons, codex, schemas), compile);

module.exports = { build, clean, default: build };
