import type { Page } from '@playwright/test';

import { cell, field, save } from '../support/product-editor';
import { expect, test } from '../support/test';

async function strayClick(page: Page): Promise<void> {
  // The guard is a module: it has run once the page has loaded.
  await page.waitForLoadState('load');
  const asked = page.waitForEvent('dialog');
  const going = page.getByRole('link', { name: 'Orders', exact: true }).click();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await going;
}

test('what is typed is previewed in another tab and stays in the editor', async ({ admin, adminPage }) => {
  const product = await admin.makeProduct();
  await adminPage.goto(`/admin/products/${product.id}`);
  await cell(adminPage, 'Price', 1).fill('31.00');
  const opened = adminPage.context().waitForEvent('page');
  await adminPage.getByRole('button', { name: 'Preview as a shopper' }).click();
  const preview = await opened;
  await expect(preview.getByText('It is not saved.')).toBeVisible();
  await expect(preview.locator('.product-info .price-now')).toContainText('€31.00');
  await preview.close();
  await expect(cell(adminPage, 'Price', 1)).toHaveValue('31.00');
  // The editor still asks before it is left.
  await strayClick(adminPage);
});

test('what came back unsaved, or was typed into a small form, is not lost by a stray click', async ({
  admin,
  adminPage,
}) => {
  await adminPage.goto('/admin/products/new');
  await adminPage.getByLabel('Title', { exact: true }).fill('Signal lamp');
  await field(adminPage, 'Option 1').fill('Size');
  await field(adminPage, 'Values 1').fill('S, M');
  await adminPage.getByRole('button', { name: 'Add a variant for each combination' }).click();
  await expect(adminPage.getByText('Not saved yet')).toBeVisible();
  await strayClick(adminPage);
  await expect(adminPage.getByLabel('Title', { exact: true })).toHaveValue('Signal lamp');

  const product = await admin.makeProduct();
  const other = await adminPage.context().newPage();
  await other.goto(`/admin/stock?q=${encodeURIComponent(product.title)}`);
  await other.getByRole('link', { name: product.title }).click();
  await other.locator('#adjust-reason').fill('Delivered');
  await strayClick(other);
  await other.locator('#adjust-reason').fill('');
  // Nothing is typed any more, so nothing is asked.
  await other.getByRole('link', { name: 'Orders', exact: true }).click();
  await expect(other).toHaveURL(/\/admin\/orders/);
});

test('a stray click does not lose what was typed', async ({ admin, adminPage }) => {
  const product = await admin.makeProduct();
  await adminPage.goto(`/admin/products/${product.id}`);
  await field(adminPage, 'Vendor').fill('Pier & Larch');
  await strayClick(adminPage);
  await expect(field(adminPage, 'Vendor')).toHaveValue('Pier & Larch');
  await save(adminPage);
});
