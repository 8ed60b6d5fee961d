import type { Page } from '@playwright/test';

import { violations } from '../support/axe';
import { cartBadge, hydrated, unfold } from '../support/shop';
import { expect, test } from '../support/test';

const cards = (page: Page) => page.getByRole('main').getByRole('article');
const count = (page: Page) => page.locator('.listing-count');
const inStock = (page: Page) => page.getByRole('checkbox', { name: 'Hide sold-out items' });

/** Fails if the page is loaded again from here on. */
async function stays(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => document.documentElement.setAttribute('data-same-page', ''));
  return async () => expect(page.locator('html')).toHaveAttribute('data-same-page', '');
}

test.describe('with script a list follows at once', () => {
  test('a filter, with the focus where it was and no page loaded', async ({ page }) => {
    await page.goto('/categories/kitchen');
    const expectSame = await stays(page);
    await unfold(page, 'Size');
    const large = page.getByRole('group', { name: 'Size' }).getByRole('checkbox', { name: /^L/ });
    await large.focus();
    await page.keyboard.press('Space');
    await expect(page).toHaveURL(/\/categories\/kitchen\?opt\.size=L$/);
    await expect(cards(page)).toHaveCount(3);
    await expect(count(page)).toHaveText('3 products');
    await expect(large).toBeFocused();
    await expect(large).toBeChecked();
    await expect(page.getByRole('link', { name: 'Remove filter: Size: L' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Apply' })).toBeHidden();

    await page.keyboard.press('Space');
    await expect(page).toHaveURL(/\/categories\/kitchen$/);
    await expect(cards(page)).toHaveCount(7);
    await expect(large).toBeFocused();
    await expectSame();
  });

  test('several filters that are chosen one right after the other', async ({ page }) => {
    await page.goto('/categories/kitchen');
    await unfold(page, 'Size');
    await page.getByRole('group', { name: 'Size' }).getByRole('checkbox', { name: /^L/ }).check();
    await inStock(page).check();
    await page.getByLabel('Sort by').selectOption('Price: low to high');
    await expect(page).toHaveURL(/\?in_stock=1&opt\.size=L&sort=price-up$/);
    await expect(page.getByLabel('Sort by')).toHaveValue('price-up');
    await expect(inStock(page)).toBeChecked();
  });

  test('the browser’s way back and on', async ({ page }) => {
    await page.goto('/categories/kitchen');
    const expectSame = await stays(page);
    await unfold(page, 'Size');
    await page.getByRole('group', { name: 'Size' }).getByRole('checkbox', { name: /^L/ }).check();
    await expect(cards(page)).toHaveCount(3);
    await page.getByLabel('Sort by').selectOption('Name');
    await expect(page).toHaveURL(/\?opt\.size=L&sort=name$/);

    await page.goBack();
    await expect(page).toHaveURL(/\?opt\.size=L$/);
    await expect(page.getByLabel('Sort by')).toHaveValue('featured');
    await expect(cards(page)).toHaveCount(3);
    await page.goBack();
    await expect(page).toHaveURL(/\/categories\/kitchen$/);
    await expect(cards(page)).toHaveCount(7);
    await page.goForward();
    await expect(cards(page)).toHaveCount(3);
    await expectSame();

    // Also into a page that was loaded again in between.
    await page.reload();
    await page.goBack();
    await expect(page).toHaveURL(/\/categories\/kitchen$/);
    await expect(cards(page)).toHaveCount(7);
  });

  test('a filter that is taken off, with the focus on the next', async ({ page }) => {
    await page.goto('/categories/kitchen?min=40&opt.size=L');
    const expectSame = await stays(page);
    const chips = page.getByRole('list', { name: 'Active filters' });
    await chips.getByRole('link', { name: /from/ }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/categories\/kitchen\?opt\.size=L$/);
    await expect(chips.getByRole('link', { name: /Size: L/ })).toBeFocused();
    await expectSame();
  });

  test('filters that leave nothing, and can be changed', async ({ page }) => {
    await page.goto('/categories/kitchen');
    const expectSame = await stays(page);
    await page.getByLabel('Highest price').fill('1');
    await page.getByLabel('Highest price').press('Enter');
    await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kitchen');
    await page.getByLabel('Highest price').fill('');
    await page.getByLabel('Highest price').press('Enter');
    await expect(cards(page)).toHaveCount(7);
    await expectSame();
  });

  test('nothing else moves', async ({ page }) => {
    await page.goto('/categories/kitchen');
    const side = page.getByRole('complementary', { name: 'Filters' });
    const before = await side.boundingBox();
    const scrolled = await page.evaluate(() => {
      scrollTo(0, 120);
      return scrollY;
    });
    await page.getByLabel('Sort by').selectOption('Name');
    await expect(page).toHaveURL(/sort=name$/);
    await expect(page.locator('.listing-results')).not.toHaveAttribute('aria-busy');
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
    const after = await side.boundingBox();
    expect(after?.x).toBe(before?.x);
    expect((after?.y ?? 0) + scrolled).toBeCloseTo(before?.y ?? 0, 0);
  });
});

test('everything is filtered by category, price, availability and colour alone', async ({ page }) => {
  await page.goto('/products');
  const titles = page.locator('.filters .filter-title');
  await expect(titles).toHaveText([/^Category/, /^Price/, /^Availability/, /^Colour/]);
  await expect(page.getByLabel('Sort by').locator('option').first()).toHaveText('Featured');
  await page.goto('/products?q=bowl');
  await expect(page.getByLabel('Sort by').locator('option').first()).toHaveText('Relevance');
});

test('hearts stay marked on cards that a filter brings back', async ({ page, admin }) => {
  const product = await admin.makeProduct();
  await page.goto(`/products?q=${encodeURIComponent(product.title)}`);
  await hydrated(page);
  const heart = cards(page).getByRole('button', { name: /^Save/ });
  await heart.click();
  await expect(heart).toHaveAttribute('aria-pressed', 'true');
  await inStock(page).check();
  await expect(page).toHaveURL(/in_stock=1$/);
  await expect(heart).toHaveAttribute('aria-pressed', 'true');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  const drawer = (page: Page) => page.getByRole('dialog', { name: 'Filters' });
  const toggle = (page: Page) => page.locator('.filters-toggle > summary');

  test('filters are in a drawer that says what they leave', async ({ page }) => {
    await page.goto('/categories/kitchen');
    const expectSame = await stays(page);
    await expect(inStock(page)).toBeHidden();
    await toggle(page).focus();
    await page.keyboard.press('Enter');
    await expect(drawer(page)).toBeVisible();
    await expect(drawer(page).getByRole('button', { name: 'Show 7 results' })).toBeInViewport();

    await unfold(page, 'Size');
    const sizes = drawer(page).getByRole('group', { name: 'Size' });
    const large = sizes.getByRole('checkbox', { name: /^L/ });
    await large.check();
    await expect(drawer(page).getByRole('button', { name: 'Show 3 results' })).toBeInViewport();
    await expect(drawer(page).getByRole('status')).toHaveText('3 products');
    await expect(large).toBeFocused();
    await inStock(page).check();
    await expect(page).toHaveURL(/\?in_stock=1&opt\.size=L$/);

    // The focus does not leave the drawer for what is behind it.
    for (let press = 0; press < 30; press += 1) {
      await page.keyboard.press('Tab');
      const isOutside = await page.evaluate(() => {
        const at = document.activeElement;
        return at !== document.body && at?.closest('dialog') === null;
      });
      expect(isOutside).toBe(false);
    }
    await drawer(page).getByRole('button', { name: /^Show \d results?$/ }).click();
    await expect(drawer(page)).toBeHidden();
    await expect(toggle(page)).toBeFocused();
    await expect(toggle(page)).toContainText('2');
    await expectSame();

    // What was done in the drawer is one step.
    await page.goBack();
    await expect(page).toHaveURL(/\/categories\/kitchen$/);
    await expect(cards(page)).toHaveCount(7);
  });

  test('Escape and a touch beside the drawer close it', async ({ page }) => {
    await page.setViewportSize({ width: 700, height: 844 });
    await page.goto('/products');
    await toggle(page).click();
    await expect(drawer(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(drawer(page)).toBeHidden();
    await expect(toggle(page)).toBeFocused();
    await toggle(page).click();
    await page.mouse.click(40, 400);
    await expect(drawer(page)).toBeHidden();
    await toggle(page).click();
    await page.setViewportSize({ width: 1280, height: 844 });
    await expect(drawer(page)).toBeHidden();
    await expect(inStock(page)).toBeVisible();
  });

  test('axe finds nothing in the drawer', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/categories/kitchen');
    await toggle(page).click();
    await unfold(page, 'Size');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page)).toEqual([]);
    }
  });
});

test.describe('a product without options', () => {
  test('goes into the cart from its card, and the counter follows', async ({ page, admin }) => {
    const product = await admin.makeProduct();
    await page.goto(`/products?q=${encodeURIComponent(product.title)}`);
    await hydrated(page);
    const add = page.getByRole('button', { name: `Add ${product.title} to cart` });
    await add.click();
    const cart = page.getByRole('dialog', { name: 'Your cart' });
    await expect(cart.getByRole('status')).toHaveText('Added to your cart');
    await expect(cartBadge(page)).toHaveAccessibleName(/1/);
    await page.keyboard.press('Escape');
    await expect(add).toBeFocused();
    await add.click();
    await expect(cart.getByLabel(`Quantity of ${product.title}`)).toHaveValue('2');
    await expect(cartBadge(page)).toHaveAccessibleName(/2/);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await violations(page), `${width} px`).toEqual([]);
    }
    await page.getByRole('link', { name: 'View cart' }).click();
    await expect(page.getByRole('main')).toContainText(product.title);
  });

  test('says why it cannot be added', async ({ page, admin, watch }) => {
    const product = await admin.makeProduct([{ stock: 1 }]);
    await page.goto(`/products?q=${encodeURIComponent(product.title)}`);
    await hydrated(page);
    await admin.bookStock(product, -1);
    watch.expectRefusal(409);
    await page.getByRole('button', { name: `Add ${product.title} to cart` }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'sold out' })).toBeVisible();
    await expect(page).toHaveURL(/\/products\?q=/);
  });

  test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });

    test('goes into the cart, or its page says why not', async ({ page, admin }) => {
      const product = await admin.makeProduct([{ stock: 1 }]);
      const list = `/products?q=${encodeURIComponent(product.title)}`;
      const add = page.getByRole('button', { name: `Add ${product.title} to cart` });
      await page.goto(list);
      await add.click();
      await expect(page).toHaveURL(/\/cart$/);
      await expect(page.getByRole('main')).toContainText(product.title);
      await page.goto(list);
      await add.click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(product.title);
      await expect(page.getByRole('alert')).toContainText('Only 1 of');
    });
  });
});
