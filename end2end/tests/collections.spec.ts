import type { Page } from '@playwright/test';

import { expect, test } from '../support/test';
import { unique } from '../support/unique';

async function add(page: Page, title: string): Promise<void> {
  await page.getByLabel('Search products').fill(title);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByRole('button', { name: `Add ${title}`, exact: true }).click();
  await expect(page.getByRole('button', { name: `Remove ${title} from this collection` })).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test(`an owner puts a collection together, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
    newVisitor,
    newAdminPage,
  }) => {
    const desk = await newAdminPage({ javaScriptEnabled });
    const shopper = await newVisitor({ javaScriptEnabled });
    const name = unique('Gifts');

    await test.step('products', async () => {
      await desk.goto('/admin/collections');
      await desk.getByLabel('Name').fill(name);
      await desk.getByRole('button', { name: 'Create collection' }).click();
      await expect(desk.getByRole('status')).toContainText('Collection created.');
      await add(desk, 'Ridge Torch');
      await add(desk, 'Ridge Tent');
    });

    await test.step('their order', async () => {
      await desk.getByRole('button', { name: 'Move Ridge Tent up' }).click();
      const first = desk.locator('tbody tr').first();
      await expect(first).toContainText('Ridge Tent');
    });

    await test.step('what shoppers see', async () => {
      const shown = await desk.getByRole('link', { name: 'View in the shop' }).getAttribute('href');
      await shopper.goto(shown!);
      await expect(shopper.getByRole('heading', { level: 1, name })).toBeVisible();
      const titles = shopper.locator('main').getByRole('heading', { level: 2 });
      await expect(titles).toHaveText(['Ridge Tent', 'Ridge Torch']);
    });

    await test.step('it is gone once it is deleted', async () => {
      await desk.getByText('Delete this collection').click();
      await desk.getByRole('button', { name: 'Delete permanently' }).click();
      await expect(desk.getByRole('status')).toContainText('Collection deleted.');
      const answer = await shopper.reload();
      expect(answer!.status()).toBe(404);
    });
  });
}
