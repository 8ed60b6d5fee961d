import type { Page } from '@playwright/test';

import { order } from '../support/buyer';
import { credentials } from '../support/environment';
import { png } from '../support/png';
import { expectStock, fact } from '../support/shop';
import { expect, test } from '../support/test';
import { unique, uniqueEmail } from '../support/unique';

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A cell of the table of variants. */
function cell(page: Page, column: string, row: number) {
  return page.getByLabel(`${column} of variant ${row}`, { exact: true });
}

/** A field that may be left empty. */
function field(page: Page, label: string) {
  return page.getByLabel(`${label} (optional)`, { exact: true });
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save product' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
}

test('staff sign in with the right password and out again', async ({ page }) => {
  await page.goto('/admin/sign-in?next=/admin/orders');
  await signIn(page, credentials.email, 'not the password');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue(credentials.email);
  await expect(page.getByLabel('Password')).toHaveValue('');

  await signIn(page, credentials.email, credentials.password);
  await expect(page).toHaveURL(/\/admin\/orders$/);
  await expect(page.getByText(credentials.email)).toBeVisible();
  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/admin\/sign-in$/);
  const response = await page.goto('/admin/products');
  expect(response?.status()).toBe(404);
});

test('the admin area does not exist for anybody else', async ({ page, admin }) => {
  const product = await admin.makeProduct();
  const paths = ['/admin', '/admin/settings', '/admin/products', '/admin/orders'];
  for (const path of [...paths, `/admin/products/${product.id}`]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
  }
});

test('a product with variants is made in the form, and typing survives a mistake', async ({
  page,
  adminPage,
}) => {
  const title = unique('Bell Buoy');
  await adminPage.goto('/admin/products');
  await adminPage.getByRole('link', { name: 'New product' }).click();
  await adminPage.getByRole('button', { name: 'Edit as HTML' }).click();
  await field(adminPage, 'Description').fill('<p>It rings.</p>');
  await field(adminPage, 'Option 1').fill('Size');
  await field(adminPage, 'Option 2').fill('Colour');
  await adminPage.getByRole('radio', { name: /^Active/ }).check();
  await cell(adminPage, 'SKU', 1).fill(`${title} S`);
  await cell(adminPage, 'Option 1', 1).fill('S');
  await cell(adminPage, 'Price', 1).fill('12x');
  await cell(adminPage, 'Stock', 1).fill('3');
  await cell(adminPage, 'Option 1', 2).fill('M');
  await cell(adminPage, 'Price', 2).fill('14.50');
  await cell(adminPage, 'Stock', 2).fill('0');
  await adminPage.getByRole('button', { name: 'Create product' }).click();

  await expect(adminPage.getByRole('alert')).toBeVisible();
  await expect(adminPage.getByLabel('Title', { exact: true })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await expect(cell(adminPage, 'Price', 1)).toHaveAttribute('aria-invalid', 'true');
  await expect(cell(adminPage, 'Price', 1)).toHaveValue('12x');
  await expect(cell(adminPage, 'Price', 2)).toHaveValue('14.50');
  await expect(cell(adminPage, 'SKU', 1)).toHaveValue(`${title} S`);
  await expect(field(adminPage, 'Option 2')).toHaveValue('Colour');
  await expect(adminPage.getByRole('radio', { name: /^Active/ })).toBeChecked();

  // A second mistake is no worse than the first.
  await adminPage.getByLabel('Title', { exact: true }).fill(title);
  await adminPage.getByRole('button', { name: 'Create product' }).click();
  await expect(cell(adminPage, 'Price', 1)).toHaveAttribute('aria-invalid', 'true');
  await expect(adminPage.getByLabel('Title', { exact: true })).toHaveValue(title);
  await expect(cell(adminPage, 'Price', 2)).toHaveValue('14.50');

  await cell(adminPage, 'Price', 1).fill('12.00');
  // Now that the option has a name, its column has one too.
  await cell(adminPage, 'Colour', 1).fill('Red');
  await cell(adminPage, 'Colour', 2).fill('Red');
  await adminPage.getByRole('button', { name: 'Create product' }).click();
  await expect(adminPage.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();

  await page.goto(`/products/${title.toLowerCase().replaceAll(' ', '-')}`);
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.getByText('It rings.')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'S', exact: true })).toBeChecked();
  await expect(page.locator('.product-info .price-now')).toContainText('€12.00');
});

test('pictures are uploaded, described and deleted', async ({ page, admin, adminPage, watch }) => {
  const product = await admin.makeProduct();
  await adminPage.goto(`/admin/products/${product.id}`);
  const pictures = adminPage.getByRole('region', { name: 'Pictures' }).getByRole('img');
  await expect(pictures).toHaveCount(0);

  const files = [
    { name: 'red.png', mimeType: 'image/png', buffer: png(64, [200, 40, 40]) },
    { name: 'blue.png', mimeType: 'image/png', buffer: png(64, [40, 40, 200]) },
  ];
  await adminPage.getByLabel('Choose pictures').setInputFiles(files);
  await expect(pictures).toHaveCount(2);
  const loaded = await pictures.evaluateAll((images) =>
    Promise.all(
      images.map(async (image) => {
        (image as HTMLImageElement).loading = 'eager';
        await (image as HTMLImageElement).decode();
        return (image as HTMLImageElement).naturalWidth;
      }),
    ),
  );
  expect(Math.min(...loaded)).toBeGreaterThan(0);

  await adminPage.getByLabel('Alt text 1').fill('A red buoy');
  await save(adminPage);
  await page.goto(`/products/${product.slug}`);
  await expect(
    page.getByRole('region', { name: 'Pictures' }).getByRole('img', { name: 'A red buoy' }),
  ).toBeVisible();

  await adminPage.getByRole('button', { name: 'Delete picture 2' }).click();
  await expect(pictures).toHaveCount(1);

  const text = {
    name: 'notes.png',
    mimeType: 'image/png',
    buffer: Buffer.from('no picture at all'),
  };
  watch.expectRefusal(422);
  await adminPage.getByLabel('Choose pictures').setInputFiles(text);
  await expect(adminPage.getByRole('alert')).toBeVisible();
  await adminPage.goto(`/admin/products/${product.id}`);
  await expect(pictures).toHaveCount(1);
});

test('of the menus in the rows one is open, until Escape or a click beside', async ({
  admin,
  adminPage,
}) => {
  const [first, second] = [await admin.makeProduct(), await admin.makeProduct()];
  await adminPage.goto('/admin/products');
  const menu = (title: string) =>
    adminPage.locator('details.row-menu').filter({ has: adminPage.getByLabel(`Actions for ${title}`) });
  const [one, other] = [menu(first.title), menu(second.title)];
  const alive = adminPage.getByRole('button', { name: /^Go to…/ });
  await alive.waitFor();
  await one.locator('summary').click();
  await expect(one).toHaveAttribute('open');
  await other.locator('summary').click();
  await expect(other).toHaveAttribute('open');
  await expect(one).not.toHaveAttribute('open');
  await other.getByRole('link', { name: 'Edit' }).focus();
  await adminPage.keyboard.press('Escape');
  await expect(other).not.toHaveAttribute('open');
  await expect(other.locator('summary')).toBeFocused();
  await one.locator('summary').click();
  await adminPage.getByRole('heading', { level: 1 }).click();
  await expect(one).not.toHaveAttribute('open');
});

test('one click in the table takes a product off sale and on again', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct();
  const list = `/admin/products?q=${encodeURIComponent(product.title)}`;
  await adminPage.goto(list);
  const row = adminPage.getByRole('row').filter({ hasText: product.title });
  await row.getByLabel(`Actions for ${product.title}`).click();
  await row.getByRole('button', { name: `Deactivate ${product.title}` }).click();
  await expect(adminPage).toHaveURL(new RegExp(product.title.split(' ').at(-1)!));
  await expect(row.getByText('Inactive')).toBeVisible();
  const gone = await page.goto(`/products/${product.slug}`);
  expect(gone?.status()).toBe(404);

  await row.getByLabel(`Actions for ${product.title}`).click();
  await row.getByRole('button', { name: `Activate ${product.title}` }).click();
  await expect(row.getByText('Active', { exact: true })).toBeVisible();
  const back = await page.goto(`/products/${product.slug}`);
  expect(back?.status()).toBe(200);
});

test('an edit is in the shop at once', async ({ page, admin, adminPage }) => {
  const product = await admin.makeProduct([{ stock: 5, price: '20.00' }]);
  await page.goto(`/products/${product.slug}`);
  await expect(page.locator('.product-info .price-now')).toContainText('€20.00');

  const title = unique('Renamed Buoy');
  await adminPage.goto(`/admin/products/${product.id}`);
  await adminPage.getByLabel('Title', { exact: true }).fill(title);
  await adminPage.getByLabel('Tags').fill('');
  await cell(adminPage, 'Price', 1).fill('18.00');
  await cell(adminPage, 'Compare-at price', 1).fill('20.00');
  await cell(adminPage, 'Stock', 1).fill('0');
  await save(adminPage);
  await expect(cell(adminPage, 'Stock', 1)).toHaveValue('0');

  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.locator('.product-info .price-now')).toHaveText(/€18\.00/);
  await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
});

test('stock typed while units are sold is booked as a difference', async ({
  playwright,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct([{ stock: 10 }]);
  await adminPage.goto(`/admin/products/${product.id}`);
  await order(playwright, product, 2, uniqueEmail());
  await cell(adminPage, 'Stock', 1).fill('15');
  await save(adminPage);
  await expect(cell(adminPage, 'Stock', 1)).toHaveValue('13');
});

test('an edit that is refused twice keeps what was typed', async ({ admin, adminPage }) => {
  const product = await admin.makeProduct();
  await adminPage.goto(`/admin/products/${product.id}`);
  await field(adminPage, 'Vendor').fill('Pier & Larch');
  for (const price of ['cheap', 'dear']) {
    await cell(adminPage, 'Price', 1).fill(price);
    await adminPage.getByRole('button', { name: 'Save product' }).click();
    await expect(cell(adminPage, 'Price', 1)).toHaveAttribute('aria-invalid', 'true');
    await expect(cell(adminPage, 'Price', 1)).toHaveValue(price);
    await expect(field(adminPage, 'Vendor')).toHaveValue('Pier & Larch');
  }
  await cell(adminPage, 'Price', 1).fill('21.00');
  await save(adminPage);
});

test('of two edits at once the second is told of the first', async ({ admin, adminPage }) => {
  const product = await admin.makeProduct();
  await adminPage.goto(`/admin/products/${product.id}`);
  await admin.setPrice(product, '22.00', 10);
  await adminPage.getByLabel('Vendor').fill('Pier & Larch');
  await adminPage.getByRole('button', { name: 'Save product' }).click();
  await expect(adminPage.getByRole('alert')).toContainText('Your entries are still below');
  await expect(adminPage.getByLabel('Vendor')).toHaveValue('Pier & Larch');
  await save(adminPage);
  await expect(adminPage.getByLabel('Vendor')).toHaveValue('Pier & Larch');
});

test('orders are found, and cancelling one gives its units back once', async ({
  page,
  playwright,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct([{ stock: 6, price: '20.00' }]);
  const email = uniqueEmail();
  const placed = await order(playwright, product, 4, email);
  await expectStock(adminPage, product, 2);

  await adminPage.goto('/admin/orders');
  await adminPage.getByLabel('Search orders').fill(placed.order_number);
  await adminPage.getByRole('button', { name: 'Search' }).click();
  const row = adminPage.getByRole('row').filter({ hasText: placed.order_number });
  await expect(row).toContainText(email);
  await expect(row).toContainText('Confirmed');
  await row.getByRole('link', { name: placed.order_number }).click();
  await expect(adminPage.getByRole('heading', { level: 1 })).toContainText(placed.order_number);
  await expect(adminPage.getByRole('row').filter({ hasText: product.title })).toContainText(
    '€80.00',
  );
  await expect(fact(adminPage, 'Total')).toHaveText('€80.00');

  // A second window that still shows the button does not give the units back twice.
  const stale = await adminPage.context().newPage();
  await stale.goto(adminPage.url());
  for (const window of [adminPage, stale]) {
    await window.getByText('Cancel order…').click();
    await window.getByRole('button', { name: 'Cancel this order' }).click();
    await expect(window.getByText('Cancelled').first()).toBeVisible();
  }
  await expectStock(adminPage, product, 6);

  await page.goto(`/orders/${placed.token}`);
  await expect(page.getByRole('heading', { name: 'This order was cancelled' })).toBeVisible();
});

test('a deleted product stays in the orders it was in', async ({
  page,
  playwright,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct();
  const placed = await order(playwright, product, 1, uniqueEmail());
  await adminPage.goto(`/admin/products/${product.id}`);
  await adminPage.getByText('Delete this product').click();
  await adminPage.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(adminPage).toHaveURL(/\/admin\/products$/);

  const gone = await page.goto(`/products/${product.slug}`);
  expect(gone?.status()).toBe(404);
  await page.goto(`/orders/${placed.token}`);
  await expect(page.getByRole('complementary', { name: 'Your items' })).toContainText(
    product.title,
  );
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a product is edited and taken off sale', async ({ page, admin }) => {
    const product = await admin.makeProduct();
    await page.goto(`/admin/sign-in?next=/admin/products/${product.id}`);
    await signIn(page, credentials.email, credentials.password);
    await page.getByLabel('Vendor').fill('Fernhollow');
    await page.getByRole('radio', { name: /^Inactive/ }).check();
    await save(page);
    await expect(page.getByLabel('Vendor')).toHaveValue('Fernhollow');
    const response = await page.goto(`/products/${product.slug}`);
    expect(response?.status()).toBe(404);
  });
});
