/** Stryker's runner takes no list of projects: `scripts/mutation.ts` gives the unit project the test file to run. */
const [unit] = require('./jest.config.js').projects;

module.exports = unit;
