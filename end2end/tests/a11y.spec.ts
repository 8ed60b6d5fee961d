import { visit } from '../support/axe';
import { adminTours, doorTour, shopTours } from '../support/tours';
import { expect, test } from '../support/test';

test.describe('axe finds nothing', () => {
  // Some twenty looks at each of several pages take their time on a busy machine.
  test.slow();

  for (const [name, tour] of Object.entries(shopTours)) {
    test(`on the shop’s ${name}`, async ({ page, admin, playwright }) => {
      await visit(tour, { page, admin, playwright });
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
