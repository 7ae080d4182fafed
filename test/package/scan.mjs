/**
 * n8n's verification scanner, before publishing and without the network: once over the sources and
 * once over the unpacked tarball, as n8n does it with the published package. Two things are stricter:
 * a warning counts like an error, and finding no file to scan is no success.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const root = fileURLToPath(new URL('../..', import.meta.url));

if (!existsSync(join(root, 'dist'))) {
	console.error('There is no dist to scan: run `npm run build` first.');
	process.exit(1);
}

const temporary = mkdtempSync(join(tmpdir(), 'close-files-scan-'));
// The scanner makes a temporary folder when it is imported and leaves it behind; here it goes with ours.
process.env.TMPDIR = process.env.TEMP = process.env.TMP = temporary;

try {
	const { SOURCE_FILE_PATTERNS } = await importScanner();
	const clean = [
		await scan('sources', root, SOURCE_FILE_PATTERNS),
		await scan('tarball', unpackedTarball(), ['dist/**/*.js', 'package.json']),
	];
	process.exitCode = clean.every(Boolean) ? 0 : 1;
} finally {
	rmSync(temporary, { recursive: true, force: true });
}

function importScanner() {
	return import('@n8n/scan-community-package/scanner/scanner.mjs');
}

/** Prints what the scanner has to say about a folder; true if that is nothing. */
async function scan(name, folder, patterns) {
	const { analyzePackage, buildScanConfig } = await importScanner();
	const verdict = await analyzePackage(folder, patterns);

	// analyzePackage says nothing of warnings as long as there is no error. This is the same run with
	// the same rules; it also throws when a pattern finds no file.
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	const findings = results.reduce((sum, each) => sum + each.errorCount + each.warningCount, 0);

	const clean = verdict.passed && findings === 0;
	console.log(
		`${clean ? 'clean  ' : 'refused'} ${name}: ${results.length} files, ${findings} findings`,
	);
	const formatter = await eslint.loadFormatter('stylish');
	if (findings > 0) console.log(await formatter.format(results));
	else if (!clean) console.log(verdict.message);
	return clean;
}

/** The folder of the package as npm would publish it. */
function unpackedTarball() {
	const folder = join(temporary, 'package');
	const npm = ['pack', '--json', '--ignore-scripts', '--pack-destination', temporary];
	const options = { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' };
	const [{ filename }] = JSON.parse(execFileSync('npm', npm, options));
	mkdirSync(folder);
	execFileSync('tar', ['-xzf', filename, '--strip-components=1', '-C', folder], { cwd: temporary });
	return folder;
}
