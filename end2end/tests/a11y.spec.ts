import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { adminPages, shopPages } from '../support/pages';
import { expect, test } from '../support/test';

const widths = [390, 1280];
const schemes = ['light', 'dark'] as const;

/** No violation of any rule, on phones and desks, by day and by night. */
async function expectAccessible(page: Page): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => ({
        id,
        where: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
      }));
      expect(found, `at ${width} px, ${colorScheme}`).toEqual([]);
    }
  }
}

test.describe('axe finds nothing on the shop’s', () => {
  for (const [name, way] of Object.entries(shopPages)) {
    test(name, async ({ page, admin, playwright, baseURL }) => {
      await way({ page, admin, playwright, baseURL: baseURL! });
      await expectAccessible(page);
    });
  }
});

test.describe('axe finds nothing in the admin area’s', () => {
  for (const [name, way] of Object.entries(adminPages)) {
    test(name, async ({ adminPage: page, admin, playwright, baseURL }) => {
      await way({ page, admin, playwright, baseURL: baseURL! });
      await expectAccessible(page);
    });
  }
});

test('the skip link leads past the header', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
