import { expect, test as base } from '@playwright/test';

import { Admin } from '../support/admin';
import { baseURL } from '../support/environment';
import { uniqueEmail } from '../support/unique';
import { type Script, WebKit } from './webkit';

const test = base.extend<{ script: Script; webkit: WebKit }, { admin: Admin }>({
  script: ['with', { option: true }],
  webkit: async ({ script }, use) => {
    const webkit = await WebKit.open(script);
    await use(webkit);
    await webkit.close();
  },
  admin: [
    async ({ playwright }, use) => {
      const admin = await Admin.signIn(playwright.request);
      await use(admin);
      await admin.dispose();
    },
    { scope: 'worker' },
  ],
});

const shop = new RegExp(`^${baseURL}/`);
const order = new RegExp(`^${baseURL}/orders/[\\w-]{16,}`);
const hosted = new RegExp(`^(?!${baseURL}/).*/pay/`);
const status = "//main//dl/div[dt[normalize-space(.)='Status']]/dd";

/** From a product's page to the page of the provider, which is on another host. */
async function goToPay(webkit: WebKit, slug: string, script: Script): Promise<void> {
  await webkit.goto(`/products/${slug}`);
  await webkit.button('Add to cart');
  if (script === 'with') {
    await webkit.says("//header//a[@href='/cart']", '1');
    await webkit.goto('/cart');
  }
  await webkit.button('Proceed to checkout');
  await webkit.fill('email', uniqueEmail());
  await webkit.fill('name', 'Kim Larch');
  await webkit.fill('address_line1', 'Quay 7');
  await webkit.fill('postal_code', '20457');
  await webkit.fill('city', 'Hamburg');
  await webkit.button('Continue to shipping');
  await webkit.button('Continue to payment');
  await webkit.click("//main//label[.//input[@name='payment' and @value='stripe']]");
  await webkit.button('Continue to review');
  if (script === 'with') {
    await webkit.says("//main//button[starts-with(normalize-space(.), 'Order and pay')]", 'Order and pay');
    await webkit.run(
      `document.addEventListener('securitypolicyviolation', (event) =>
         localStorage.setItem('violation', event.violatedDirective + ' ' + event.blockedURI));`,
    );
  }
  await webkit.button('Order and pay');
  await webkit.at(hosted);
}

for (const script of ['with', 'without'] as const) {
  test.describe(`${script} script`, () => {
    test.use({ script });

    test('a shopper is led to the provider, pays and comes back', async ({ webkit, admin }) => {
      const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
      await goToPay(webkit, product.slug, script);
      await webkit.button('Pay');
      await webkit.at(order);
      await webkit.says(status, 'Confirmed');
      if (script === 'with') {
        expect(await webkit.run("return localStorage.getItem('violation')")).toBeNull();
      }
    });

    test('a shopper who came back unpaid is led there again from the order', async ({
      webkit,
      admin,
    }) => {
      const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
      await goToPay(webkit, product.slug, script);
      await webkit.click("//a[.='Back to the shop']");
      await webkit.at(shop);
      await webkit.button('Pay €');
      await webkit.at(hosted);
      await webkit.button('Pay with a card that is declined');
      await webkit.says("//*[@role='alert']", 'declined');
      await webkit.button('Pay');
      await webkit.at(order);
      await webkit.says(status, 'Confirmed');
    });
  });
}
