import { defineConfig } from '@playwright/test';

/** `npx playwright test --config webkit.config.ts`: WebKit by its own driver, with Playwright to run the tests alone. */
export default defineConfig({
  testDir: 'webkit',
  globalSetup: './support/hooks.ts',
  outputDir: 'test-results',
  workers: 1,
  retries: 1,
  timeout: 120_000,
  forbidOnly: true,
  reporter: 'list',
});
