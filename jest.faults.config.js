const layer = require('./test/jestLayer');

/** Hundreds of runs each: apart from the quick layers, so that those stay quick. */
module.exports = { ...layer('faults'), testTimeout: 900_000 };
