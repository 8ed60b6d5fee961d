import { hydrated, unfold } from '../support/shop';
import { expect, test } from '../support/test';

test.describe('search', () => {
  test('finds words of titles and their beginnings', async ({ page }) => {
    for (const text of ['headphones', 'HEADPH', 'over ear']) {
      await page.goto(`/products?q=${encodeURIComponent(text)}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Results for “${text}”`);
      await expect(page.getByRole('main').getByRole('article').first()).toContainText(
        'Over-Ear Headphones',
      );
    }
  });

  test('finds other forms of words, words in one or two, and one mistake', async ({ page }) => {
    for (const [text, title] of [
      ['knives', "Cook's Knife"],
      ['yoyos', 'Turned Yo-Yo'],
      ['head phones', 'Over-Ear Headphones'],
      ['teapott', 'Stoneware Teapot'],
      ['baskett', 'Willow Basket'],
    ] as const) {
      await page.goto(`/products?q=${encodeURIComponent(text)}`);
      await expect(page.getByRole('main').getByRole('article').first()).toContainText(title);
    }
  });

  test('suggests what was meant for a word with a mistake in it', async ({ page }) => {
    await page.goto('/');
    await hydrated(page);
    await page.getByRole('combobox', { name: 'Search the shop' }).pressSequentially('baskett');
    const list = page.getByRole('listbox', { name: 'Suggestions' });
    await expect(list.getByRole('option')).toHaveText([/Willow Basket/]);
  });

  test('suggests products, marks what was typed and closes on Escape', async ({ page }) => {
    await page.goto('/');
    await hydrated(page);
    const field = page.getByRole('combobox', { name: 'Search the shop' });
    const list = page.getByRole('listbox', { name: 'Suggestions' });
    await field.pressSequentially('teap');
    await expect(list.getByRole('option')).toHaveText([/Stoneware Teapot.*€42\.00/]);
    await expect(list.locator('mark')).toHaveText('Teap');
    await expect(field).toHaveAttribute('aria-expanded', 'true');
    await field.press('Escape');
    await expect(list).toBeHidden();

    await field.press('o');
    await list.getByRole('option').click();
    await expect(page).toHaveURL(/\/products\/stoneware-teapot$/);
  });

  test('that finds nothing says so and offers ways on', async ({ page }) => {
    await page.goto('/products?q=zzqqxx&in_stock=1');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No results for “zzqqxx”');
    await expect(page.getByRole('heading', { name: 'Popular right now' })).toBeVisible();
    await page.getByRole('link', { name: 'Remove filter: “zzqqxx”' }).click();
    await expect(page).toHaveURL(/\/products\?in_stock=1$/);
    await expect(page.getByRole('main').getByRole('article')).toHaveCount(24);
  });
});

test.describe('filters', () => {
  test('narrow a category down, with counts that hold', async ({ page }) => {
    await page.goto('/');
    await page
      .getByRole('banner')
      .getByRole('navigation')
      .getByRole('link', { name: 'Kitchen' })
      .click();
    const cards = page.getByRole('main').getByRole('article');
    await expect(cards).toHaveCount(7);
    await expect(page.getByRole('status').first()).toHaveText('7 products');

    await unfold(page, 'Size');
    const large = page.getByRole('group', { name: 'Size' }).getByRole('checkbox', { name: /^L/ });
    await expect(large).toHaveAccessibleName('L 3');
    await large.check();
    await expect(page).toHaveURL(/\?opt\.size=L$/);
    await expect(cards).toHaveCount(3);

    await unfold(page, 'Colour');
    await page
      .getByRole('group', { name: 'Colour' })
      .getByRole('checkbox', { name: /^Blue/ })
      .check();
    await page.getByRole('checkbox', { name: 'Hide sold-out items' }).check();
    await page.getByLabel('Lowest price').fill('20');
    await page.getByLabel('Lowest price').press('Enter');
    await expect(cards).toHaveText([/Stoneware Bowl/]);
    await expect(page).toHaveURL(/\?min=20&in_stock=1&opt\.colour=Blue&opt\.size=L$/);
  });

  test('say which two amounts a price could mean', async ({ page }) => {
    await page.goto('/products');
    const lowest = page.getByLabel('Lowest price');
    await lowest.fill('1.000');
    await lowest.press('Enter');
    await expect(page).toHaveURL(/\?min=1\.000$/);
    await expect(lowest).toHaveValue('1.000');
    await expect(lowest).toHaveAccessibleDescription(/1\.000 could mean 1\.00 or 1,000\.00/);
    await expect(page.getByRole('main').getByRole('article')).toHaveCount(24);
  });

  test('come off one by one, and all at once', async ({ page }) => {
    await page.goto('/categories/kitchen?tag=wood&min=40&opt.size=L');
    const cards = page.getByRole('main').getByRole('article');
    await expect(cards).toHaveText([/Cutting Board/]);
    const chips = page.getByRole('list', { name: 'Active filters' });
    await expect(chips.getByRole('link', { name: /^Remove filter/ })).toHaveText([
      /wood/,
      /from €40\.00/,
      /Size: L/,
    ]);
    await chips.getByRole('link', { name: /Size: L/ }).click();
    await expect(page).toHaveURL(/\/categories\/kitchen\?tag=wood&min=40$/);
    await chips.getByRole('link', { name: /from/ }).click();
    await expect(cards).toHaveCount(2);
    await page.goto('/categories/kitchen?tag=wood&min=40');
    await chips.getByRole('link', { name: 'Clear all' }).click();
    await expect(page).toHaveURL(/\/categories\/kitchen$/);
    await expect(cards).toHaveCount(7);
  });

  test('need one variant that has all of them', async ({ page }) => {
    // There are large and blue towels, but no large blue ones are left.
    await page.goto('/products?q=terry+towels&opt.size=L&opt.colour=Blue');
    await expect(page.getByRole('main').getByRole('article')).toHaveCount(1);
    await page.goto('/products?q=terry+towels&opt.size=L&opt.colour=Blue&in_stock=1');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No results for “terry towels”');
  });
});

test('sorting by price and by name keeps the filters', async ({ page }) => {
  await page.goto('/categories/home?in_stock=1');
  const prices = page.getByRole('main').getByRole('article').locator('.price-now');
  const amounts = async () =>
    (await prices.allTextContents()).map((text) => Number(text.replace(/[^\d.]/g, '')));

  await page.getByLabel('Sort by').selectOption('Price: low to high');
  await expect(page).toHaveURL(/\?in_stock=1&sort=price-up$/);
  await expect(prices).toHaveCount(7);
  const up = await amounts();
  expect(up).toEqual([...up].sort((a, b) => a - b));

  await page.getByLabel('Sort by').selectOption('Name');
  await expect(page).toHaveURL(/\?in_stock=1&sort=name$/);
  const links = page.getByRole('main').getByRole('article').getByRole('link');
  await expect(links).toHaveCount(7);
  const titles = await links.allTextContents();
  expect(titles).toEqual([...titles].sort((a, b) => a.localeCompare(b)));
});

test('a long list comes in pages', async ({ page }) => {
  await page.goto('/products?sort=name');
  const count = page.getByRole('status').first();
  await expect(count).toHaveText(/^1–24 of \d+ products$/);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await expect(pages.getByText('Previous')).toHaveAttribute('aria-disabled', 'true');
  await pages.getByRole('link', { name: 'Page 2' }).click();
  await expect(page).toHaveURL(/\?sort=name&page=2$/);
  await expect(count).toHaveText(/^25–\d+ of \d+ products$/);
  await expect(pages.getByRole('link', { name: 'Page 2' })).toHaveAttribute('aria-current', 'page');
  await pages.getByRole('link', { name: 'Previous' }).click();
  await expect(page).toHaveURL(/\?sort=name$/);

  await page.goto('/products?page=999');
  await page.getByRole('link', { name: 'Go to the last page' }).click();
  await expect(page.getByRole('main').getByRole('article').first()).toBeVisible();
});

test('senseless values in the address are ignored', async ({ page }) => {
  const address =
    '/products?sort=sideways&page=-4&min=cheap&in_stock=perhaps&opt.=x&utm_source=mail';
  const response = await page.goto(address);
  expect(response?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1, name: 'All products' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(24);
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', /\/products$/);
});

test('a product page says what there is to know', async ({ page }) => {
  await page.goto('/products/over-ear-headphones');
  await expect(page).toHaveTitle(/^Over-Ear Headphones/);
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute(
    'href',
    /\/products\/over-ear-headphones$/,
  );
  const info = page.locator('.product-info');
  await expect(info).toContainText('€139.00');
  await expect(info).toContainText('€169.00');
  await expect(info).toContainText('You save €30.00');
  // Live stock turns the words into a number when it arrives.
  await expect(info).toContainText(/in stock/i);
  await expect(page.getByRole('heading', { name: 'You may also like' })).toBeVisible();

  const data = await page.locator('script[type="application/ld+json"]').allTextContents();
  const types = data.map((text) => (JSON.parse(text) as { '@type': string })['@type']);
  // It comes in three colours.
  expect(types).toEqual(['ProductGroup', 'BreadcrumbList']);

  await page
    .getByRole('navigation', { name: 'Breadcrumbs' })
    .getByRole('link', { name: 'Music & Audio' })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Music & Audio' })).toBeVisible();
});

test('choosing a variant shows its price and availability and marks what is sold out', async ({
  page,
}) => {
  await page.goto('/products/holdfast-rope');
  await hydrated(page);
  const info = page.locator('.product-info');
  await expect(info.locator('.price-now')).toContainText('€22.00');
  await page.getByRole('radio', { name: '30 m', exact: true }).check();
  await expect(info.locator('.price-now')).toContainText('€52.00');
  const red = page.getByRole('radio', { name: /^Red/ });
  await expect(red).toHaveAccessibleName('Red sold out');
  await red.check();
  await expect(info.locator('.status')).toHaveText('Sold out');
  await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
  await page.getByRole('radio', { name: 'Blue', exact: true }).check();
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeEnabled();

  await page.reload();
  await expect(page.getByRole('radio', { name: '30 m', exact: true })).toBeChecked();
  await expect(info.locator('.price-now')).toContainText('€52.00');
});

test('a product that is sold out cannot be added', async ({ page }) => {
  await page.goto('/products/building-blocks');
  await expect(page.locator('.product-info .status')).toHaveText('Sold out');
  await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
});

test('a choice that is sold out leads to others', async ({ page, admin }) => {
  const product = await admin.makeProduct(
    [
      { options: ['Red'], stock: 0 },
      { options: ['Blue'], stock: 8 },
    ],
    ['Colour'],
  );
  await page.goto(`/products/${product.slug}`);
  await hydrated(page);
  const other = page.locator('.instead').getByRole('link', { name: 'Blue' });
  await expect(other).toBeHidden();
  await page.getByRole('radio', { name: /^Red/ }).check();
  await other.click();
  await expect(page.getByRole('radio', { name: 'Blue', exact: true })).toBeChecked();
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeEnabled();
});

test('what is not there is answered with 404 and a page that helps', async ({ page }) => {
  // The inactive product exists, but not for shoppers.
  for (const path of [
    '/nowhere',
    '/products/nothing-such',
    '/products/stoneware-vase',
    '/categories/nothing-such',
    '/orders/no-such-order',
  ]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
  }
  const again = page.getByRole('search', { name: 'Search again' });
  await again.getByLabel('Search the shop').fill('compass');
  await again.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('main').getByRole('article')).toHaveText([/Pocket Compass/]);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('no page is wider than the screen', async ({ page, admin }) => {
    const product = await admin.makeProduct();
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await expect(page.getByText('Added to your cart')).toBeVisible();
    const paths = ['/', '/products', '/categories/kitchen?opt.size=L', '/products?q=zzqqxx'];
    paths.push(
      '/products/terry-towels',
      '/products/building-blocks',
      '/cart',
      '/checkout',
      '/orders',
    );
    paths.push('/nowhere', '/admin/sign-in');
    for (const path of paths) {
      await page.goto(path);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, `width of ${path}`).toBeLessThanOrEqual(360);
    }
  });

  test('a bar buys while the button is out of sight', async ({ page, admin }) => {
    const product = await admin.makeProduct([{ price: '30.00' }]);
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    const bar = page.locator('.buy-bar');
    const button = page.getByRole('button', { name: 'Add to cart' });
    await button.scrollIntoViewIfNeeded();
    await expect(bar).toBeHidden();
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
    await expect(bar).toBeVisible();
    await expect(bar).toContainText('€30.00');
    await bar.locator('button').click();
    await expect(page.getByRole('dialog', { name: 'Your cart' })).toContainText(product.title);
  });

  test('the menu unfolds', async ({ page }) => {
    await page.goto('/categories/kitchen');
    const categories = page.locator('.site-nav');
    await expect(categories).toBeHidden();
    await page.locator('.nav-toggle > summary').click();
    await categories.getByRole('link', { name: 'Toys & Games' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Toys & Games' })).toBeVisible();
  });
});
