import { availableParallelism } from 'node:os';

import { defineConfig } from '@playwright/test';

import { baseURL, chromium, specs } from './support/environment';

/** Those in which a database and a cache have a say: what the others see is the same on each, and once is enough. */
const data = [
  'account',
  'admin',
  'bank-transfer',
  'catalog',
  'hosted-payment',
  'live-stock',
  'orders',
  'owner',
  'people',
  'problems',
  'product-jobs',
  'product-pictures',
  'products',
  'purchase',
  'unsaved',
];

/** Those that have a shop of their own, by what `SPECS` says. */
const apart: Record<string, string> = { texts: 'texts', new: 'afternoon' };

/** Those that wait for a minute: begun last, nothing else would be left to do meanwhile. */
const long = ['waiting-room'];

function files(names: string[]): string[] {
  return names.map((name) => `**/${name}.spec.ts`);
}

/** Which specs run, and in which order. */
function wanted() {
  if (specs === 'data') {
    return { testMatch: files(data) };
  }
  if (specs in apart) {
    return { testMatch: files([apart[specs]!]) };
  }
  const others = [...long, ...Object.values(apart)];
  return {
    projects: [
      { name: 'long', testMatch: files(long) },
      { name: 'others', testMatch: files(['*']), testIgnore: files(others) },
    ],
  };
}

export default defineConfig({
  testDir: 'tests',
  globalSetup: ['./support/hooks.ts', './support/offers.ts'],
  ...wanted(),
  // What axe sees does not come from the database.
  ...(specs === 'data' && { grepInvert: /axe finds nothing/u }),
  outputDir: 'test-results',
  fullyParallel: true,
  // A test waits for mails, clocks and pages as long as it computes, so two share a core.
  workers: Math.min(2 * availableParallelism(), 8),
  // A browser among others on a busy machine: who needed the second try is told at the end. What
  // the shop promises of stock, money and caches is proved by tests that are tried once.
  retries: 1,
  // Only a page that hangs should find these ends, not one that is slow.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    // An element that never appears fails a click as soon as it fails an expectation.
    actionTimeout: 20_000,
    baseURL,
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
