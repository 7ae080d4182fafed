/**
 * Imported before the node, when tsx runs it: `CloseFiles.node` means `CloseFiles.node.ts`, but Node
 * tries endings in the order of this table and would take the codex file `CloseFiles.node.json`.
 */
const extensions = require.extensions as Record<string, unknown>;
const json = extensions['.json'];
delete extensions['.json'];
extensions['.json'] = json;

export {};
