import { shopPages } from '../support/pages';
import { cartBadge, hydrated } from '../support/shop';
import { expect, test } from '../support/test';

/** Pages without the shop's header have no islands. */
const plain = ['staff sign-in'];

// That no page says a word in the console while it does, every test sees to.
test.describe('the islands come alive on the', () => {
  for (const [name, way] of Object.entries(shopPages)) {
    if (plain.includes(name)) continue;
    test(name, async ({ page, admin, playwright, baseURL }) => {
      await way({ page, admin, playwright, baseURL: baseURL! });
      await hydrated(page);
      const field = page.getByRole('combobox', { name: 'Search the shop' });
      await field.fill('');
      await field.pressSequentially('teapot');
      await expect(page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option')).toHaveCount(1);
    });
  }
});

test('the badge knows the cart on every page', async ({ page, admin }) => {
  const product = await admin.makeProduct();
  await page.goto(`/products/${product.slug}`);
  await hydrated(page);
  await expect(cartBadge(page)).toHaveAccessibleName('Cart');
  await page.getByLabel('Quantity').fill('3');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  for (const path of ['/', '/products', '/cart', '/nowhere']) {
    await expect(cartBadge(page)).toHaveAccessibleName('Cart, 3 items');
    await page.goto(path);
  }
});

test('what was chosen before the script ran counts', async ({ page }) => {
  // The module is held back until the choice is made.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/pkg/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/products/holdfast-rope');
  await page.getByRole('radio', { name: '20 m', exact: true }).check();
  release();
  await hydrated(page);
  await expect(page.locator('.product-info .price-now')).toContainText('€38.00');
  await expect(page.getByRole('radio', { name: '20 m', exact: true })).toBeChecked();
});
