import type { Page } from '@playwright/test';

import { violations } from '../support/axe';
import { cartBadge, fact, hydrated, putInCart, step } from '../support/shop';
import { expect, test } from '../support/test';

const drawer = (page: Page) => page.getByRole('dialog', { name: 'Your cart' });

/** Fails if the page is loaded again from here on. */
async function stays(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => document.documentElement.setAttribute('data-same-page', ''));
  return async () => expect(page.locator('html')).toHaveAttribute('data-same-page', '');
}

test.describe('the cart beside the page', () => {
  test('opens with what was added and leads to the checkout', async ({ page, admin }) => {
    const product = await admin.makeProduct([{ options: ['Red'], price: '30.00' }], ['Colour']);
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    const expectSame = await stays(page);
    await page.getByRole('button', { name: 'Add to cart' }).click();

    await expect(drawer(page).getByRole('status')).toHaveText('Added to your cart');
    const line = drawer(page).getByRole('listitem');
    await expect(line).toHaveCount(1);
    await expect(line).toContainText(product.title);
    await expect(line).toContainText('Red');
    await expect(line).toContainText('€30.00');
    await expect(drawer(page)).toContainText('€45.00 more for free shipping');
    await expect(cartBadge(page)).toHaveAccessibleName('Cart, 1 item');

    await drawer(page).getByRole('button', { name: 'One more' }).click();
    await drawer(page).getByRole('button', { name: 'One more' }).click();
    await expect(fact(page, 'Subtotal')).toHaveText('€90.00');
    await expect(drawer(page)).toContainText('Shipping is free');
    await expect(cartBadge(page)).toHaveAccessibleName('Cart, 3 items');
    await expectSame();

    await drawer(page).getByRole('button', { name: 'Check out' }).click();
    await expect(step(page, 'Contact')).toBeVisible();
  });

  test('takes the focus and gives it back', async ({ page, admin }) => {
    const product = await admin.makeProduct();
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    const add = page.getByRole('button', { name: 'Add to cart' });
    await add.focus();
    await page.keyboard.press('Enter');
    await expect(drawer(page).getByRole('heading', { name: 'Your cart' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(drawer(page).getByRole('button', { name: 'Close' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(drawer(page)).toBeHidden();
    await expect(add).toBeFocused();

    await page.keyboard.press('Enter');
    await drawer(page).getByRole('button', { name: 'Close' }).click();
    await expect(drawer(page)).toBeHidden();
    await expect(add).toBeFocused();
  });

  test('says that it is empty once its last line is removed', async ({ page, admin }) => {
    const product = await admin.makeProduct();
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await drawer(page).getByRole('button', { name: `Remove ${product.title}` }).click();
    await expect(drawer(page).getByRole('status')).toHaveText('Your cart is empty');
    await expect(drawer(page).getByRole('button', { name: 'Check out' })).toBeHidden();
    await expect(cartBadge(page)).toHaveAccessibleName('Cart');
  });

  test('checks every line before the checkout', async ({ page, admin }) => {
    const product = await admin.makeProduct([{ stock: 3 }]);
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await expect(drawer(page)).toContainText(product.title);
    await admin.bookStock(product, -3);
    await drawer(page).getByRole('button', { name: 'Check out' }).click();
    await expect(page).toHaveURL(/\/cart$/);
    const row = page.getByRole('alert').getByRole('listitem').filter({ hasText: product.title });
    await expect(row).toContainText('sold out');
  });

  test('gives way to the cart’s page where its script does not come', async ({
    page,
    admin,
    watch,
  }) => {
    const product = await admin.makeProduct();
    watch.expectCutCalls();
    await page.route('**/style/cart.*.js', (route) => route.abort());
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await expect(page).toHaveURL(/\/cart$/);
    await expect(page.getByRole('main')).toContainText(product.title);
  });

  test('axe finds nothing in it', async ({ page, admin }) => {
    const product = await admin.makeProduct([{ stock: 3 }]);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await expect(drawer(page)).toContainText(product.title);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await violations(page), `${width} px, ${colorScheme}`).toEqual([]);
      }
    }
  });
});

test.describe('on the cart’s page', () => {
  test('quantities change without loading it again, and the focus stays', async ({
    page,
    admin,
  }) => {
    const product = await admin.makeProduct([{ price: '10.00', stock: 5 }]);
    await putInCart(page, product);
    await hydrated(page);
    const expectSame = await stays(page);
    const more = page.getByRole('button', { name: `One more ${product.title}` });
    const field = page.getByLabel(`Quantity of ${product.title}`);
    await more.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(fact(page, 'Subtotal')).toHaveText('€30.00');
    await expect(field).toHaveValue('3');
    await expect(more).toBeFocused();
    await expect(cartBadge(page)).toHaveAccessibleName('Cart, 3 items');
    await field.fill('2');
    await field.press('Tab');
    await expect(fact(page, 'Subtotal')).toHaveText('€20.00');
    await page.getByRole('button', { name: `One fewer ${product.title}` }).click();
    await expect(fact(page, 'Subtotal')).toHaveText('€10.00');
    await expectSame();

    await page.getByRole('button', { name: `Remove ${product.title}` }).click();
    await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
  });

  test('stock is still followed after a change', async ({ page, admin }) => {
    const product = await admin.makeProduct([{ stock: 9 }]);
    await putInCart(page, product);
    const line = page.getByRole('listitem').filter({ hasText: product.title });
    const status = line.locator('.status');
    await expect(status).toHaveText('9 in stock');
    await page.getByRole('button', { name: `One more ${product.title}` }).click();
    await expect(cartBadge(page)).toHaveAccessibleName('Cart, 2 items');
    await admin.bookStock(product, -8);
    await expect(status).toHaveText('Only 1 left. You asked for 2.');
  });

  test('pictures of lines lead to the products', async ({ page }) => {
    await page.goto('/products/pocket-compass');
    await hydrated(page);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await drawer(page).getByRole('link', { name: 'View cart' }).click();
    const picture = (await page.locator('.line .pic').boundingBox())!;
    await page.mouse.click(picture.x + picture.width / 2, picture.y + picture.height / 2);
    await expect(page).toHaveURL(/\/products\/pocket-compass$/);
  });
});
