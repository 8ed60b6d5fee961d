import { order } from '../support/buyer';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

test('every place of the admin area is reached from the keyboard', async ({ adminPage, admin }) => {
  const product = await admin.makeProduct();
  // The button is there once keys are heard.
  const alive = () => adminPage.getByRole('button', { name: /^Go to…/ }).waitFor();
  await adminPage.goto('/admin/orders');
  await alive();

  await adminPage.keyboard.press('Control+k');
  const field = adminPage.getByRole('combobox', { name: 'Go to a page, or search' });
  await expect(field).toBeFocused();
  await field.fill('sto');
  await expect(adminPage.getByRole('option', { selected: true })).toHaveText('Stock');
  await adminPage.keyboard.press('Enter');
  await expect(adminPage).toHaveURL(/\/admin\/stock/);
  await alive();

  await adminPage.keyboard.press('g');
  await adminPage.keyboard.press('p');
  await expect(adminPage).toHaveURL(/\/admin\/products/);
  await alive();

  await adminPage.keyboard.press('Control+k');
  await field.fill(product.title);
  await adminPage.getByRole('option', { name: /^Search products for/ }).click();
  await expect(adminPage.getByRole('row').filter({ hasText: product.title })).toHaveCount(1);
  await alive();

  await adminPage.keyboard.press('/');
  const search = adminPage.getByRole('searchbox').first();
  await expect(search).toBeFocused();
  // In a field, letters are letters.
  await adminPage.keyboard.type('n');
  await expect(search).toHaveValue(/n/);
  await expect(adminPage).toHaveURL(/\/admin\/products\?q=/);
});

test('pages that are in no menu are found by their names', async ({ adminPage }) => {
  await adminPage.goto('/admin/stock');
  await adminPage.getByRole('button', { name: /^Go to…/ }).click();
  await adminPage.getByRole('combobox', { name: 'Go to a page, or search' }).fill('payment m');
  await expect(adminPage.getByRole('option', { selected: true })).toHaveText('Payment methods');
  await adminPage.keyboard.press('Enter');
  await expect(adminPage).toHaveURL(/\/admin\/settings\/methods$/);
});

test('orders, products and customers are found as one types', async ({
  adminPage,
  admin,
  playwright,
}) => {
  const product = await admin.makeProduct([{ price: '20.00', stock: 9 }]);
  const email = uniqueEmail();
  await order(playwright, product, 1, email);
  await adminPage.goto('/admin/stock');
  await adminPage.getByRole('button', { name: /^Go to…/ }).click();
  const field = adminPage.getByRole('combobox', { name: 'Go to a page, or search' });
  await field.fill(product.title);
  const found = adminPage.getByRole('option').filter({ hasText: /Products/ });
  await expect(found.filter({ hasText: product.title }).first()).toBeVisible();
  await field.fill(email);
  const customer = adminPage.getByRole('option').filter({ hasText: 'Customers · ' });
  await expect(customer).toHaveCount(1);
  const bought = adminPage.getByRole('option').filter({ hasText: 'Orders · ' });
  await expect(bought).toHaveCount(1);
  await bought.click();
  await expect(adminPage).toHaveURL(/\/admin\/orders\/[0-9a-f-]{36}$/);
});

test('what is found comes below what was there, so no row moves', async ({ adminPage, admin }) => {
  const product = await admin.makeProduct();
  await adminPage.goto('/admin/stock');
  await adminPage.getByRole('button', { name: /^Go to…/ }).click();
  await adminPage.getByRole('combobox', { name: 'Go to a page, or search' }).fill(product.title);
  const rows = adminPage.getByRole('option');
  await expect(rows.filter({ hasText: /Products$/ }).filter({ hasText: product.title })).toHaveCount(1);
  const words = await rows.allTextContents();
  const isSearch = words.map((row) => row.startsWith('Search '));
  expect(isSearch.indexOf(true)).toBe(0);
  expect(isSearch.lastIndexOf(true)).toBe(isSearch.filter(Boolean).length - 1);
  expect(words.length).toBeGreaterThan(isSearch.filter(Boolean).length);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the same is found on a page', async ({ admin, adminPage: page }) => {
    const product = await admin.makeProduct();
    await page.goto('/admin');
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    await page.getByRole('searchbox').fill(product.title);
    await page.getByRole('button', { name: 'Search' }).click();
    const products = page.getByRole('region', { name: 'Products' });
    await products.getByRole('link', { name: product.title }).click();
    await expect(page).toHaveURL(/\/admin\/products\/[0-9a-f-]{36}$/);
  });
});

test('escape closes the list of places and nothing else happens', async ({ adminPage }) => {
  await adminPage.goto('/admin/stock');
  await adminPage.getByRole('button', { name: /^Go to…/ }).click();
  const list = adminPage.getByRole('dialog', { name: 'Go to' });
  await expect(list).toBeVisible();
  await adminPage.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(adminPage).toHaveURL(/\/admin\/stock$/);
});
