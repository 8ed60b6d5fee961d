import { expect, test } from '../support/test';
import { unique } from '../support/unique';

// Pages show one announcement at a time.
test.describe.configure({ mode: 'serial' });

for (const javaScriptEnabled of [true, false]) {
  test(`an announcement is above every page until it is deleted, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
    newVisitor,
    newAdminPage,
  }) => {
    const desk = await newAdminPage({ javaScriptEnabled });
    const shopper = await newVisitor({ javaScriptEnabled });
    const text = unique('Free delivery');
    await desk.goto('/admin/announcements');
    await desk.getByLabel('Text').fill(text);
    await desk.getByLabel('Link').fill('javascript:alert(1)');
    await desk.getByRole('button', { name: 'Create announcement' }).click();
    await expect(desk.getByRole('alert')).toContainText('Enter a page of the shop');
    await expect(desk.getByLabel('Text')).toHaveValue(text);
    await desk.getByLabel('Link').fill('/products?sort=newest');
    await desk.getByLabel('Begins').fill('2026-01-01T00:00');
    await desk.getByRole('button', { name: 'Create announcement' }).click();
    await expect(desk.getByRole('status')).toContainText('Announcement saved.');

    for (const path of ['/', '/products', '/cart']) {
      await shopper.goto(path);
      await expect(shopper.getByRole('link', { name: text })).toBeVisible();
    }
    await shopper.getByRole('link', { name: text }).click();
    await expect(shopper).toHaveURL(/\/products\?sort=newest$/);

    await desk.getByRole('button', { name: `Delete “${text}”` }).click();
    await expect(desk.getByRole('status')).toContainText('Announcement deleted.');
    await shopper.goto('/');
    await expect(shopper.getByText(text)).toHaveCount(0);
  });
}
