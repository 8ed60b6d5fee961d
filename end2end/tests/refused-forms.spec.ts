import {
  cards,
  chooseShipping,
  fillContact,
  giveContact,
  payByCard,
  placeButton,
  proceed,
  putInCart,
  step,
} from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('a refused form has a page that can be loaded again and gone back to', async ({
      page,
      admin,
    }) => {
      await putInCart(page, await admin.makeProduct());
      await proceed(page);
      await fillContact(page, 'kim at example');
      await page.getByRole('button', { name: 'Continue to shipping' }).click();

      const alert = page.getByRole('alert');
      const email = page.getByLabel('E-mail');
      await test.step('it is the page of the form, and the summary has the focus', async () => {
        await expect(alert).toContainText('Enter an e-mail address');
        await expect(alert).toBeFocused();
        await expect(email).toHaveValue('kim at example');
        await expect(page).toHaveURL(/\/checkout\?step=contact&form=/);
      });

      await test.step('loading it again sends nothing', async () => {
        const loaded = await page.reload();
        expect(loaded?.request().method()).toBe('GET');
        expect(loaded?.status()).toBe(200);
        await expect(alert).toBeVisible();
        await expect(email).toHaveValue('kim at example');
      });

      await test.step('the way back leads to it, and there is a page', async () => {
        await page.goto('/products');
        const back = await page.goBack();
        expect(back?.status() ?? 200).toBe(200);
        await expect(alert).toBeVisible();
        await expect(email).toHaveValue('kim at example');
      });

      await test.step('once it was taken, the way back shows what was taken', async () => {
        const right = uniqueEmail();
        await giveContact(page, right);
        await expect(step(page, 'Shipping')).toBeVisible();
        await page.goBack();
        await page.reload();
        await expect(page).toHaveURL(/\/checkout\?step=contact$/);
        await expect(email).toHaveValue(right);
        await expect(alert).toHaveCount(0);
      });
    });

    test('after a declined card the payment is open', async ({ page, admin }) => {
      await putInCart(page, await admin.makeProduct());
      await proceed(page);
      await giveContact(page, uniqueEmail());
      await chooseShipping(page);
      await payByCard(page, cards.declined);
      await placeButton(page).click();
      await expect(page.getByRole('alert')).toContainText('declined');
      await expect(page.getByRole('alert')).toBeFocused();
      await expect(page.getByLabel('Card number')).toHaveValue('');
      await expect(step(page, 'Payment')).toBeVisible();
      await expect(page).not.toHaveURL(/\/api\//);
    });
  });
}
