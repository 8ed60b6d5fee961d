import tests from './playwright.config';

/** `cargo xtask screenshots`: makes the pictures of the documents again, from a fresh demo shop. */
export default {
  ...tests,
  testDir: 'screenshots',
  testMatch: '**/take.spec.ts',
  projects: undefined,
  workers: 1,
  retries: 0,
};
