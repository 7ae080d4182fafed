const layer = require('./test/jestLayer');

module.exports = { projects: ['unit', 'conformance', 'wire', 'node', 'package'].map(layer) };
