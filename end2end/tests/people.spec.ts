import type { Page } from '@playwright/test';

import { order } from '../support/buyer';
import { password } from '../support/account';
import { mailedLink } from '../support/mailbox';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

/** The row of someone in a table. */
function rowOf(page: Page, words: string) {
  return page.getByRole('row').filter({ hasText: words });
}

async function invite(adminPage: Page, email: string): Promise<string> {
  await adminPage.goto('/admin/staff');
  await adminPage.getByLabel('E-mail').fill(email);
  await adminPage.getByRole('button', { name: 'Send invitation' }).click();
  await expect(adminPage.getByRole('status')).toContainText('Invitation sent.');
  await expect(adminPage.getByRole('table', { name: 'Invited' })).toContainText(email);
  // The mail takes a moment, and a page that stays open without script would warn of preloads.
  await adminPage.goto('about:blank');
  return mailedLink(email, '/admin/invitation');
}

async function accept(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'Join the staff' })).toBeVisible();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('somebody is invited, works, and is shown out again', async ({ page, adminPage }) => {
      const email = uniqueEmail();
      await accept(page, await invite(adminPage, email));
      const ways = page.getByRole('navigation', { name: 'Admin' });
      await expect(ways.getByRole('link', { name: 'Customers' })).toBeVisible();
      for (const closed of ['Staff', 'Audit log']) {
        await expect(ways.getByRole('link', { name: closed, exact: true })).toHaveCount(0);
      }
      expect((await page.goto('/admin/staff'))?.status()).toBe(404);

      await adminPage.goto('/admin/staff');
      await rowOf(adminPage, email).getByText('Remove from staff…').click();
      await rowOf(adminPage, email).getByRole('button', { name: 'Yes, remove' }).click();
      await expect(adminPage.getByRole('status')).toContainText('Role changed.');
      await expect(rowOf(adminPage, email)).toHaveCount(0);
      // Their session has ended with the role.
      await page.goto('/admin/orders');
      await expect(page).toHaveURL(/\/admin\/sign-in\?done=ended/);

      await adminPage.goto('/admin/audit');
      await adminPage.getByLabel('What', { exact: true }).selectOption('Role changed');
      await adminPage.getByRole('button', { name: 'Show', exact: true }).click();
      const entry = rowOf(adminPage, email).first();
      await expect(entry).toContainText('before: staff');
      await expect(entry).toContainText('after: customer');
    });

    test('a guest is found, their data is handed out, and erased when all is done', async ({
      admin,
      playwright,
      adminPage: page,
    }) => {
      const product = await admin.makeProduct([{ price: '20.00', stock: 9 }]);
      const email = uniqueEmail();
      const { order_number } = await order(playwright, product, 2, email);

      await page.goto('/admin/customers');
      await page.getByLabel('Search name or e-mail').fill(email);
      await page.getByRole('button', { name: 'Search' }).click();
      await expect(rowOf(page, email)).toContainText('€40.00');
      await rowOf(page, email).getByRole('link').click();
      await expect(page.getByRole('link', { name: order_number })).toBeVisible();
      expect(page.url()).not.toContain('example.com');

      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export as JSON' }).click();
      expect((await download).suggestedFilename()).toBe('customer.json');

      const customer = page.url();
      const erase = async (typed: string) => {
        if (!(await page.getByLabel('Type the e-mail address').isVisible())) {
          await page.getByText('Erase personal data…').click();
        }
        await page.getByLabel('Type the e-mail address').fill(typed);
        await page.getByRole('button', { name: 'Erase permanently' }).click();
      };
      await erase('somebody@example.com');
      await expect(page.getByLabel('Type the e-mail address')).toHaveValue('somebody@example.com');
      await erase(email);
      await expect(page.getByRole('alert')).toContainText(`Order ${order_number} is still open`);
      await page.getByRole('link', { name: order_number }).click();
      await page.getByText('Cancel order…').click();
      await page.getByRole('button', { name: 'Cancel this order' }).click();
      await expect(page.getByText('Cancelled').first()).toBeVisible();
      await page.goto(customer);
      await erase(email);
      await expect(page.getByRole('status')).toContainText('erased');
      await page.goto(`/admin/orders?q=${order_number}`);
      await expect(rowOf(page, order_number)).toContainText('Erased');
      await expect(page.getByText(email)).toHaveCount(0);
    });
  });
}

test('nobody is left without an admin', async ({ adminPage }) => {
  await adminPage.goto('/admin/staff');
  await expect(rowOf(adminPage, 'This is you').getByRole('button')).toHaveCount(0);
});
