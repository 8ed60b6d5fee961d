import type { Locator, Page } from '@playwright/test';

import type { MadeProduct } from '../support/admin';
import { order } from '../support/buyer';
import { patient } from '../support/environment';
import { hydrated, putInCart } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

const EVENTS = '**/api/stock/events?*';

function status(page: Page): Locator {
  return page.locator('.product-info .status');
}

/** What is said aloud of the stock. */
function spoken(page: Page): Locator {
  return page.locator('.product-info .status + [role=status]');
}

async function look(page: Page, product: MadeProduct): Promise<void> {
  await page.goto(`/products/${product.slug}`);
  await hydrated(page);
}

test('the number on a product page follows what others buy', async ({
  page,
  admin,
  playwright,
}) => {
  const product = await admin.makeProduct([{ stock: 12 }]);
  await look(page, product);
  await expect(status(page)).toHaveText('12 in stock');
  await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));
  await order(playwright, product, 5, uniqueEmail());
  await expect(status(page)).toHaveText('7 in stock');
  await expect(spoken(page), 'a number alone is not worth a word').toHaveText('');
  await admin.bookStock(product, -5);
  await expect(status(page)).toHaveText('Only 2 left');
  await expect(spoken(page)).toHaveText('Only a few left');
  await expect(page.locator('body')).toHaveAttribute('data-not-reloaded');
});

test('large numbers are not told', async ({ page, admin }) => {
  await look(page, await admin.makeProduct([{ stock: 5000 }]));
  await expect(status(page)).toHaveText('More than 20 in stock');
});

test('what sells out meanwhile cannot be added, and what comes back can', async ({
  page,
  admin,
}) => {
  const product = await admin.makeProduct(
    [
      { options: ['Red'], stock: 2 },
      { options: ['Blue'], stock: 8 },
    ],
    ['Colour'],
  );
  await look(page, product);
  await expect(status(page)).toHaveText('Only 2 left');
  await admin.bookStock(product, -2);
  await expect(status(page)).toHaveText('Sold out');
  await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
  await expect(page.getByRole('radio', { name: /^Red/ })).toHaveAccessibleName('Red sold out');
  await page.getByRole('radio', { name: 'Blue', exact: true }).check();
  await expect(status(page)).toHaveText('8 in stock');
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeEnabled();
  await page.getByRole('radio', { name: /^Red/ }).check();
  await admin.bookStock(product, 3);
  await expect(status(page)).toHaveText('Only 3 left');
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeEnabled();
});

test('the lines of the cart share one connection', async ({ page, admin, playwright }) => {
  const [few, many] = [
    await admin.makeProduct([{ stock: 4 }]),
    await admin.makeProduct([{ stock: 9 }]),
  ];
  const line = (product: MadeProduct) =>
    page.getByRole('listitem').filter({ hasText: product.title }).locator('.status');
  await putInCart(page, few, 3);
  const streams: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/stock')) streams.push(request.url());
  });
  await putInCart(page, many, 1);
  await expect(line(few)).toHaveText('Only 4 left');
  await expect(line(many)).toHaveText('9 in stock');
  // The page with one line, left meanwhile, may have asked for that one.
  expect(streams.filter((url) => url.includes(','))).toHaveLength(1);
  expect(streams.at(-1)).toContain(',');
  await order(playwright, few, 2, uniqueEmail());
  await expect(line(few)).toHaveText('Only 2 left. You asked for 3.');
  await admin.bookStock(few, -2);
  await expect(line(few)).toHaveText('Sold out');
  await expect(line(many)).toHaveText('9 in stock');
});

for (const [name, body] of [
  ['has no stream', undefined],
  ['breaks off twice', 'retry: 20\n\n'],
] as const) {
  test(`a page that ${name} asks now and then`, async ({ page, admin }) => {
    const product = await admin.makeProduct([{ stock: 12 }]);
    let tries = 0;
    await page.route(EVENTS, async (route) => {
      tries += 1;
      // An answer without content tells the browser not to try again.
      await (body === undefined
        ? route.fulfill({ status: 204 })
        : route.fulfill({ contentType: 'text/event-stream', body }));
    });
    await look(page, product);
    await expect(status(page)).toHaveText('12 in stock');
    await expect.poll(() => tries).toBe(body === undefined ? 1 : 2);
    await admin.bookStock(product, -3);
    // It asks every ten seconds.
    await expect(status(page)).toHaveText('9 in stock');
    expect(tries).toBe(body === undefined ? 1 : 2);
  });
}

test('a page nobody looks at needs no connection', async ({ page, admin }) => {
  const product = await admin.makeProduct([{ stock: 12 }]);
  await page.addInitScript(() => {
    const opened: EventSource[] = [];
    const Source = window.EventSource;
    window.EventSource = class extends Source {
      constructor(url: string) {
        super(url);
        opened.push(this);
      }
    };
    let hidden = false;
    Object.defineProperty(document, 'hidden', { get: () => hidden });
    Object.assign(window, {
      open_streams: () => opened.filter((one) => one.readyState !== Source.CLOSED).length,
      hide: (now: boolean) => {
        hidden = now;
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      },
    });
  });
  const streams = () => page.evaluate<number>('open_streams()');
  await look(page, product);
  await expect(status(page)).toHaveText('12 in stock');
  expect(await streams()).toBe(1);
  await page.evaluate('hide(true)');
  expect(await streams()).toBe(0);
  await admin.bookStock(product, -2);
  await page.evaluate('hide(false)');
  await expect(status(page)).toHaveText('10 in stock');
  expect(await streams()).toBe(1);
  await page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  expect(await streams()).toBe(0);
});

test('the page as it comes says no number', async ({ page, admin }) => {
  const product = await admin.makeProduct([{ stock: 12 }]);
  const html = await (await page.request.get(`/products/${product.slug}`, patient)).text();
  expect(html).toContain('In stock');
  expect(html).not.toContain('12 in stock');
});
