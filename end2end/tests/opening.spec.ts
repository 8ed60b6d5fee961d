import type { Page } from '@playwright/test';

import { violations } from '../support/axe';
import { expect, test } from '../support/test';

/** Whether anything is wider than the window. */
async function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}

test('a demonstration says what it is on every page, in both languages', async ({ page }) => {
  const pages = [
    ['/', 'This is a demonstration.'],
    ['/products', 'This is a demonstration.'],
    ['/cart', 'This is a demonstration.'],
    ['/de', 'Dies ist ein Demo-Shop.'],
  ];
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const [path, words] of pages) {
      await page.goto(path);
      await expect(page.locator('.site-notice'), path).toContainText(words);
      expect(await overflows(page), `${path} at ${width}`).toBe(false);
    }
  }
  expect(await violations(page)).toEqual([]);
});

test('the dashboard says that the shop is a demonstration', async ({ adminPage }) => {
  await adminPage.goto('/admin');
  await expect(adminPage.getByRole('heading', { name: 'This is a demonstration' })).toBeVisible();
  await expect(adminPage.getByRole('button', { name: 'End the demonstration' })).toBeVisible();
  expect(await violations(adminPage)).toEqual([]);
});

test('seller and sentences are forms of their own, beside the settings', async ({ adminPage }) => {
  for (const width of [1280, 390]) {
    await adminPage.setViewportSize({ width, height: 900 });
    for (const [link, heading] of [
      ['Seller’s data', 'Seller'],
      ['Your own texts', 'Your own texts'],
    ]) {
      await adminPage.goto('/admin/settings');
      // The settings' head has it, and beside a field there may be another.
      await adminPage.getByRole('link', { name: link }).first().click();
      await expect(adminPage.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      expect(await overflows(adminPage), `${heading} at ${width}`).toBe(false);
      expect(await violations(adminPage)).toEqual([]);
    }
  }
});

test('a legal page begins with what is known of the seller', async ({ adminPage }) => {
  await adminPage.goto('/admin/pages/new?template=imprint-en');
  const text = adminPage.locator('textarea[name=body]');
  await expect(text).toHaveValue(/Example Street 1/);
  await expect(text).toHaveValue(/\[\[Telephone number\]\]/);
});
