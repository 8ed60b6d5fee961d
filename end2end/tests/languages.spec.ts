import { password } from '../support/account';
import { mailedLink } from '../support/mailbox';
import { hydrated } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

test('the whole purchase is in the language of its addresses', async ({ admin, page }) => {
  const product = await admin.makeProduct([{ price: '1234.50', stock: 12 }]);

  await test.step('the footer leads to the same page in German', async () => {
    await page.goto(`/products/${product.slug}`);
    await page.getByRole('contentinfo').getByRole('link', { name: 'Deutsch' }).click();
    await expect(page).toHaveURL(new RegExp(`/de/products/${product.slug}$`));
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await hydrated(page);
    await expect(page.getByText('12 auf Lager')).toBeVisible();
    await page.getByRole('button', { name: 'In den Warenkorb', exact: true }).click();
    await page.getByRole('link', { name: 'Warenkorb ansehen' }).click();
  });

  await test.step('so are the cart and every step of the checkout', async () => {
    await expect(page).toHaveURL(/\/de\/cart$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ihr Warenkorb');
    await expect(page.getByRole('complementary', { name: 'Zusammenfassung' })).toContainText(
      '1.234,50',
    );
    await page.getByRole('button', { name: 'Zur Kasse' }).click();
    await page.getByLabel('E-Mail').fill(uniqueEmail());
    await page.getByLabel('Vor- und Nachname', { exact: true }).fill('Kim Larch');
    await page.getByLabel('Straße und Hausnummer', { exact: true }).fill('Quay 7');
    await page.getByLabel('Postleitzahl', { exact: true }).fill('20457');
    await page.getByLabel('Ort', { exact: true }).fill('Hamburg');
    await page.getByLabel('Land', { exact: true }).selectOption('DE');
    await page.getByRole('button', { name: 'Weiter zum Versand' }).click();
    await page.getByRole('button', { name: 'Weiter zur Zahlung' }).click();
    await page.getByRole('radio', { name: 'Barzahlung bei Lieferung' }).check();
    await page.getByRole('button', { name: 'Weiter zur Prüfung' }).click();
    await expect(page).toHaveURL(/\/de\/checkout\?step=review$/);
    await page.getByRole('button', { name: /^Zahlungspflichtig bestellen/ }).click();
  });

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vielen Dank, Kim');
  await expect(page).toHaveURL(/\/de\/orders\//);
  await page.getByRole('contentinfo').getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, Kim');
});

test('staff work in the language of their account', async ({ page, adminPage }) => {
  const email = uniqueEmail();

  await test.step('someone joins the staff', async () => {
    await adminPage.goto('/admin/staff');
    await adminPage.getByLabel('E-mail').fill(email);
    await adminPage.getByRole('button', { name: 'Send invitation' }).click();
    await expect(adminPage.getByRole('table', { name: 'Invited' })).toContainText(email);
    await page.goto(await mailedLink(email, '/admin/invitation'));
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Accept' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  });

  await test.step('they choose German', async () => {
    await page.getByRole('link', { name: 'Your account' }).click();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
    await page.getByRole('button', { name: 'Save language' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
  });

  await test.step('the admin area is in it, its palette and live figures too', async () => {
    await page.goto('/admin');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(page.getByRole('heading', { level: 1, name: 'Übersicht' })).toBeVisible();
    await expect(page.getByText('Bestellungen pro Sekunde')).toBeVisible();
    await page.getByRole('button', { name: /^Gehe zu …/ }).click();
    const field = page.getByRole('combobox', { name: 'Seite öffnen oder suchen' });
    await field.fill('bestell');
    await page.getByRole('option', { name: 'Bestellungen', exact: true }).click();
    await expect(page).toHaveURL(/\/admin\/orders$/);
    await expect(page.getByRole('heading', { level: 1, name: 'Bestellungen' })).toBeVisible();
  });

  await test.step('a colleague still reads English', async () => {
    await adminPage.goto('/admin/orders');
    await expect(adminPage.locator('html')).toHaveAttribute('lang', 'en');
    await expect(adminPage.getByRole('heading', { level: 1, name: 'Orders' })).toBeVisible();
  });
});
