import type { Page } from '@playwright/test';

import type { Admin, Playwright } from './admin';
import { order } from './buyer';
import { chooseShipping, giveContact, goToReview, proceed, putInCart } from './shop';
import { uniqueEmail } from './unique';

export interface Hands {
  page: Page;
  admin: Admin;
  playwright: Playwright;
  baseURL: string;
}

type Way = (hands: Hands) => Promise<unknown>;

const at = (path: string): Way => ({ page }) => page.goto(path);

async function toCheckout({ page, admin }: Hands): Promise<void> {
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
}

/** Every kind of page of the shop, and the way there. */
export const shopPages: Record<string, Way> = {
  home: at('/'),
  'list of everything': at('/products'),
  'filtered list': at('/categories/clothing-shoes?min=20&in_stock=1&opt.size=M&page=1'),
  'last page of a list': at('/products?page=3'),
  'search without a hit': at('/products?q=zzqqxx&tag=gift'),
  product: at('/products/trail-hiking-boot'),
  'product without options': at('/products/pocket-compass'),
  'sold-out product': at('/products/piano-accordion'),
  'empty cart': at('/cart'),
  cart: async ({ page, admin }) => putInCart(page, await admin.makeProduct()),
  'cart with problems': async ({ page, admin }) => {
    const product = await admin.makeProduct([{ stock: 9 }]);
    const dearer = await admin.makeProduct();
    const gone = await admin.makeProduct();
    await putInCart(page, product, 5);
    await putInCart(page, dearer);
    await putInCart(page, gone);
    await admin.bookStock(product, -6);
    await admin.setPrice(dearer, '31.00', 10);
    await admin.setActive(gone, false);
    await proceed(page);
    await page.getByRole('alert').waitFor();
  },
  'checkout: contact': toCheckout,
  'checkout: contact, refused': async (hands) => {
    await toCheckout(hands);
    await hands.page.getByRole('button', { name: 'Go on to shipping' }).click();
    await hands.page.getByRole('alert').waitFor();
  },
  'checkout: shipping': async (hands) => {
    await toCheckout(hands);
    await giveContact(hands.page, uniqueEmail());
    await hands.page.getByRole('radio', { name: 'Express' }).check();
  },
  'checkout: payment': async (hands) => {
    await toCheckout(hands);
    await giveContact(hands.page, uniqueEmail());
    await chooseShipping(hands.page);
    await hands.page.getByRole('radio', { name: 'Test card' }).check();
  },
  'checkout: review': async ({ page, admin }) => {
    await putInCart(page, await admin.makeProduct());
    await goToReview(page, uniqueEmail());
  },
  order: async ({ page, admin, playwright, baseURL }) => {
    const placed = await order(playwright, baseURL, await admin.makeProduct(), 1, uniqueEmail());
    await page.goto(`/orders/${placed.token}`);
  },
  'order look-up': at('/orders'),
  'page that is not there': at('/nowhere'),
  'staff sign-in': at('/admin/sign-in'),
};

/** Every kind of page of the admin area; `page` is signed in. */
export const adminPages: Record<string, Way> = {
  products: at('/admin/products'),
  'new product': at('/admin/products/new'),
  'new product, refused': async ({ page }) => {
    await page.goto('/admin/products/new');
    await page.getByRole('button', { name: 'Create product' }).click();
    await page.getByRole('alert').waitFor();
  },
  product: async ({ page }) => {
    await page.goto('/admin/products?q=over-ear');
    await page.getByRole('link', { name: 'Over-Ear Headphones' }).click();
    await page.getByRole('heading', { level: 1, name: 'Over-Ear Headphones' }).waitFor();
  },
  orders: async ({ page, admin, playwright, baseURL }) => {
    await order(playwright, baseURL, await admin.makeProduct(), 1, uniqueEmail());
    await page.goto('/admin/orders');
  },
  'orders without a hit': at('/admin/orders?q=zzqqxx'),
  order: async ({ page, admin, playwright, baseURL }) => {
    const { order_number } = await order(playwright, baseURL, await admin.makeProduct(), 1, uniqueEmail());
    await page.goto(`/admin/orders?q=${order_number}`);
    await page.getByRole('link', { name: order_number }).click();
    await page.getByRole('heading', { level: 1, name: `Order ${order_number}` }).waitFor();
  },
};
