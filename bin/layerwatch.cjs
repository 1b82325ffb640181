#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// A checkout runs its sources, the published package what was compiled of them.
const source = join(__dirname, 'layerwatch.ts');
if (existsSync(source)) {
  require('tsx/cjs');
  require(source);
} else require('../dist/bin/layerwatch.js');
