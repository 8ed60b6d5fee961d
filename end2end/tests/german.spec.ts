import type { Page } from '@playwright/test';

import { password } from '../support/account';
import { expectReadable } from '../support/axe';
import { order } from '../support/buyer';
import { crawl } from '../support/crawl';
import { mailedLink } from '../support/mailbox';
import { putInCart } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

const places = {
  'front page': '/de',
  'list of everything': '/de/products',
  'filtered list': '/de/categories/kitchen?min=20&in_stock=1&opt.size=M',
  'search without a hit': '/de/products?q=zzqqxx',
  product: '/de/products/terry-towels',
  'sold-out product': '/de/products/building-blocks',
  'empty cart': '/de/cart',
  'empty wishlist': '/de/wishlist',
  'order look-up': '/de/orders',
  'legal page': '/de/pages/withdrawal',
  'page with a table': '/de/pages/delivery',
  'contact page': '/de/pages/contact',
  'page that is not there': '/de/nowhere',
  'sign-in': '/de/account/sign-in',
  'opening an account': '/de/account/sign-up',
  'forgotten password': '/de/account/reset?done=sent',
  'link that does not work': '/de/account/reset/x',
};

async function look(page: Page, name: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await test.step(name, () => expectReadable(page, name));
}

test.describe('axe finds nothing in German', () => {
  test.slow();

  test('on the shop’s pages', async ({ page }) => {
    for (const [name, path] of Object.entries(places)) {
      await page.goto(path);
      await look(page, name);
    }
  });

  test('on the way from the cart to the order', async ({ page, admin }) => {
    await putInCart(page, await admin.makeProduct([{ stock: 9 }]));
    await page.goto('/de/cart');
    await look(page, 'cart');
    await page.goto('/de/checkout');
    await page.getByRole('button', { name: 'Weiter zum Versand' }).click();
    await page.getByRole('alert').first().waitFor();
    await look(page, 'checkout: contact, refused');
    await page.getByLabel('E-Mail').fill(uniqueEmail());
    await page.getByLabel('Vor- und Nachname', { exact: true }).fill('Kim Larch');
    await page.getByLabel('Straße und Hausnummer', { exact: true }).fill('Quay 7');
    await page.getByLabel('Postleitzahl', { exact: true }).fill('20457');
    await page.getByLabel('Ort', { exact: true }).fill('Hamburg');
    await page.getByLabel('Land', { exact: true }).selectOption('DE');
    await page.getByRole('button', { name: 'Weiter zum Versand' }).click();
    await expect(page).toHaveURL(/step=shipping/u);
    await look(page, 'checkout: shipping');
    await page.getByRole('button', { name: 'Weiter zur Zahlung' }).click();
    await expect(page).toHaveURL(/step=payment/u);
    await page.getByRole('radio', { name: 'Barzahlung bei Lieferung' }).check();
    await look(page, 'checkout: payment');
    await page.getByRole('button', { name: 'Weiter zur Prüfung' }).click();
    await expect(page).toHaveURL(/step=review/u);
    await look(page, 'checkout: review');
    await page.getByRole('button', { name: /^Zahlungspflichtig bestellen/u }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vielen Dank, Kim');
    await look(page, 'order');
  });

  test('in the admin area', async ({ page, admin, playwright }) => {
    // Some sixty pages.
    test.setTimeout(600_000);
    const email = uniqueEmail();
    await order(playwright, await admin.makeProduct(), 1, uniqueEmail());
    await admin.call('/api/admin/staff/invite', { email, role: 'admin' });
    await page.goto(await mailedLink(email, '/admin/invitation'));
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();
    await page.goto('/account');
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
    await page.getByRole('button', { name: 'Save language' }).click();
    await page.getByText('Saved.').waitFor();
    const isWanted = (path: string) => /^\/admin(?:\/|$)/u.test(path);
    let pages = 0;
    for await (const path of crawl(page, ['/admin', '/admin/products', '/admin/settings'], isWanted)) {
      await test.step(path, () => expectReadable(page, path));
      pages += 1;
    }
    expect(pages).toBeGreaterThan(20);
  });
});
