import { expect, test } from '../support/test';

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

test('escape closes the list of places and nothing else happens', async ({ adminPage }) => {
  await adminPage.goto('/admin/stock');
  await adminPage.getByRole('button', { name: /^Go to…/ }).click();
  const list = adminPage.getByRole('dialog', { name: 'Go to' });
  await expect(list).toBeVisible();
  await adminPage.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(adminPage).toHaveURL(/\/admin\/stock$/);
});
