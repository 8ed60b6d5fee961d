import { expectAccessible } from '../support/axe';
import { draftDrop, openRoom, planDrop } from '../support/drops';
import { baseURL, patient } from '../support/environment';
import { mail } from '../support/mailbox';
import { goToReview, orderNumber, placeButton, putInCart } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

/** A room opens half an hour before the start. */
const SOON = 20 * 60_000;
/** Long enough to take a place first. */
const IN_A_MOMENT = 40_000;
/** Until then, and until a page has loaded itself. */
const TURN = 120_000;

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  // A start is waited for, and each page is looked at four times.
  test.describe(() => {
    test.slow();
    test.use({ javaScriptEnabled });

    test(`who has a place is let in and orders once, ${how} script`, async ({
      page,
      newVisitor,
      admin,
    }) => {
      const product = await admin.makeProduct([{ stock: 5 }]);
      const drop = await draftDrop(admin, product, 1, { opensAt: Date.now() + IN_A_MOMENT });
      await openRoom(admin, drop, 'nobody');
      await planDrop(admin, drop);
      const room = `/drops/${drop.slug}/room`;

      await test.step('a place before the start', async () => {
        await page.goto(`/drops/${drop.slug}`);
        await page.getByRole('link', { name: 'To the waiting room' }).click();
        await expect(page.getByText('You don’t have a place yet.')).toBeVisible();
        await page.getByRole('button', { name: 'Take a place' }).click();
        await expect(page.getByText('You have a place.')).toBeVisible();
        await expect(page.getByText(/Places given out: \d/)).toBeVisible();
      });

      await test.step('the page loads itself when it is their turn', async () => {
        await expect(page.getByText('It’s your turn.')).toBeVisible({ timeout: TURN });
        if (javaScriptEnabled) await expectAccessible(page, 'waiting room, let in');
        await page.getByText('Check my place').click();
        await expect(page.getByText('Your number', { exact: true })).toBeVisible();
        await expect(page.getByText('Seed', { exact: true })).toBeVisible();
      });

      const stranger = await newVisitor({ javaScriptEnabled });
      await test.step('nobody orders past the room', async () => {
        const added = await stranger.request.post('/api/cart/add', {
          form: { variant_id: product.variants[0]!.id, quantity: 1 },
          headers: { accept: 'application/json', origin: baseURL },
          ...patient,
        });
        expect(added.status()).toBe(409);
        expect(await added.text()).toContain('sold through a waiting room');
      });

      await test.step('one order', async () => {
        await page.getByRole('link', { name: 'To the products' }).click();
        await expect(page.getByRole('article').filter({ hasText: product.title })).toBeVisible();
        await putInCart(page, product);
        await goToReview(page, uniqueEmail());
        await placeButton(page).click();
        await orderNumber(page);
        await page.goto(room);
        await expect(page.getByText('You’ve used your place for an order.')).toBeVisible();
      });

      await test.step('all is taken, for everybody', async () => {
        await expect(async () => {
          await stranger.goto(room);
          await expect(stranger.getByText('All taken.')).toBeVisible({ timeout: 1_000 });
        }).toPass({ timeout: 20_000 });
        if (javaScriptEnabled) await expectAccessible(stranger, 'waiting room, all taken');
        await stranger.getByRole('link', { name: 'Waiting list' }).click();
        await expect(stranger.getByRole('heading', { name: 'Waiting list' })).toBeVisible();
      });
    });

    test(`a code by e-mail leads to one place, ${how} script`, async ({ page, admin }) => {
      const product = await admin.makeProduct([{ stock: 5 }]);
      const drop = await draftDrop(admin, product, 3, { opensAt: Date.now() + SOON });
      await openRoom(admin, drop, 'mailbox');
      await planDrop(admin, drop);
      const email = uniqueEmail();
      const form = (button: string) =>
        page.locator('form').filter({ has: page.getByRole('button', { name: button }) });
      const [asked, entered] = [form('E-mail me a code'), form('Take a place')];

      await page.goto(`/drops/${drop.slug}/room`);
      if (javaScriptEnabled) await expectAccessible(page, 'waiting room, without a place');
      await asked.getByLabel('E-mail address').fill(email);
      await asked.getByRole('button', { name: 'E-mail me a code' }).click();
      await expect(page.getByRole('status')).toContainText('We’ve e-mailed you a code.');
      const [, code = ''] = /Your code: (\d+)/.exec(await mail(email, 'Your code: ')) ?? [];

      await entered.getByLabel('E-mail address').fill(email);
      await entered.getByLabel('Code', { exact: true }).fill('abcdef');
      await entered.getByRole('button', { name: 'Take a place' }).click();
      await expect(entered).toContainText('This code is wrong or has expired.');
      await expect(entered.getByLabel('E-mail address')).toHaveValue(email);
      if (javaScriptEnabled) await expectAccessible(page, 'waiting room, a code refused');
      await entered.getByLabel('Code', { exact: true }).fill(code);
      await entered.getByRole('button', { name: 'Take a place' }).click();

      await expect(page.getByText('You have a place.')).toBeVisible();
      await page.getByText('Check my place').click();
      await expect(page.getByText('Your ticket', { exact: true })).toBeVisible();
      await expect(page.getByText('Secret', { exact: true })).toHaveCount(0);
      if (javaScriptEnabled) await expectAccessible(page, 'waiting room, with a place');
    });
  });
}
