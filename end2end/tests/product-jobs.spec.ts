import { cell, field, openProducts, save, slugOf } from '../support/product-editor';
import { expect, test } from '../support/test';
import { unique } from '../support/unique';

test('many products are changed after a look and taken back', async ({ admin, adminPage }) => {
  const name = unique('Fender');
  const made = [await admin.makeProduct(), await admin.makeProduct()];
  for (const product of made) {
    await adminPage.goto(`/admin/products/${product.id}`);
    await field(adminPage, 'Vendor').fill(name);
    await save(adminPage);
  }
  const list = `/admin/products?vendor=${encodeURIComponent(name)}`;
  await adminPage.goto(list);
  const boxes = adminPage.getByRole('checkbox', { name: /^Select Test Buoy/ });
  await expect(boxes).toHaveCount(2);
  await boxes.nth(0).click();
  await boxes.nth(1).click({ modifiers: ['Shift'] });
  await expect(adminPage.getByLabel('Select all on this page')).toBeChecked();
  await adminPage.getByLabel('Action', { exact: true }).selectOption('Deactivate');
  await adminPage.getByRole('button', { name: 'Preview changes' }).click();
  await expect(adminPage.getByText('2 products would change.')).toBeVisible();
  await adminPage.getByRole('button', { name: 'Apply' }).click();
  await expect(adminPage.getByRole('heading', { name: 'Done' })).toBeVisible();
  const job = adminPage.url();
  await adminPage.goto(list);
  await expect(adminPage.getByText('Inactive', { exact: true })).toHaveCount(3);
  await adminPage.goto(job);
  await adminPage.getByRole('button', { name: 'Undo' }).click();
  await expect(adminPage.getByRole('heading', { level: 1, name: /^Undo/ })).toBeVisible();
  await expect(adminPage.getByRole('heading', { name: 'Done' })).toBeVisible();
  await adminPage.goto(list);
  await expect(adminPage.getByText('Active', { exact: true })).toHaveCount(3);
});

test('a file is imported after a dry run', async ({ page, adminPage }) => {
  const title = unique('Cleat');
  const rows = [
    'Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty',
    `${slugOf(title)},${title},${slugOf(title)},7.50,3`,
    `${slugOf(title)}-2,${title} two,,cheap,1`,
  ];
  await adminPage.goto('/admin/import');
  await adminPage.getByLabel('CSV file').setInputFiles({
    name: 'cleats.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\n')),
  });
  await adminPage.getByRole('button', { name: 'Preview changes' }).click();
  await expect(adminPage.getByRole('row').filter({ hasText: 'Bad row' })).toContainText('cheap');
  const added = adminPage.getByRole('cell', { name: 'New', exact: true });
  await expect(adminPage.getByRole('row').filter({ has: added })).toContainText(title);
  const missing = await page.goto(`/products/${slugOf(title)}`);
  expect(missing?.status()).toBe(404);
  await adminPage.getByRole('button', { name: 'Import and skip products with bad rows' }).click();
  await expect(adminPage.getByRole('heading', { name: 'Done' })).toBeVisible();
  const there = await page.goto(`/products/${slugOf(title)}`);
  expect(there?.status()).toBe(200);
});

test('what would be sold out is told and given units', async ({ page, adminPage }) => {
  const title = unique('Stool');
  const rows = [
    'Handle,Title,Variant Price,Variant Inventory Tracker,Variant Inventory Qty',
    `${slugOf(title)},${title},79.00,,7`,
  ];
  await adminPage.goto('/admin/import');
  await adminPage.getByLabel('CSV file').setInputFiles({
    name: 'stools.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\n')),
  });
  await adminPage.getByRole('button', { name: 'Preview changes' }).click();
  await expect(adminPage.getByText('doesn’t track the stock of 1 new variant')).toBeVisible();
  await adminPage.getByLabel(/^Use the file’s quantities/).check();
  await adminPage.getByRole('button', { name: 'Show with these choices' }).click();
  await expect(adminPage.getByRole('button', { name: 'Import', exact: true })).toBeVisible();
  await expect(adminPage.getByText('doesn’t track the stock')).toHaveCount(0);
  await adminPage.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(adminPage.getByRole('heading', { name: 'Done' })).toBeVisible();
  await page.goto(`/products/${slugOf(title)}`);
  await expect(page.getByText('In stock').first()).toBeVisible();
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test.beforeEach(({ page }) => openProducts(page));

  test('many products are changed and a description is looked at', async ({ page, admin }) => {
    const product = await admin.makeProduct();
    await page.goto(`/admin/products?q=${encodeURIComponent(product.title)}`);
    await page.getByRole('checkbox', { name: `Select ${product.title}` }).check();
    await page.getByLabel('Action', { exact: true }).selectOption('Change prices by a percentage');
    await page.getByLabel('Amount, percentage or tag').fill('-50');
    await page.getByRole('button', { name: 'Preview changes' }).click();
    await expect(page.getByRole('row').filter({ hasText: product.title })).toContainText('€10.00');
    await page.getByRole('button', { name: 'Apply' }).click();
    // The page loads itself again until it is done.
    await expect(page.getByRole('heading', { name: 'Done' })).toBeVisible();

    await page.goto(`/admin/products/${product.id}`);
    await expect(cell(page, 'Price', 1)).toHaveValue('10.00');
    await expect(page.getByRole('toolbar')).toHaveCount(0);
    await field(page, 'Description').fill('<p>Typed <em>now</em></p>');
    await page.getByText('Preview', { exact: true }).click();
    await page.getByRole('button', { name: 'Update preview' }).click();
    await expect(page.locator('.preview-body em')).toHaveText('now');
    await expect(field(page, 'Description')).toHaveValue(/Typed/);
  });
});
