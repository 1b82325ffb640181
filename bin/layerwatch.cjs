#!/usr/bin/env node
require('tsx/cjs');
require('./layerwatch.ts');
