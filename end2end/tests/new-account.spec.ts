import { password } from '../support/account';
import { order } from '../support/buyer';
import { mailedLink } from '../support/mailbox';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('a guest has an account after the order with one password', async ({
      page,
      admin,
      playwright,
    }) => {
      const email = uniqueEmail();
      const placed = await order(playwright, await admin.makeProduct(), 1, email);
      await page.goto(`/orders/${placed.token}`);
      const offer = page.getByRole('region', { name: 'Create an account' });
      await offer.getByLabel('Password').fill('short');
      await offer.getByRole('button', { name: 'Create account' }).click();
      await expect(offer.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true');
      await offer.getByLabel('Password').fill(password);
      await offer.getByRole('button', { name: 'Create account' }).click();
      await expect(page.getByRole('status')).toContainText(email);

      await page.goto(await mailedLink(email, '/account/sign-up'));
      await expect(page.getByLabel('Password')).toHaveCount(0);
      await page.getByRole('button', { name: 'Create account' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Hello, Kim' })).toBeVisible();
      await page.goto('/account/orders');
      await expect(page.getByRole('main')).toContainText(placed.order_number);
    });
  });
}
