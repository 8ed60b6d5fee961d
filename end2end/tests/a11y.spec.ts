import type { Page } from '@playwright/test';

import { visit } from '../support/axe';
import { hydrated } from '../support/shop';
import { adminTours, doorTour, shopTours } from '../support/tours';
import { expect, test } from '../support/test';

/** The search suggests something. That no page says a word in the console until then, every test sees to. */
async function expectIslandsAlive(page: Page, place: string): Promise<void> {
  // There is no island on it: a test of hydration looks.
  if (place.startsWith('checkout: ')) return;
  const field = page.getByRole('combobox', { name: 'Search the shop' });
  const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await hydrated(page);
  await field.fill('teapot');
  await expect(options).toHaveCount(1);
  await field.press('Escape');
  await expect(options).toHaveCount(0);
}

test.describe('axe finds nothing', () => {
  // Some twenty looks at each of several pages take their time on a busy machine.
  test.slow();

  for (const [name, tour] of Object.entries(shopTours)) {
    test(`on the shop’s ${name}, and the islands come alive`, async ({ page, admin, playwright }) => {
      await visit(tour, { page, admin, playwright }, expectIslandsAlive);
    });
  }

  test('on the sign-in page', async ({ page, admin, playwright }) => {
    await visit(doorTour, { page, admin, playwright });
  });

  for (const [name, tour] of Object.entries(adminTours)) {
    test(`on the admin area’s ${name}`, async ({ adminPage: page, admin, playwright }) => {
      await visit(tour, { page, admin, playwright });
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
