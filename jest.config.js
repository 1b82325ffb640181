/** Folders of test/ whose tests take seconds together; `npm run test:unit` runs them at every change. */
const unitFolders = [
  'cli/output',
  'config',
  'context',
  'detection',
  'harness',
  'lib',
  'logs',
  'notification',
  'text',
];

const unitTests = [
  ...unitFolders.map((folder) => `test/${folder}/.+\\.test\\.ts$`),
  'test/(layers|workflows)\\.test\\.ts$',
];

const base = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  setupFilesAfterEnv: ['<rootDir>/test/harness/setup.ts'],
  clearMocks: true,
};

/** Tests that need a tool of the machine, or minutes; each lane has a script in package.json. */
function lane(displayName) {
  return { ...base, displayName, testMatch: [`<rootDir>/test/**/*.${displayName}-test.ts`] };
}

module.exports = {
  randomize: true,
  // For a test that hangs, and not for a slow machine: what a test waits for, it waits for by a condition.
  testTimeout: 600_000,
  projects: [
    { ...base, displayName: 'unit', testRegex: unitTests },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: unitTests,
    },
    lane('deploy'),
    lane('conformance'),
    lane('browser'),
    lane('package'),
    lane('cloud'),
  ],
};
