import { cartBadge, hydrated, proceed, putInCart, step } from '../support/shop';
import { expect, test } from '../support/test';

// That the islands of every page come alive, a11y.spec.ts sees on its way through all of them.

test('the checkout leads nowhere else, and has no island', async ({ page, admin }) => {
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  await expect(step(page, 'Contact')).toBeVisible();
  const header = page.getByRole('banner');
  await expect(header.getByRole('link')).toHaveText([/./, 'Back to cart', 'Help']);
  await expect(page.getByRole('search')).toHaveCount(0);
  await expect(page.locator('leptos-island, .cart-drawer')).toHaveCount(0);
  const pages = page.getByRole('contentinfo').getByRole('navigation', { name: 'About the shop' });
  await expect(pages.getByRole('link', { name: 'Right of withdrawal' })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  for (const name of ['Contact & address', 'Shipping', 'Payment', 'Review']) {
    await expect(
      page.getByRole('navigation', { name: 'Checkout steps' }).getByText(name),
    ).toBeVisible();
  }
  await header.getByRole('link', { name: 'Back to cart' }).click();
  await expect(page).toHaveURL(/\/cart$/);
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

test('what shoppers load knows nothing of the admin area', async ({ page }) => {
  const loaded: Promise<[string, string]>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    // What is asked for again has not changed, and has no body.
    if (/\.(js|wasm)$/.test(pathname) && response.status() !== 304) {
      loaded.push(response.body().then((body) => [pathname, body.toString('latin1')]));
    }
  });
  for (const path of ['/', '/products/holdfast-rope', '/cart', '/account/sign-in']) {
    await page.goto(path);
    await hydrated(page);
  }
  const files = await Promise.all(loaded);
  expect(files.some(([path]) => path.endsWith('.wasm'))).toBe(true);
  for (const [path, text] of files) {
    // Names of fields are one after the other there: "ahead", "minutes".
    expect(/admin(?!utes)/i.test(text), path).toBe(false);
  }
});
