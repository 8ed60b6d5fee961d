import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import type { MadeProduct } from '../support/admin';
import { order } from '../support/buyer';
import { cards, putInCart } from '../support/shop';
import { expect, test } from '../support/test';

/** What the README and the guides show, as it is in a demo shop. It changes the shop: take a fresh one. */
async function shot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.loading === 'lazy'));
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  await writeFile(join(test.info().config.rootDir, `${name}.webp`), Buffer.from(data, 'base64'));
}

/** A product's page in the admin area. */
async function edit(adminPage: Page, product: MadeProduct): Promise<void> {
  await adminPage.goto(`/admin/products/${product.id}`);
  await expect(adminPage.getByRole('button', { name: 'Save product' })).toBeVisible();
}

async function setPrice(adminPage: Page, product: MadeProduct, price: string): Promise<void> {
  await edit(adminPage, product);
  await adminPage.getByLabel('Price of variant 1', { exact: true }).fill(price);
  await adminPage.getByRole('button', { name: 'Save product' }).click();
  await expect(adminPage.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
}

/** Units of a product's first variant. */
async function stockOf(adminPage: Page, product: MadeProduct): Promise<number> {
  await edit(adminPage, product);
  return Number(await adminPage.getByLabel('Stock of variant 1', { exact: true }).inputValue());
}

/** What the demo shop takes for it, in cents. */
const express = 12_90;

const sold: [string, number][] = [
  ['kitchen-radio', 1],
  ['enamel-mug', 4],
  ['willow-basket', 1],
  ['stoneware-bowl', 2],
  ['tidemark-notebook', 3],
  ['storm-lantern', 1],
  ['soap-bar', 2],
  ['turned-yo-yo', 2],
];

test.use({ viewport: { width: 1280, height: 860 } });

test('the shop', async ({ page, admin, adminPage }) => {
  await page.goto('/');
  await shot(page, 'home');
  await page.goto('/products/kitchen-radio');
  await shot(page, 'product');

  const dearer = await admin.shownProduct('storm-lantern');
  const fewer = await admin.shownProduct('pocket-compass');
  const gone = await admin.shownProduct('ridge-torch');
  await putInCart(page, gone);
  await putInCart(page, fewer, 3);
  await putInCart(page, dearer);
  await admin.setActive(gone, false);
  await admin.bookStock(fewer, 2 - (await stockOf(adminPage, fewer)));
  await setPrice(adminPage, dearer, '64.00');
  await page.goto('/cart');
  await expect(page.getByRole('alert')).toBeVisible();
  await shot(page, 'cart-problems');
  await admin.setActive(gone, true);
});

test('the admin area', async ({ admin, adminPage, playwright }) => {
  for (const [slug, quantity] of sold) {
    const product = await admin.shownProduct(slug);
    const total = product.variants[0]!.price_minor * quantity + express;
    await order(playwright, product, quantity, `shopper-${slug}@example.com`, {
      payment: 'test_card',
      card_number: cards.approved,
      shipping: 'express',
      expected_total_minor: String(total),
    });
  }
  await adminPage.goto('/admin');
  await shot(adminPage, 'owner-dashboard');
  await adminPage.goto('/admin/products');
  await shot(adminPage, 'admin-products');
  await edit(adminPage, await admin.shownProduct('kitchen-radio'));
  await shot(adminPage, 'owner-editor');

  await adminPage.goto('/admin/products?q=stoneware');
  await adminPage.getByLabel('Select all on this page').check();
  await adminPage.getByLabel('Action', { exact: true }).selectOption('Change prices by a percentage');
  await adminPage.getByLabel('Amount, percentage or tag').fill('-10');
  await adminPage.getByRole('button', { name: 'Preview changes' }).click();
  await expect(adminPage.getByRole('button', { name: 'Apply' })).toBeVisible();
  await shot(adminPage, 'owner-bulk');

  await adminPage.goto('/admin/orders');
  const row = adminPage.getByRole('row').filter({ hasText: 'shopper-enamel-mug@example.com' });
  await row.getByRole('link', { name: /^HF-/ }).click();
  await adminPage.getByRole('button', { name: 'Mark as packed' }).click();
  await adminPage.getByLabel('Carrier').fill('UPS');
  await adminPage.getByLabel('Tracking number').fill('1Z999AA10123456784');
  await adminPage.getByRole('button', { name: 'Mark as shipped' }).click();
  await expect(adminPage.getByRole('button', { name: 'Mark as delivered' })).toBeVisible();
  await shot(adminPage, 'owner-order');
  await adminPage.getByRole('link', { name: 'Refund…' }).click();
  await adminPage.getByLabel('Enamel Mug').fill('1');
  await adminPage.getByRole('radio', { name: /put them back on sale/ }).check();
  await adminPage.getByRole('textbox', { name: 'Reason' }).fill('Chipped at the rim');
  await adminPage.getByRole('button', { name: 'Calculate refund' }).click();
  await expect(adminPage.getByRole('button', { name: /^Refund €/ })).toBeVisible();
  await shot(adminPage, 'owner-refund');
  await adminPage.goto('/admin/audit');
  await expect(adminPage.getByRole('table', { name: 'Changes, newest first' })).toBeVisible();
  await shot(adminPage, 'owner-audit');
});
