import type { Page } from '@playwright/test';

import { credentials } from '../support/environment';
import { cutOut, png } from '../support/png';
import { proceed, putInCart } from '../support/shop';
import { expect, test } from '../support/test';
import { unique } from '../support/unique';

function field(page: Page, label: string) {
  return page.getByLabel(`${label} (optional)`, { exact: true });
}

function cell(page: Page, column: string, row: number) {
  return page.getByLabel(`${column} of variant ${row}`, { exact: true });
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save product' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
}

const slugOf = (title: string) => title.toLowerCase().replaceAll(' ', '-');

const pictures = [
  { name: 'red.png', mimeType: 'image/png', buffer: png(700, [200, 40, 40]) },
  { name: 'green.png', mimeType: 'image/png', buffer: png(400, [40, 160, 40]) },
  { name: 'blue.png', mimeType: 'image/png', buffer: png(64, [40, 40, 200]) },
];

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

test('a picture that was just uploaded is chosen for a variant before the first save', async ({
  adminPage,
}) => {
  await adminPage.goto('/admin/products/new');
  await adminPage.getByLabel('Title', { exact: true }).fill(unique('Pennant'));
  await cell(adminPage, 'Price', 1).fill('5.00');
  const choice = cell(adminPage, 'Picture', 1);
  await expect(choice).toBeHidden();
  const lamp = { name: 'lamp.png', mimeType: 'image/png', buffer: cutOut(400, 400, [40, 40, 200]) };
  await adminPage.getByLabel('Choose pictures').setInputFiles([pictures[0]!, lamp]);
  const shown = adminPage.locator('[data-picture] img');
  await expect(shown).toHaveCount(2);
  // What has nothing around it stands on its frame at once, as it will after the page is loaded again.
  await expect(shown.nth(0)).not.toHaveClass('cut-out');
  await expect(shown.nth(1)).toHaveClass('cut-out');
  await choice.selectOption('Picture 2');
  const chosen = await choice.inputValue();
  await adminPage.getByRole('button', { name: 'Create product' }).click();
  await expect(adminPage.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(choice).toHaveValue(chosen);
  await expect(adminPage.locator('[data-picture] img').nth(1)).toHaveClass('cut-out');
});

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

test('a product that is taken off sale says in how many carts it lies and stops the shopper', async ({
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

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test.beforeEach(async ({ page }) => {
    await page.goto('/admin/sign-in?next=/admin/products');
    await page.getByLabel('E-mail').fill(credentials.email);
    await page.getByLabel('Password').fill(credentials.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible();
  });

  test('pictures are uploaded and put in order', async ({ page, admin }) => {
    const product = await admin.makeProduct();
    await page.goto(`/admin/products/${product.id}`);
    await page.getByLabel('Choose pictures').setInputFiles(pictures);
    await page.getByRole('button', { name: 'Upload' }).click();
    await expect(page.locator('[data-picture]')).toHaveCount(3);
    await page.getByLabel('Alt text 3', { exact: true }).fill('Last of them');
    await page.getByRole('button', { name: 'Move picture 3 forward' }).click();
    await expect(page.getByLabel('Alt text 2', { exact: true })).toHaveValue('Last of them');
    await save(page);
    await expect(page.getByLabel('Alt text 2', { exact: true })).toHaveValue('Last of them');
  });

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

test('a new product has its pictures before it is saved', async ({ adminPage }) => {
  const title = unique('Pennant');
  await adminPage.goto('/admin/products/new');
  await adminPage.getByLabel('Title', { exact: true }).fill(title);
  await adminPage.getByLabel('Choose pictures').setInputFiles(pictures);
  await expect(adminPage.locator('[data-picture]')).toHaveCount(3);
  await expect(adminPage.getByLabel('Title', { exact: true })).toHaveValue(title);
  await adminPage.getByLabel('Alt text 1', { exact: true }).fill('Red pennant');
  // Refused: the pictures are still there, and one is chosen for the variant.
  await adminPage.getByRole('button', { name: 'Create product' }).click();
  await expect(adminPage.getByRole('alert')).toBeVisible();
  await expect(adminPage.locator('[data-picture]')).toHaveCount(3);
  await expect(adminPage.getByLabel('Alt text 1', { exact: true })).toHaveValue('Red pennant');
  await cell(adminPage, 'Price', 1).fill('3.00');
  await cell(adminPage, 'Picture', 1).selectOption({ index: 2 });
  await adminPage.getByRole('button', { name: 'Create product' }).click();
  await expect(adminPage.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(adminPage.locator('[data-picture]')).toHaveCount(3);
  await expect(adminPage.getByLabel('Alt text 1', { exact: true })).toHaveValue('Red pennant');
});
