import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/axe';
import { cancelAtDesk, order } from '../support/buyer';
import { startedDrop } from '../support/drops';
import { linkIn, mail, mailedLink } from '../support/mailbox';
import { goToReview, orderNumber, placeButton } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

/** Where the link in an e-mail leads. */
const LIST = '/waiting-list';
/** What has to be told is looked for once a minute. */
const TOLD = 120_000;

/** From a sold-out product to the link that confirms an address. */
async function ask(page: Page, slug: string, email: string): Promise<string> {
  await page.goto(`/products/${slug}`);
  await page.getByRole('link', { name: 'Notify me' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'E-mail me a link' }).click();
  await expect(page.getByRole('status')).toContainText('we’ve sent it a link');
  return mailedLink(email, LIST);
}

/** axe is a script itself. */
async function look(page: Page, name: string, javaScriptEnabled: boolean): Promise<void> {
  if (javaScriptEnabled) await expectAccessible(page, name);
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  // Mails and maintenance take their time, and each page is looked at four times.
  test.describe(() => {
    test.slow();
    test.use({ javaScriptEnabled });

    test(`who confirmed an address is told when a product is back, ${how} script`, async ({
      page,
      admin,
    }) => {
      const product = await admin.makeProduct([{ stock: 0 }]);
      const email = uniqueEmail();

      await test.step('a wrong address is marked and kept', async () => {
        await page.goto(`/products/${product.slug}`);
        await page.getByRole('link', { name: 'Notify me' }).click();
        await expect(page.getByRole('heading', { level: 1, name: product.title })).toBeVisible();
        await expect(page.getByText('We’ll e-mail you once')).toBeVisible();
        await look(page, 'waiting list of a product', javaScriptEnabled);
        const field = page.getByLabel('E-mail address');
        await field.fill('kim at home');
        await page.getByRole('button', { name: 'E-mail me a link' }).click();
        await expect(field).toHaveAttribute('aria-invalid', 'true');
        await expect(field).toHaveValue('kim at home');
      });

      await test.step('the link confirms the address', async () => {
        await page.goto(await ask(page, product.slug, email));
        await expect(page.getByRole('heading', { name: 'Confirm your request' })).toBeVisible();
        await look(page, 'a request to confirm', javaScriptEnabled);
        await page.getByRole('button', { name: 'Confirm', exact: true }).click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(
          `We’ll e-mail you when ${product.title} is available again`,
        );
      });

      await test.step('it is back', async () => {
        await admin.bookStock(product, 2);
        const told = await mail(email, 'The first to order gets it.', TOLD);
        expect(told).toContain(`/products/${product.slug}`);
        await page.goto(`/products/${product.slug}`);
        await expect(page.getByRole('button', { name: 'Add to cart' })).toBeEnabled();
        await expect(page.getByRole('link', { name: 'Notify me' })).toBeHidden();
      });
    });

    test(`who changed their mind leaves the list, ${how} script`, async ({ page, admin }) => {
      const product = await admin.makeProduct([{ stock: 0 }]);
      const link = await ask(page, product.slug, uniqueEmail());
      await page.goto(link);
      await page.getByRole('button', { name: 'Confirm', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText('We’ll e-mail you');
      await page.getByRole('button', { name: 'Leave the list' }).click();
      await expect(page.getByRole('status')).toContainText('You’ve left the list');
      expect((await page.goto(link))?.status()).toBe(404);
    });

    test(`a unit that comes back is kept for the next on the list, ${how} script`, async ({
      page,
      admin,
      newAdminPage,
      playwright,
    }) => {
      const { product, drop } = await startedDrop(admin, page, 1);
      const sold = await order(playwright, product, 1, uniqueEmail());
      const email = uniqueEmail();

      await test.step('a place in the list', async () => {
        await page.goto(`/drops/${drop.slug}`);
        await expect(page.getByRole('heading', { name: 'Waiting list' })).toBeVisible();
        if (javaScriptEnabled) await expect(page.getByText('All taken.')).toBeVisible();
        await look(page, 'a drop of which all is taken', javaScriptEnabled);
        const link = await ask(page, product.slug, email);
        await page.goto(link);
        await page.getByRole('button', { name: 'Confirm', exact: true }).click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(
          `You are on the waiting list for ${product.title}`,
        );
        await expect(page.getByText('You’re next.')).toBeVisible();
        await look(page, 'a place in the list', javaScriptEnabled);
      });

      await test.step('an offer, and the order', async () => {
        await cancelAtDesk(await newAdminPage(), sold);
        const offer = linkIn(await mail(email, 'keeping it for you'), LIST);
        await page.goto(offer);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(
          `${product.title} is kept for you`,
        );
        await look(page, 'an offer', javaScriptEnabled);
        await page.getByRole('button', { name: 'Add to cart' }).click();
        await expect(page.getByRole('heading', { level: 1, name: 'Your cart' })).toBeVisible();
        const line = page.getByRole('listitem').filter({ hasText: product.title });
        await expect(line).toContainText('Kept for you');
        await expect(line, 'to everybody else').not.toContainText('Sold out');
        await goToReview(page, email);
        await placeButton(page).click();
        await orderNumber(page);
        await page.goto(offer);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(
          `You’ve ordered ${product.title}`,
        );
      });
    });
  });
}
