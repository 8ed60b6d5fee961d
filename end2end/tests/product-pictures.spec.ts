import { cutOut } from '../support/png';
import { cell, openProducts, pictures, save } from '../support/product-editor';
import { expect, test } from '../support/test';
import { unique } from '../support/unique';

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

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test.beforeEach(({ page }) => openProducts(page));

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
});
