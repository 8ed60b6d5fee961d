import type { Page } from '@playwright/test';

import { cartBadge, hydrated } from '../support/shop';
import { expect, test } from '../support/test';

/** The islands of the page are alive, and so are its hearts. */
async function alive(page: Page): Promise<void> {
  await hydrated(page);
  await page.waitForFunction(() => {
    const form = document.querySelector('#hearts') as (Element & { hears?: Set<string> }) | null;
    return form?.hears?.has('submit') === true;
  });
}

function link(page: Page) {
  return page.getByRole('banner').getByRole('link', { name: /^Wishlist/ });
}

test('a heart saves a product, on every page, and lets go of it', async ({ page, admin }) => {
  const product = await admin.makeProduct();
  const search = `/products?q=${encodeURIComponent(product.title)}`;
  const heart = page.getByRole('button', { name: `Save ${product.title} to your wishlist` });

  await test.step('on a card', async () => {
    await page.goto(search);
    await alive(page);
    await expect(link(page)).toHaveAccessibleName('Wishlist');
    await heart.click();
    await expect(heart).toHaveAttribute('aria-pressed', 'true');
    await expect(link(page)).toHaveAccessibleName('Wishlist, 1 item');
    await expect(page).toHaveURL(/\/products\?q=/);
  });

  await test.step('it is marked on the product’s page', async () => {
    await page.goto(`/products/${product.slug}`);
    await alive(page);
    const wide = page.getByRole('button', { name: 'Save to your wishlist' });
    await expect(wide).toHaveAttribute('aria-pressed', 'true');
    await wide.click();
    await expect(wide).toHaveAttribute('aria-pressed', 'false');
    await expect(link(page)).toHaveAccessibleName('Wishlist');
    await wide.click();
    await expect(wide).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('from the list into the cart', async () => {
    await link(page).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Your wishlist' })).toBeVisible();
    await page.getByRole('button', { name: `Move to cart ${product.title}` }).click();
    await expect(page.getByRole('status')).toContainText('It’s in your cart now.');
    await expect(page.getByRole('heading', { name: 'Your wishlist is empty' })).toBeVisible();
    await expect(cartBadge(page)).toHaveAccessibleName('Cart, 1 item');
  });
});

test('a product that is no longer sold says so', async ({ page, admin }) => {
  const product = await admin.makeProduct();
  await page.goto(`/products/${product.slug}`);
  await alive(page);
  await page.getByRole('button', { name: 'Save to your wishlist' }).click();
  await expect(link(page)).toHaveAccessibleName('Wishlist, 1 item');
  await admin.setActive(product, false);
  await page.goto('/wishlist');
  const item = page.getByRole('article').filter({ hasText: product.title });
  await expect(item).toContainText('No longer available');
  await page.getByRole('button', { name: `Remove ${product.title}` }).click();
  await expect(page.getByRole('heading', { name: 'Your wishlist is empty' })).toBeVisible();
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('hearts are forms', async ({ page, admin }) => {
    const product = await admin.makeProduct();
    await page.goto(`/products/${product.slug}`);
    await page.getByRole('button', { name: 'Save to your wishlist' }).click();
    await expect(page).toHaveURL(/\/wishlist\?done=saved$/);
    await expect(page.getByRole('status')).toContainText('Saved to your wishlist.');
    await expect(page.getByRole('article').filter({ hasText: product.title })).toBeVisible();
    await page.getByRole('button', { name: `Remove ${product.title}` }).click();
    await expect(page.getByRole('heading', { name: 'Your wishlist is empty' })).toBeVisible();
  });
});
