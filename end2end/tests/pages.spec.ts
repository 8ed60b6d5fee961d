import { violations } from '../support/axe';
import { mail } from '../support/mailbox';
import { expect, test } from '../support/test';
import { unique } from '../support/unique';

test('an owner publishes a page, and shoppers read it', async ({ adminPage: page, newVisitor }) => {
  const title = unique('Our story');

  await test.step('gaps keep it from being published', async () => {
    await page.goto('/admin/pages/new');
    await page.getByLabel('Title', { exact: true }).fill(title);
    await page.getByRole('textbox', { name: 'Text' }).fill('## Since 1921\n\nBy [[Your name]].');
    await page.getByLabel('Status').selectOption('Published');
    await page.getByRole('button', { name: 'Create page' }).click();
    await expect(page.getByRole('alert')).toContainText('Fill in the gaps');
    await expect(page.getByLabel('Title', { exact: true })).toHaveValue(title);
    await expect(page.getByRole('listitem').filter({ hasText: /^Your name$/ })).toBeVisible();
  });

  await test.step('a preview shows it and saves nothing', async () => {
    await page.getByRole('textbox', { name: 'Text' }).fill('## Since 1921\n\nBy *all of us*.');
    await page.getByText('Preview', { exact: true }).click();
    await page.getByRole('button', { name: 'Update preview' }).click();
    await expect(page.getByText('Not saved yet.')).toBeVisible();
    await expect(page.getByRole('heading', { level: 2, name: 'Since 1921' })).toBeVisible();
  });

  await test.step('it is published', async () => {
    await page.getByRole('button', { name: 'Create page' }).click();
    await expect(page.getByRole('status')).toContainText('Page saved.');
    const address = await page.getByRole('link', { name: 'View in the shop' }).getAttribute('href');
    const reader = await newVisitor();
    await reader.goto(address ?? '');
    await expect(reader.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(reader.getByRole('heading', { level: 2, name: 'Since 1921' })).toBeVisible();
  });

  await test.step('it is deleted', async () => {
    await page.getByText('Delete this page').click();
    await page.getByRole('button', { name: 'Delete permanently' }).click();
    await expect(page.getByRole('status')).toContainText('Page deleted.');
    await expect(page.getByRole('link', { name: title })).toHaveCount(0);
  });
});

test('a demo shop has legal pages in its footer that say they are examples', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Imprint' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Imprint' })).toBeVisible();
  await expect(page.getByRole('note')).toContainText('demonstration');
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a message is sent from the contact page', async ({ page }) => {
    const words = unique('Is the rope long enough?');
    await page.goto('/pages/contact');
    await page.getByLabel('Your name').fill('Kim Larch');
    await page.getByLabel('Message').fill(words);
    await page.getByRole('button', { name: 'Send message' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByLabel('Your e-mail address')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('Message')).toHaveValue(words);
    await page.getByLabel('Your e-mail address').fill('kim@example.com');
    await page.getByRole('button', { name: 'Send message' }).click();
    await expect(page.getByRole('status')).toContainText('Your message has been sent.');
    expect(await mail('contact@example.com', words)).toContain('Reply-To: kim@example.com');
  });
});

test('a menu of three levels opens by keyboard, and without script', async ({
  page,
  admin,
  newVisitor,
}) => {
  const label = unique('More');
  const made: string[] = [];
  const add = async (item: Record<string, string>): Promise<string> => {
    const id = await admin.addMenuItem({ place: 'header', ...item });
    made.push(id);
    return id;
  };
  try {
    // The categories stay: other tests use them at the same time.
    const categories = [
      ['Kitchen', 'kitchen'],
      ['Toys & Games', 'toys-games'],
      ['Desk', 'desk'],
    ] as const;
    for (const [name, slug] of categories) {
      await add({ label: name, target: 'address', address: `/categories/${slug}` });
    }
    const top = await add({ label, target: 'heading' });
    const middle = await add({
      label: 'All goods',
      target: 'address',
      address: '/products',
      parent_id: top,
    });
    await add({
      label: 'Newest first',
      target: 'address',
      address: '/products?sort=newest',
      parent_id: middle,
    });

    const without = await newVisitor({ javaScriptEnabled: false });
    for (const person of [page, without]) {
      await person.goto('/');
      const nav = person.getByRole('banner').getByRole('navigation');
      const deep = nav.getByRole('link', { name: 'Newest first' });
      await expect(deep).toBeHidden();
      await nav.locator('summary', { hasText: label }).focus();
      await person.keyboard.press('Enter');
      await expect(deep).toBeVisible();
      await person.keyboard.press('Tab');
      await expect(nav.getByRole('link', { name: 'All goods' })).toBeFocused();
      await person.keyboard.press('Tab');
      await expect(deep).toBeFocused();
    }
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await violations(page)).toEqual([]);
    }
    await without.keyboard.press('Enter');
    await expect(without).toHaveURL(/sort=newest/);
  } finally {
    for (const id of made.slice(0, 4)) {
      await admin.deleteMenuItem(id);
    }
  }
});
