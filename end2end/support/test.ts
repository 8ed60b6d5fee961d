import { test as base, type BrowserContextOptions, type Page } from '@playwright/test';

import { Admin } from './admin';
import { Watch } from './watch';

export { expect } from '@playwright/test';

interface Fixtures {
  /** Fails the test if one of its pages had anything to complain of. */
  watch: Watch;
  /** Opens a page for another person: other cookies, another window. */
  newVisitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** A page of someone who is signed in as admin. As all pages, it has script if `test.use` says so. */
  adminPage: Page;
  /** Opens another one. */
  newAdminPage: (options?: BrowserContextOptions) => Promise<Page>;
}

interface WorkerFixtures {
  admin: Admin;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  watch: [
    async ({ context }, use, testInfo) => {
      const watch = new Watch();
      await watch.on(context);
      await use(watch);
      if (testInfo.status === testInfo.expectedStatus) {
        base.expect(watch.complaints, 'what the pages complained of').toEqual([]);
      } else if (watch.complaints.length > 0) {
        console.log(['The pages complained of:', ...watch.complaints].join('\n  '));
      }
    },
    { auto: true },
  ],

  newVisitor: async ({ browser, watch, contextOptions, baseURL, viewport, locale }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (options) => {
      const own = { baseURL, viewport, locale };
      const context = await browser.newContext({ ...contextOptions, ...own, ...options });
      contexts.push(context);
      await watch.on(context);
      return context.newPage();
    });
    for (const context of contexts) {
      await context.close();
    }
  },

  adminPage: async ({ newAdminPage }, use) => {
    await use(await newAdminPage());
  },

  newAdminPage: async ({ newVisitor, admin }, use) => {
    await use(async (options) =>
      newVisitor({ storageState: await admin.storageState(), ...options }),
    );
  },

  admin: [
    async ({ playwright }, use) => {
      const admin = await Admin.signIn(playwright.request);
      await use(admin);
      await admin.dispose();
    },
    { scope: 'worker' },
  ],
});
