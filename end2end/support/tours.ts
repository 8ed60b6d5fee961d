import type { Page } from '@playwright/test';

import type { Admin, Playwright } from './admin';
import { order } from './buyer';
import {
  cards,
  chooseShipping,
  giveContact,
  orderNumber,
  payByCard,
  placeButton,
  proceed,
  putInCart,
} from './shop';
import { uniqueEmail } from './unique';

export interface Hands {
  page: Page;
  admin: Admin;
  playwright: Playwright;
}

/** Goes from page to page and tells at each what it is. */
export type Tour = (hands: Hands) => AsyncGenerator<string>;

async function* through(page: Page, places: Record<string, string>) {
  for (const [name, path] of Object.entries(places)) {
    await page.goto(path);
    yield name;
  }
}

async function* lists({ page }: Hands) {
  yield* through(page, {
    'front page': '/',
    'list of everything': '/products',
    'filtered list': '/categories/clothing-shoes?min=20&in_stock=1&opt.size=M',
    'last page of a list': '/products?sort=name&page=3',
    'search without a hit': '/products?q=zzqqxx&tag=gift',
  });
}

async function* single({ page }: Hands) {
  yield* through(page, {
    product: '/products/trail-hiking-boot',
    'product without options': '/products/pocket-compass',
    'sold-out product': '/products/piano-accordion',
    'empty cart': '/cart',
    'order look-up': '/orders',
    'page that is not there': '/nowhere',
  });
}

async function* problems({ page, admin }: Hands) {
  const fewer = await admin.makeProduct([{ stock: 9 }]);
  const dearer = await admin.makeProduct();
  const gone = await admin.makeProduct();
  await putInCart(page, fewer, 5);
  await putInCart(page, dearer);
  await putInCart(page, gone);
  yield 'cart';
  await admin.bookStock(fewer, -6);
  await admin.setPrice(dearer, '31.00', 10);
  await admin.setActive(gone, false);
  await proceed(page);
  await page.getByRole('alert').waitFor();
  yield 'cart with problems';
}

async function* purchase({ page, admin }: Hands) {
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  yield 'checkout: contact';
  await page.getByRole('button', { name: 'Go on to shipping' }).click();
  await page.getByRole('alert').waitFor();
  yield 'checkout: contact, refused';
  await giveContact(page, uniqueEmail());
  await page.getByRole('radio', { name: 'Express' }).check();
  yield 'checkout: shipping';
  await chooseShipping(page);
  await page.getByRole('radio', { name: 'Test card' }).check();
  yield 'checkout: payment';
  await payByCard(page, cards.approved);
  await placeButton(page).waitFor();
  yield 'checkout: review';
  await placeButton(page).click();
  await orderNumber(page);
  yield 'order';
}

export const shopTours: Record<string, Tour> = {
  'lists of products': lists,
  'single pages': single,
  'cart and its problems': problems,
  'way from the cart to the order': purchase,
};

async function* signInPage({ page }: Hands) {
  yield* through(page, { 'staff sign-in': '/admin/sign-in' });
  await page.getByLabel('E-mail').fill('nobody@example.com');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  yield 'staff sign-in, refused';
}

async function* products({ page }: Hands) {
  yield* through(page, { products: '/admin/products', 'new product': '/admin/products/new' });
  await page.getByRole('button', { name: 'Create product' }).click();
  await page.getByRole('alert').waitFor();
  yield 'new product, refused';
  await page.goto('/admin/products?q=over-ear');
  await page.getByRole('link', { name: 'Over-Ear Headphones' }).click();
  await page.getByRole('heading', { level: 1, name: 'Over-Ear Headphones' }).waitFor();
  yield 'product';
}

async function* orders({ page, admin, playwright }: Hands) {
  const product = await admin.makeProduct();
  const { order_number } = await order(playwright, product, 1, uniqueEmail());
  yield* through(page, {
    'orders without a hit': '/admin/orders?q=zzqqxx',
    orders: '/admin/orders',
  });
  await page.goto(`/admin/orders?q=${order_number}`);
  await page.getByRole('link', { name: order_number }).click();
  await page.getByRole('heading', { level: 1, name: `Order ${order_number}` }).waitFor();
  yield 'order';
}

/** `page` need not be signed in. */
export const doorTour: Tour = signInPage;

/** `page` is signed in. */
export const adminTours: Record<string, Tour> = { products, orders };
