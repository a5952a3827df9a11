const config = require('./jest.config.js');

/** @type {import('jest').Config} What takes longer than some ten seconds: `npm run test:long`. */
module.exports = { ...config, testMatch: ['**/*.long.test.ts'], testPathIgnorePatterns: ['/node_modules/'] };
