import type { Locator, Page } from '@playwright/test';

import type { Admin, MadeProduct } from '../support/admin';
import { violations } from '../support/axe';
import { cutOut, photograph, png } from '../support/png';
import { hydrated, putInCart } from '../support/shop';
import { expect, test } from '../support/test';
import { unique } from '../support/unique';

/** A cap in two colours with three pictures, the second of which is the red one's. */
async function cap(admin: Admin, adminPage: Page): Promise<MadeProduct> {
  const product = await admin.makeProduct(
    [{ options: ['Navy'] }, { options: ['Red'] }],
    ['Colour'],
  );
  await admin.addPicture(product, png(700, [30, 47, 82]));
  await admin.addPicture(product, png(700, [185, 48, 43]));
  await admin.addPicture(product, png(700, [120, 120, 120]));
  await adminPage.goto(`/admin/products/${product.id}`);
  const choice = adminPage.getByLabel('Picture of variant 2', { exact: true });
  await choice.selectOption({ index: 2 });
  await adminPage.getByRole('button', { name: 'Save product' }).click();
  await expect(adminPage.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  return product;
}

function gallery(page: Page) {
  return page.getByRole('region', { name: 'Pictures' });
}

/** How far the pictures are scrolled, in pictures. */
async function place(page: Page): Promise<number> {
  const track = page.locator('.gallery-track');
  return track.evaluate((track) => Math.round(track.scrollLeft / track.clientWidth));
}

function thumb(page: Page, number: number) {
  return gallery(page).getByRole('link', { name: `Show picture ${number}` });
}

/** How wide a picture is drawn, with what its frame cuts off, and how wide its `sizes` says. */
async function widths(image: Locator): Promise<{ drawn: number; told: number }> {
  await image.scrollIntoViewIfNeeded();
  await expect(image).toHaveJSProperty('complete', true);
  return image.evaluate(async (image: HTMLImageElement) => {
    const loaded = (name: (image: HTMLImageElement) => void) =>
      new Promise<HTMLImageElement>((done, fail) => {
        const other = document.createElement('img');
        other.addEventListener('load', () => done(other));
        other.addEventListener('error', () => fail(new Error(image.currentSrc)));
        name(other);
      });
    const file = await loaded((other) => (other.src = image.currentSrc));
    // How wide a picture without a style is, is what `sizes` comes to.
    const told = await loaded((other) => {
      other.sizes = image.sizes;
      other.srcset = `${image.currentSrc} ${file.naturalWidth}w`;
    });
    const asHigh = (image.clientHeight * file.naturalWidth) / file.naturalHeight;
    const drawn = {
      cover: Math.max(image.clientWidth, asHigh),
      contain: Math.min(image.clientWidth, asHigh),
    };
    const fit = getComputedStyle(image).objectFit as keyof typeof drawn;
    return { drawn: drawn[fit] ?? image.clientWidth, told: told.naturalWidth };
  });
}

async function expectInItsSize(image: Locator, name: string): Promise<void> {
  const { drawn, told } = await widths(image);
  const words = `${name}: ${Math.round(drawn)} px drawn, ${told} px told`;
  expect(Math.abs(told - drawn) / drawn, words).toBeLessThan(0.12);
}

/** Products with a picture each that one search finds, and nothing else; the words to search for. */
async function shelf(admin: Admin, pictures: Buffer[]): Promise<string> {
  const words = unique('Shaped Kite');
  for (const [at, picture] of pictures.entries()) {
    const product = await admin.makeProduct();
    await admin.addPicture(product, picture);
    await admin.rename(product, `${words} ${at + 1}`);
  }
  return words;
}

/** The frame of a picture, and the box of the picture in it, in pixels. */
async function boxes(image: Locator) {
  await image.scrollIntoViewIfNeeded();
  await expect(image).toHaveJSProperty('complete', true);
  return image.evaluate((image: HTMLImageElement) => {
    const box = (element: Element) => {
      const { width, height, top } = element.getBoundingClientRect();
      return { width, height, middle: top + height / 2 };
    };
    return {
      frame: box(image.closest('.pic')!),
      picture: box(image),
      fit: getComputedStyle(image).objectFit,
    };
  });
}

/** How much a picture differs from what is above it in its frame, as in WCAG: 1 is not at all. */
async function expectSeen(frame: Locator, name: string): Promise<void> {
  await frame.scrollIntoViewIfNeeded();
  await expect(frame.locator('img').first()).toHaveJSProperty('complete', true);
  const shot = (await frame.screenshot()).toString('base64');
  // Where no policy forbids to read a picture.
  const blank = await frame.page().context().newPage();
  const contrast = await blank.evaluate(async (shot) => {
    const bytes = Uint8Array.from(atob(shot), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const drawn = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true })!;
    drawn.drawImage(bitmap, 0, 0);
    const luminance = (high: number) => {
      const [x, y] = [Math.round(bitmap.width / 2), Math.round(bitmap.height * high)];
      const parts = [...drawn.getImageData(x, y, 1, 1).data].slice(0, 3).map((part) => {
        const value = part / 255;
        return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * parts[0]! + 0.7152 * parts[1]! + 0.0722 * parts[2]!;
    };
    const [ground, goods] = [luminance(0.04), luminance(0.5)];
    return (Math.max(ground, goods) + 0.05) / (Math.min(ground, goods) + 0.05);
  }, shot);
  await blank.close();
  expect(contrast, name).toBeGreaterThan(4.5);
}

const BLUE: [number, number, number] = [30, 47, 82];

test.describe('the pictures of a product', () => {
  test('follow what is chosen, and small ones leave no step in the history', async ({
    page,
    admin,
    adminPage,
  }) => {
    const product = await cap(admin, adminPage);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    expect(await place(page)).toBe(0);
    await expect(thumb(page, 1)).toHaveAttribute('aria-current', 'true');

    await page.getByRole('radio', { name: 'Red', exact: true }).check();
    await expect(thumb(page, 2)).toHaveAttribute('aria-current', 'true');
    expect(await place(page)).toBe(1);

    const steps = await page.evaluate(() => history.length);
    await thumb(page, 3).click();
    await expect(thumb(page, 3)).toHaveAttribute('aria-current', 'true');
    await thumb(page, 1).press('Enter');
    await expect(thumb(page, 1)).toHaveAttribute('aria-current', 'true');
    expect(await page.evaluate(() => history.length)).toBe(steps);
    expect(new URL(page.url()).hash).toBe('');
  });

  test('are enlarged over the page by keyboard', async ({ page, admin, adminPage }) => {
    const product = await cap(admin, adminPage);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    const first = gallery(page).getByRole('link', { name: 'Enlarge picture' }).first();
    await expect(thumb(page, 1)).toHaveAttribute('aria-current', 'true');
    await first.press('Enter');

    const dialog = page.getByRole('dialog', { name: 'Pictures' });
    await expect(dialog.getByRole('status')).toHaveText('1 / 3');
    await page.keyboard.press('ArrowRight');
    await expect(dialog.getByRole('status')).toHaveText('2 / 3');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(dialog.getByRole('status')).toHaveText('3 / 3');

    const zoom = dialog.getByRole('button', { name: 'Zoom' });
    const width = () => dialog.getByRole('img').evaluate((image) => image.clientWidth);
    const small = await width();
    await page.keyboard.press('+');
    await expect(zoom).toHaveAttribute('aria-pressed', 'true');
    expect(await width()).toBeGreaterThan(small);
    await page.keyboard.press('-');
    expect(await width()).toBe(small);

    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    // The page goes on where the shopper was.
    await expect(thumb(page, 3)).toHaveAttribute('aria-current', 'true');
    await expect(page.locator('#picture-3 a')).toBeFocused();
  });

  test('are enlarged by a click, and closed by one', async ({ page, admin, adminPage }) => {
    const product = await cap(admin, adminPage);
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    await expect(thumb(page, 1)).toHaveAttribute('aria-current', 'true');
    await page.locator('#picture-1 a').click();
    const dialog = page.getByRole('dialog', { name: 'Pictures' });
    await dialog.getByRole('img').click();
    await expect(dialog.getByRole('button', { name: 'Zoom' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page)).toEqual([]);
    }
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(dialog).toBeHidden();
  });

  test('are asked for in the size that they are shown in', async ({ page, admin, adminPage }) => {
    const product = await cap(admin, adminPage);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`/products/${product.slug}`);
      await expectInItsSize(page.locator('#picture-1 img'), `gallery at ${width} px`);
    }
  });

  test('of a card are two, the second under the pointer', async ({ page, admin, adminPage }) => {
    const product = await cap(admin, adminPage);
    await page.goto(`/products?q=${encodeURIComponent(product.title)}`);
    const card = page.getByRole('main').getByRole('article').first();
    const second = card.locator('.card-second');
    await expect(second).toBeHidden();
    await expect(card.getByText('2 colours')).toBeAttached();
    await card.hover();
    await expect(second).toBeVisible();
  });
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a finger goes from picture to picture over the page', async ({ page, admin, adminPage }) => {
    const product = await cap(admin, adminPage);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/products/${product.slug}`);
    await hydrated(page);
    await expect(thumb(page, 1)).toHaveAttribute('aria-current', 'true');
    await page.locator('#picture-1 a').tap();
    const dialog = page.getByRole('dialog', { name: 'Pictures' });
    const count = dialog.getByRole('status');
    await expect(count).toHaveText('1 / 3');

    const finger = await page.context().newCDPSession(page);
    const swipe = async (from: [number, number], to: [number, number]) => {
      const at = ([x, y]: [number, number]) => [{ x, y }];
      await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from) });
      await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(to) });
      await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await swipe([300, 400], [100, 410]);
    await expect(count).toHaveText('2 / 3');
    await swipe([100, 400], [300, 390]);
    await expect(count).toHaveText('1 / 3');
    await swipe([100, 400], [300, 400]);
    await expect(count).toHaveText('3 / 3');

    // Up and down is no way to another, and an enlarged one is moved.
    await swipe([200, 600], [150, 300]);
    await expect(count).toHaveText('3 / 3');
    await page.keyboard.press('+');
    await swipe([300, 400], [100, 400]);
    await expect(count).toHaveText('3 / 3');
  });
});

for (const { name, ratio, pictures } of [
  {
    name: 'portraits',
    ratio: 4 / 5,
    pictures: [photograph(600, 900, BLUE), photograph(500, 900, BLUE), cutOut(600, 600, BLUE)],
  },
  {
    name: 'landscapes',
    ratio: 5 / 4,
    pictures: [photograph(900, 600, BLUE), photograph(900, 500, BLUE), cutOut(300, 900, BLUE)],
  },
  {
    name: 'any shape',
    ratio: 1,
    pictures: [photograph(600, 900, BLUE), photograph(900, 600, BLUE), cutOut(300, 900, BLUE)],
  },
]) {
  test(`pictures of a list have even frames: ${name}`, async ({ page, admin }) => {
    const words = await shelf(admin, pictures);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`/products?q=${encodeURIComponent(words)}`);
      const images = page.getByRole('main').locator('.card-media img:first-child');
      await expect(images).toHaveCount(pictures.length);
      for (const image of await images.all()) {
        const { frame, picture, fit } = await boxes(image);
        expect(frame.width / frame.height).toBeCloseTo(ratio, 1);
        const isCutOut = await image.evaluate((image) => image.classList.contains('cut-out'));
        expect(fit).toBe(isCutOut ? 'contain' : 'cover');
        const part = isCutOut ? 0.72 : 1;
        // A picture higher than its frame would be cut off at its foot alone.
        expect(picture.width).toBeCloseTo(frame.width * part, 0);
        expect(picture.height).toBeCloseTo(frame.height * part, 0);
        expect(picture.middle).toBeCloseTo(frame.middle, 0);
        await expectInItsSize(image, `${name} at ${width} px`);
      }
    }
  });
}

for (const [name, wide, high] of [
  ['portrait', 600, 900],
  ['strip', 300, 900],
  ['landscape', 900, 600],
  ['panorama', 1200, 300],
] as const) {
  test(`all of a ${name} is shown on its product's page`, async ({ page, admin }) => {
    const product = await admin.makeProduct();
    await admin.addPicture(product, photograph(wide, high, BLUE));
    await admin.addPicture(product, cutOut(wide, high, BLUE));
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`/products/${product.slug}`);
      const first = page.locator('#picture-1 img');
      const { frame, picture, fit } = await boxes(first);
      expect(fit).toBe('contain');
      expect(picture.width).toBeCloseTo(frame.width, 0);
      expect(picture.height).toBeLessThanOrEqual(frame.height + 1);
      // No higher than its width asks for, so there is no frame above and below it.
      expect(picture.height).toBeLessThanOrEqual((picture.width * high) / wide + 1);
      await expectInItsSize(first, `${name} at ${width} px`);
      await expectInItsSize(page.locator('#picture-2 img'), `cut-out ${name} at ${width} px`);
    }
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nearly black goods are seen in the ${colorScheme} scheme`, async ({ page, admin }) => {
    const product = await admin.makeProduct();
    await admin.addPicture(product, cutOut(600, 600, [32, 36, 39]));
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(`/products?q=${encodeURIComponent(product.title)}`);
    const card = page.getByRole('main').getByRole('article').first();
    await expectSeen(card.locator('.pic').first(), 'card');
    await page.goto(`/products/${product.slug}`);
    await expectSeen(page.locator('#picture-1 .pic'), 'gallery');
    await putInCart(page, product);
    await expectSeen(page.getByRole('main').locator('.pic').first(), 'line of the cart');
  });
}

for (const width of [390, 800, 1280]) {
  test(`pictures are asked for in the size that they are shown in at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/');
    for (const [name, pictures] of [
      ['hero', '.hero-picture, .hero-item img'],
      ['tile', '.tile img'],
      ['card', '.card-media img:first-child'],
    ] as const) {
      await expectInItsSize(page.locator(pictures).first(), `${name} on the front page`);
    }
    await page.goto('/products');
    await expectInItsSize(page.locator('.card-media img:first-child').first(), 'card of a list');
    await page.goto('/products/pocket-compass');
    await expectInItsSize(page.locator('.card-media img:first-child').first(), 'related product');
  });
}

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a picture leads to its file, and pictures begin with that of the variant', async ({
    page,
    admin,
    adminPage,
  }) => {
    const product = await cap(admin, adminPage);
    await page.goto(`/products/${product.slug}?variant=${product.variants[1]!.id}`);
    const links = gallery(page).getByRole('link', { name: 'Enlarge picture' });
    await expect(links).toHaveCount(3);
    await expect(page.locator('.gallery-slide').first()).toHaveAttribute('id', 'picture-2');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const file = await links.first().getAttribute('href');
    expect(file).toMatch(/^\/media\/[\w-]+\.w700\.webp$/);
    const answer = await page.request.get(file ?? '');
    expect(answer.headers()['content-type']).toBe('image/webp');
  });
});
