import { credentials } from '../support/environment';
import { expect, test } from '../support/test';
import { unique } from '../support/unique';

test('a filtered list is kept as a tab, renamed and deleted', async ({ adminPage }) => {
  await adminPage.goto('/admin/products?stock=low&sort=title');
  await adminPage.getByText('Save view…').click();
  const name = unique('Low');
  await adminPage.getByLabel('Name', { exact: true }).fill(name);
  await adminPage.getByRole('button', { name: 'Save view' }).click();
  await expect(adminPage.getByText('View saved.')).toBeVisible();

  await adminPage.goto('/admin/products');
  const views = adminPage.getByRole('navigation', { name: 'Saved views' });
  await views.getByRole('link', { name }).click();
  await expect(adminPage).toHaveURL(/stock=low&sort=title/);
  await expect(views.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');

  await adminPage.getByText('Change view…').click();
  await adminPage.getByLabel('Name', { exact: true }).fill(`${name} of all`);
  await adminPage.getByRole('button', { name: 'Rename view' }).click();
  await expect(views.getByRole('link', { name: `${name} of all` })).toBeVisible();
  await adminPage.getByText('Change view…').click();
  await adminPage.getByRole('button', { name: 'Delete view' }).click();
  await expect(adminPage.getByText('View deleted.')).toBeVisible();
  await expect(adminPage.getByRole('link', { name: `${name} of all` })).toHaveCount(0);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a view of the orders is saved, and a name is wanted', async ({ page }) => {
    await page.goto('/admin/sign-in?next=/admin/orders?status=paid');
    await page.getByLabel('E-mail').fill(credentials.email);
    await page.getByLabel('Password').fill(credentials.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.goto('/admin/orders?status=paid');
    await page.getByText('Save view…').click();
    await page.getByRole('button', { name: 'Save view' }).click();
    const name = page.getByLabel('Name', { exact: true });
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await name.fill(unique('Paid'));
    await page.getByRole('button', { name: 'Save view' }).click();
    await expect(page.getByText('View saved.')).toBeVisible();
    await page.getByText('Change view…').click();
    await page.getByRole('button', { name: 'Delete view' }).click();
    await expect(page.getByText('View deleted.')).toBeVisible();
  });
});
