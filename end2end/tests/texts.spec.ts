import type { Page } from '@playwright/test';

import type { Admin, MadeProduct } from '../support/admin';
import { order } from '../support/buyer';
import { crawl } from '../support/crawl';
import { baseURL } from '../support/environment';
import { mail } from '../support/mailbox';
import { cutOff, own, strays, straysOfMail } from '../support/marks';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

// One after the other, in one shop that begins empty; each looks at some thirty pages.
test.describe.configure({ mode: 'default', retries: 0, timeout: 600_000 });

const SLUG = 'marked-buoy';

/** As typed by those who order. */
const person = {
  name: own('Kim'),
  address_line1: own('Quay 7'),
  postal_code: '20457',
  city: own('Town'),
} as const;

let product: MadeProduct;

/** With script, parts are shown below the one that is open. */
const continueButton = (page: Page) =>
  page.locator('.part').first().locator('.form-actions button[type=submit]');

async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState();
  const wide = page.viewportSize() ?? { width: 1280, height: 900 };
  expect.soft(await strays(page), `${name}: words outside of the catalogues`).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect.soft(await cutOff(page), `${name}: cut off at 390 px`).toEqual([]);
  await page.setViewportSize(wide);
}

async function lookAtAll(
  page: Page,
  starts: string[],
  isWanted: (path: string) => boolean,
): Promise<void> {
  let pages = 0;
  for await (const path of crawl(page, starts, isWanted)) {
    await test.step(path, () => look(page, path));
    pages += 1;
  }
  expect(pages).toBeGreaterThanOrEqual(starts.length);
}

/** Sends a form of the page as it is. */
async function send(page: Page, action: string): Promise<void> {
  const form = page.locator(`form[action="${action}"]`).last();
  await form.evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await form.locator('button[type=submit]:not([formaction]):not(.visually-hidden)').last().click();
}

/** The same, and looks at what is refused. */
async function lookAtRefusal(page: Page, path: string, action: string): Promise<void> {
  await page.goto(path);
  await send(page, action);
  await page.getByRole('alert').first().waitFor();
  await look(page, `${path}, refused`);
}

/** Puts all words of the settings into marks. */
async function nameTheShop(page: Page): Promise<void> {
  await page.goto('/admin/settings');
  await page.locator('[name=name]').fill(own('Shop'));
  for (const cell of await page.locator('[name^="rates["]').all()) {
    const name = (await cell.getAttribute('name')) ?? '';
    const isWords = /\[(?:name|description)\]$/u.test(name);
    if (isWords && (await cell.inputValue()) !== '') {
      await cell.fill(own(await cell.inputValue()));
    }
  }
  await send(page, '/api/admin/settings/save');
  await expect(page).toHaveURL(/saved/u);
}

/** From outside of the European Union, where no more is asked for. */
async function openTheShop(admin: Admin): Promise<void> {
  await admin.call('/api/admin/seller/save', {
    version: '0',
    name: own('Seller'),
    street: own('Quay 7'),
    city: own('Basel'),
    country: 'CH',
    email: 'seller@example.com',
  });
  await admin.call('/api/admin/opening/open', {});
}

async function fillTheShop(admin: Admin): Promise<void> {
  const form: Record<string, string> = {
    title: own('Buoy'),
    slug: SLUG,
    active: '1',
    description_html: `<p>${own('It floats.')}</p>`,
    category: own('Deck'),
    vendor: own('Yard'),
    tags: own('new'),
    option1_name: own('Size'),
  };
  ['M', 'L'].forEach((size, at) => {
    const field = (name: string, value: string) => (form[`variants[${at}][${name}]`] = value);
    field('option1', own(size));
    field('sku', `MARK-${at}`);
    field('price', '20.00');
    field('stock', '10');
    field('grams', '100');
  });
  await admin.call('/api/admin/products/create', form);
  const page = (await admin.call('/api/admin/pages/create', {
    kind: 'contact',
    title: own('Write to us'),
    body: own('We are here.'),
    state: 'published',
    contact_email: 'contact@example.com',
  })) as { id: string };
  const top = await admin.addMenuItem({ place: 'header', label: own('More'), target: 'heading' });
  await admin.addMenuItem({
    place: 'header',
    label: own('Contact'),
    target: `page:${page.id}`,
    parent_id: top,
  });
}

/** Once a worker has failed, the next one finds the shop as it was left. */
test.beforeAll(async ({ admin, browser }) => {
  if (!(await admin.isShown(SLUG))) {
    const page = await browser.newPage({ baseURL, storageState: await admin.storageState() });
    await nameTheShop(page);
    await page.close();
    await openTheShop(admin);
    await fillTheShop(admin);
  }
  product = await admin.shownProduct(SLUG);
});

for (const prefix of ['', '/de']) {
  const name = prefix === '' ? 'English' : 'German';

  test(`shoppers read nothing but the catalogues, in ${name}`, async ({ page }) => {
    const of = (path: string) => `${prefix}${path}`;
    await lookAtAll(
      page,
      [
        prefix === '' ? '/' : prefix,
        of('/products'),
        of('/products?q=zzqqxx'),
        of('/products?min=1&in_stock=1&sort=name'),
        of('/cart'),
        of('/wishlist'),
        of('/orders'),
        of('/contact'),
        of('/account/sign-in'),
        of('/account/sign-up'),
        of('/account/reset'),
        of('/account/reset/x'),
        of('/nowhere'),
      ],
      (path) => (prefix === '' ? !/^\/(?:de|admin)(?:\/|$)/u.test(path) : /^\/de(?:\/|$)/u.test(path)),
    );
    await lookAtRefusal(page, of('/contact'), of('/api/contact'));
    await lookAtRefusal(page, of('/account/sign-in'), of('/api/account/sign-in'));
    await lookAtRefusal(page, of('/account/sign-up'), of('/api/account/ask-sign-up'));
    await lookAtRefusal(page, of('/orders'), of('/api/orders/look-up'));
  });

  test(`so it is from the cart to the order, in ${name}`, async ({ page }) => {
    const of = (path: string) => `${prefix}${path}`;
    const onward = async (step: string) => {
      await continueButton(page).click();
      await expect(page).toHaveURL(new RegExp(`step=${step}`, 'u'));
      await look(page, `checkout: ${step}`);
    };
    await page.goto(of(`/products/${product.slug}`));
    const added = await page.request.post('/api/cart/add', {
      form: { variant_id: product.variants[0]!.id, quantity: 2 },
      headers: { accept: 'application/json', origin: baseURL },
    });
    expect(added.status()).toBe(200);
    await page.goto(of('/cart'));
    await look(page, 'cart');
    await page.goto(of('/checkout'));
    await look(page, 'checkout: contact');
    await continueButton(page).click();
    await page.getByRole('alert').first().waitFor();
    await look(page, 'checkout: contact, refused');
    const email = uniqueEmail();
    for (const [field, text] of Object.entries({ ...person, email })) {
      await page.locator(`[name=${field}]`).fill(text);
    }
    await page.locator('select[name=country]').selectOption('DE');
    await onward('shipping');
    await page.locator('[name=shipping]').first().check();
    await onward('payment');
    await page.locator('[name=payment][value=cash_on_delivery]').check();
    await onward('review');
    await continueButton(page).click();
    await expect(page).toHaveURL(/\/orders\/[\w-]{16,}$/u);
    await look(page, 'order');
    const words = await mail(email, /text\/plain/u);
    expect(words).toContain('⟦');
    expect(straysOfMail(words)).toBe('');
  });
}

test('those with an account read nothing but the catalogues', async ({ adminPage }) => {
  await lookAtAll(
    adminPage,
    ['/account', '/account/orders', '/account/addresses/new', '/account/security'],
    (path) => /^\/account(?:\/|$)/u.test(path),
  );
  await lookAtRefusal(adminPage, '/account/addresses/new', '/api/account/addresses/save');
  await lookAtRefusal(adminPage, '/account/security', '/api/account/password');
});

test('so do the staff', async ({ adminPage: page, playwright }) => {
  await order(playwright, product, 1, uniqueEmail(), { ...person });
  await lookAtAll(
    page,
    [
      '/admin',
      '/admin/products',
      '/admin/products?q=zzqqxx',
      '/admin/products/new',
      '/admin/categories',
      '/admin/collections',
      '/admin/home',
      '/admin/announcements',
      '/admin/stock',
      '/admin/orders',
      '/admin/orders?q=zzqqxx',
      '/admin/customers',
      '/admin/customers?list=accounts',
      '/admin/pages',
      '/admin/pages/new',
      '/admin/menus',
      '/admin/menus/new?place=footer',
      '/admin/staff',
      '/admin/audit',
      '/admin/look',
      '/admin/settings',
      '/admin/import',
    ],
    (path) => /^\/admin(?:\/|$)/u.test(path),
  );
  await lookAtRefusal(page, '/admin/products/new', '/api/admin/products/create');
  await lookAtRefusal(page, '/admin/pages/new', '/api/admin/pages/create');
  await lookAtRefusal(page, '/admin/menus/new', '/api/admin/menus/create');
  await lookAtRefusal(page, '/admin/staff', '/api/admin/staff/invite');
});

test('at the door of the staff, too', async ({ page }) => {
  await page.goto('/admin/sign-in');
  await look(page, 'staff sign-in');
  await lookAtRefusal(page, '/admin/sign-in', '/api/admin/sign-in');
});
