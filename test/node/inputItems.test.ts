import { aSandbox } from '../support/aSandbox';
import { aFile, anItem } from '../support/builders';
import { validRuns } from '../support/operations';

const sandbox = aSandbox();

it.each(Object.keys(validRuns))('%s leaves the items that come in as they are', async (name) => {
	const items = [anItem(await aFile(), { kept: { as: ['it', 'is'] } })];
	const before = structuredClone(items);

	await (await validRuns[name](sandbox, items, {})).run();

	expect(items).toEqual(before);
});
