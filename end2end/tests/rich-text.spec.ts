import { expect, test } from '../support/test';
import { unique } from '../support/unique';

test('a description is written as it will look, by keyboard', async ({ page, admin, adminPage }) => {
  const product = await admin.makeProduct();
  await adminPage.goto(`/admin/products/${product.id}`);
  const box = adminPage.getByRole('textbox', { name: 'Description', exact: true });
  await expect(box).toHaveText('It floats.');
  await expect(adminPage.getByLabel('Description (optional)', { exact: true })).toBeHidden();
  await box.click();
  await expect(box).toHaveAttribute('contenteditable', 'true');
  await box.press('ControlOrMeta+a');
  await box.pressSequentially('Of cork. ');
  const bold = adminPage.getByRole('button', { name: 'Bold', exact: true });
  await bold.click();
  await expect(bold).toHaveAttribute('aria-pressed', 'true');
  await box.pressSequentially('It floats');

  // The buttons are one stop, and arrows lead from one to the next.
  const bar = adminPage.getByRole('toolbar', { name: 'Formatting' });
  await expect(bar.locator('[tabindex="0"]')).toHaveCount(1);
  await bold.focus();
  await adminPage.keyboard.press('ArrowRight');
  await expect(adminPage.getByRole('button', { name: 'Italic', exact: true })).toBeFocused();

  await adminPage.getByRole('button', { name: 'Edit as HTML' }).click();
  const source = adminPage.getByLabel('Description (optional)', { exact: true });
  await expect(source).toHaveValue(/Of cork\..*<strong>.*It floats<\/strong>/);
  const words = unique('Seaworthy');
  await source.fill(`<h2>${words}</h2><p onclick="x()">Strong <em>line</em></p><script>x()</script>`);
  await adminPage.getByRole('button', { name: 'Edit as HTML' }).click();
  await expect(box.locator('h2')).toHaveText(words);
  await expect(box.locator('[onclick]')).toHaveCount(0);
  await adminPage.getByRole('button', { name: 'Save product' }).click();
  await expect(adminPage.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await page.goto(`/products/${product.slug}`);
  const about = page.locator('.prose');
  await expect(about.locator('h2')).toHaveText(words);
  await expect(about.locator('em')).toHaveText('line');
  await expect(about.locator('script, [onclick]')).toHaveCount(0);
});

const CORPUS = [
  '<img src=x onerror="window.pwned = 1">',
  '<svg onload="window.pwned = 1"><p>x',
  '<a href="javascript:window.pwned = 1">click</a>',
  '<a href=" &#106;avascript:window.pwned = 1">click</a>',
  '<p " onclick="window.pwned = 1">quoted</p>',
  '<p style="background:url(x)" onmouseover=window.pwned=1>styled</p>',
  '<iframe srcdoc="<script>parent.pwned = 1</script>"></iframe>',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>',
  '<<script>window.pwned = 1</script>',
  '<input autofocus onfocus=window.pwned=1>',
];

test('what is put into the HTML is harmless in the editor', async ({ admin, adminPage }) => {
  const product = await admin.makeProduct();
  await adminPage.goto(`/admin/products/${product.id}`);
  const toggle = adminPage.getByRole('button', { name: 'Edit as HTML' });
  const box = adminPage.getByRole('textbox', { name: 'Description', exact: true });
  await box.click();
  await expect(box).toHaveAttribute('contenteditable', 'true');
  for (const [at, html] of CORPUS.entries()) {
    await toggle.click();
    await adminPage.getByLabel('Description (optional)', { exact: true }).fill(`${html}<p>Line ${at}</p>`);
    await toggle.click();
    const found = await box.evaluate((root) =>
      [...root.querySelectorAll('*')].flatMap((element) =>
        [...element.attributes].map(({ name, value }) => `${element.localName} ${name}=${value}`),
      ),
    );
    expect(found, html).toEqual([]);
    await expect(box.locator('img, svg, iframe, script, style, input, math')).toHaveCount(0);
  }
  expect(await adminPage.evaluate(() => 'pwned' in window)).toBe(false);
});
