import { cell, field, pictures, save, slugOf } from '../support/product-editor';
import { proceed, putInCart } from '../support/shop';
import { expect, test } from '../support/test';
import { unique } from '../support/unique';

test('a product with variants from combinations and three pictures is made and shown', async ({
  page,
  adminPage,
}) => {
  const title = unique('Signal Flag');
  await adminPage.goto('/admin/products/new');
  await adminPage.getByLabel('Title', { exact: true }).fill(title);
  await expect(adminPage.locator('.seo-title')).toContainText(title.slice(0, 20));
  await field(adminPage, 'Option 1').fill('Size');
  await field(adminPage, 'Values 1').fill('S, M');
  await field(adminPage, 'Option 2').fill('Colour');
  await field(adminPage, 'Values 2').fill('Red, Blue');
  await adminPage.getByRole('radio', { name: /^Active/ }).check();
  await cell(adminPage, 'Price', 1).fill('12.50');
  await cell(adminPage, 'Stock', 1).fill('4');
  await adminPage.getByRole('button', { name: 'Add a variant for each combination' }).click();
  await expect(cell(adminPage, 'Colour', 4)).toHaveValue('Blue');
  await expect(cell(adminPage, 'Price', 4)).toHaveValue('12.50');
  await expect(adminPage.getByLabel('Title', { exact: true })).toHaveValue(title);
  await adminPage.getByRole('button', { name: 'Create product' }).click();
  await expect(adminPage.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();

  // Uploading leaves alone what is typed and not saved.
  await field(adminPage, 'Vendor').fill('Pier & Larch');
  await adminPage.getByLabel('Choose pictures').setInputFiles(pictures);
  const shown = adminPage.locator('[data-picture]');
  await expect(shown).toHaveCount(3);
  await expect(field(adminPage, 'Vendor')).toHaveValue('Pier & Larch');
  for (const [at, alt] of ['Red flag', 'Green flag', 'Blue flag'].entries()) {
    await adminPage.getByLabel(`Alt text ${at + 1}`, { exact: true }).fill(alt);
  }
  // By keyboard: the last becomes the second, then the first is dragged to the end.
  await adminPage.getByRole('button', { name: 'Move picture 3 forward' }).focus();
  await adminPage.keyboard.press('Enter');
  await expect(adminPage.getByLabel('Alt text 2', { exact: true })).toHaveValue('Blue flag');
  await shown.nth(0).locator('.pic').dragTo(shown.nth(2).locator('.pic'));
  await expect(adminPage.getByLabel('Alt text 3', { exact: true })).toHaveValue('Red flag');
  await save(adminPage);
  await expect(adminPage.getByLabel('Alt text 1', { exact: true })).toHaveValue('Blue flag');

  await page.goto(`/products/${slugOf(title)}`);
  const gallery = page.getByRole('region', { name: 'Pictures' });
  const images = gallery.locator('.gallery-slide img');
  await expect(images).toHaveCount(3);
  await expect(images.nth(0)).toHaveAttribute('alt', 'Blue flag');
  await expect(images.nth(2)).toHaveAttribute('srcset', /w320\.webp 320w.*w640.*w700\.webp 700w/);
  await expect(page.getByRole('radio', { name: /^Blue/ })).toBeVisible();
});

test('what one admin saved meanwhile is shown to the other and not overwritten', async ({
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct();
  await adminPage.goto(`/admin/products/${product.id}`);
  const other = await adminPage.context().newPage();
  await other.goto(`/admin/products/${product.id}`);
  await field(other, 'Vendor').fill('Fernhollow');
  await cell(other, 'Price', 1).fill('25.00');
  await save(other);

  await cell(adminPage, 'Price', 1).fill('27.00');
  await field(adminPage, 'Tags').fill('mine');
  await adminPage.getByRole('button', { name: 'Save product' }).click();
  await expect(adminPage.getByRole('alert')).toContainText('changed this product');
  const table = adminPage.getByRole('region', { name: 'What changed' });
  const price = table.getByRole('row').filter({ hasText: 'Price of' });
  for (const text of ['20.00', '25.00', 'Yours: 27.00']) await expect(price).toContainText(text);
  const vendor = table.getByRole('row').filter({ hasText: 'Vendor' });
  await expect(vendor).toContainText('Theirs, applied');
  await expect(field(adminPage, 'Vendor')).toHaveValue('Fernhollow');
  await expect(cell(adminPage, 'Price', 1)).toHaveValue('27.00');
  await expect(field(adminPage, 'Tags')).toHaveValue('mine');
  await save(adminPage);
  await expect(field(adminPage, 'Vendor')).toHaveValue('Fernhollow');
  await expect(cell(adminPage, 'Price', 1)).toHaveValue('27.00');
});

test('a product that is taken off sale says in how many carts it is and stops the shopper', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct();
  await putInCart(page, product);
  await adminPage.goto(`/admin/products?q=${encodeURIComponent(product.title)}`);
  await adminPage.getByLabel(`Actions for ${product.title}`).click();
  await adminPage.getByRole('button', { name: `Deactivate ${product.title}` }).click();
  await expect(adminPage.getByRole('status')).toContainText('in 1 cart');
  await proceed(page);
  await expect(page.getByRole('alert')).toContainText(product.title);
  await expect(page).toHaveURL(/\/cart/);
  await adminPage
    .getByRole('status')
    .getByRole('button', { name: `Activate ${product.title}` })
    .click();
  await expect(adminPage.getByRole('status')).toContainText('is now active');
  await page.goto('/cart');
  await proceed(page);
  await expect(page).toHaveURL(/\/checkout/);
});

test('barcode, cost and stock rules are kept with a variant and the margin is shown', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct();
  await adminPage.goto(`/admin/products/${product.id}`);
  await cell(adminPage, 'Barcode (GTIN)', 1).fill('4006381333932');
  const margin = adminPage.locator('[data-margin="0"]');
  await expect(margin).toHaveText('–');
  await cell(adminPage, 'Cost', 1).fill('5.00');
  await expect(margin).toContainText('%');
  const typed = await margin.textContent();
  await cell(adminPage, 'Price', 1).fill('40');
  await expect(margin).not.toHaveText(typed ?? '');
  // What nobody can read has none.
  await cell(adminPage, 'Price', 1).fill('20,0x');
  await expect(margin).toHaveText('–');
  await adminPage.getByLabel(/^Price of all/).fill('20.00');
  await adminPage.getByRole('button', { name: 'Fill in' }).click();
  await expect(margin).toHaveText(typed ?? '');
  await cell(adminPage, 'Stock tracking', 1).selectOption('Not tracked');
  await adminPage.getByRole('button', { name: 'Save product' }).click();
  await expect(cell(adminPage, 'Barcode (GTIN)', 1)).toHaveAttribute('aria-invalid', 'true');
  await expect(cell(adminPage, 'Cost', 1)).toHaveValue('5.00');
  await cell(adminPage, 'Barcode (GTIN)', 1).fill('400-6381-333931');
  await save(adminPage);
  await expect(cell(adminPage, 'Barcode (GTIN)', 1)).toHaveValue('4006381333931');
  await expect(cell(adminPage, 'Stock tracking', 1)).toHaveValue('0');
  const rules = adminPage.getByRole('region', { name: 'Codes, cost and stock rules' });
  // The server reckons as the page did.
  await expect(rules.getByRole('row').nth(1)).toContainText(typed ?? '');
  await page.goto(`/products/${product.slug}`);
  expect(await page.content()).toContain('"gtin":"4006381333931"');
});

test('one price and one stock are set for all variants', async ({ admin, adminPage }) => {
  const product = await admin.makeProduct(
    [
      { options: ['S'], price: '20.00', stock: 3 },
      { options: ['M'], price: '25.00', stock: 8 },
    ],
    ['Size'],
  );
  await adminPage.goto(`/admin/products/${product.id}`);
  const rows = async (column: string) => {
    const values = [1, 2].map((row) => cell(adminPage, column, row).inputValue());
    return Promise.all(values);
  };
  const fill = adminPage.getByRole('button', { name: 'Fill in' });
  // What is left empty stays as it is.
  await adminPage.getByLabel(/^Price of all/).fill('31.00');
  await fill.click();
  expect([await rows('Price'), await rows('Stock')]).toEqual([['31.00', '31.00'], ['3', '8']]);
  await adminPage.getByLabel(/^Price of all/).fill('');
  await adminPage.getByLabel('Stock of all', { exact: true }).fill('40');
  await fill.click();
  expect([await rows('Price'), await rows('Stock')]).toEqual([['31.00', '31.00'], ['40', '40']]);
  await save(adminPage);
  await adminPage.reload();
  expect([await rows('Price'), await rows('Stock')]).toEqual([['31.00', '31.00'], ['40', '40']]);
  const shown = await admin.shownProduct(product.slug);
  expect(shown.variants.map((variant) => variant.price_minor)).toEqual([3100, 3100]);
});

test('one price is set for all variants, a product is duplicated and its draft previewed', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct();
  await adminPage.goto(`/admin/products/${product.id}`);
  await adminPage.getByLabel(/^Price of all/).fill('31.00');
  await adminPage.getByRole('button', { name: 'Fill in' }).click();
  await expect(cell(adminPage, 'Price', 1)).toHaveValue('31.00');
  await expect(cell(adminPage, 'Price', 2)).toHaveValue('');
  await save(adminPage);

  await adminPage.getByRole('button', { name: 'Duplicate', exact: true }).click();
  await expect(adminPage.getByRole('status').filter({ hasText: 'This is the copy.' })).toBeVisible();
  await expect(adminPage.getByLabel('Title', { exact: true })).toHaveValue(`Copy of ${product.title}`);
  await expect(cell(adminPage, 'Price', 1)).toHaveValue('31.00');
  await expect(cell(adminPage, 'Stock', 1)).toHaveValue('0');
  await adminPage.getByRole('link', { name: 'Preview as a shopper' }).click();
  await expect(adminPage.getByRole('heading', { level: 1 })).toHaveText(`Copy of ${product.title}`);
  await expect(adminPage.getByText('Only the shop’s staff see this page.')).toBeVisible();
  await page.goto(new URL(adminPage.url()).pathname);
  await expect(page.getByText('Only the shop’s staff see this page.')).toHaveCount(0);
});
