import type { Page } from '@playwright/test';

import { expectAccessibleNow } from '../support/axe';
import { png } from '../support/png';
import { expect, test } from '../support/test';
import { unique } from '../support/unique';

async function make(page: Page, name: string, below?: string): Promise<void> {
  await page.goto('/admin/categories');
  await page.getByLabel('Name').fill(name);
  if (below) {
    const choice = page.getByLabel('Parent category').locator('option').filter({ hasText: below });
    await page.getByLabel('Parent category').selectOption(await choice.getAttribute('value'));
  }
  await page.getByRole('button', { name: 'Create category' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByRole('status')).toContainText('Category created.');
}

for (const javaScriptEnabled of [true, false]) {
  test(`an owner makes a category with one below it, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
    newVisitor,
    newAdminPage,
  }) => {
    const desk = await newAdminPage({ javaScriptEnabled });
    const shopper = await newVisitor({ javaScriptEnabled });
    const [top, below] = [unique('Hats'), unique('Caps')];
    await make(desk, top);
    await make(desk, below, top);

    await test.step('text and picture', async () => {
      await desk.goto('/admin/categories');
      await desk.getByRole('link', { name: top, exact: true }).click();
      await desk.getByLabel('Text').fill('<p>Warm <strong>heads</strong>.</p>');
      await desk.getByRole('button', { name: 'Save category' }).click();
      await expect(desk.getByRole('status')).toContainText('Category saved.');
      const picture = { name: 'a.png', mimeType: 'image/png', buffer: png(700, [90, 120, 90]) };
      await desk.getByLabel('Choose a picture').setInputFiles(picture);
      await desk.getByRole('button', { name: 'Upload' }).click();
      await expect(desk.getByRole('status')).toContainText('Picture saved.');
    });

    await test.step('a name that is taken is refused, and stays typed', async () => {
      await desk.getByLabel('Name').fill(below);
      await desk.getByRole('button', { name: 'Save category' }).click();
      await expect(desk.getByRole('alert')).toContainText('Another category has this name.');
      await expect(desk.getByLabel('Name')).toHaveValue(below);
    });

    await test.step('the order', async () => {
      await desk.goto('/admin/categories');
      const up = desk.getByRole('button', { name: `Move ${top} up` });
      await up.click();
      await expect(desk.getByRole('heading', { level: 1, name: 'Categories' })).toBeVisible();
    });

    await test.step('what shoppers see', async () => {
      const link = desk.getByRole('link', { name: top, exact: true });
      await link.click();
      const shown = await desk.getByRole('link', { name: 'View in the shop' }).getAttribute('href');
      await shopper.goto(shown!);
      await expect(shopper.getByRole('heading', { level: 1, name: top })).toBeVisible();
      await expect(shopper.getByText('Warm heads.')).toBeVisible();
      await expect(shopper.locator('.category-picture')).toBeVisible();
      await expectAccessibleNow(shopper, javaScriptEnabled);
    });
  });
}
