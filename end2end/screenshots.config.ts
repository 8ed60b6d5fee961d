import tests from './playwright.config';

/** `npx playwright test --config screenshots.config.ts`, against a fresh demo shop: makes the pictures of the documents again. */
export default {
  ...tests,
  testDir: 'screenshots',
  testMatch: '**/take.spec.ts',
  testIgnore: [],
  workers: 1,
  retries: 0,
};
