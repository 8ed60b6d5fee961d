import { password, signIn, signUp } from '../support/account';
import { mail } from '../support/mailbox';
import { expect, test } from '../support/test';
import { nextCode, totp } from '../support/totp';
import { uniqueEmail } from '../support/unique';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('a second factor is set up and asked for at sign-in', async ({ page, newVisitor }) => {
      test.slow();
      const email = uniqueEmail();
      await signUp(page, email);

      const secret = await test.step('an app is told the secret', async () => {
        await page.goto('/account/security');
        await page.getByRole('link', { name: 'Set it up' }).click();
        await page.getByRole('button', { name: 'Set it up' }).click();
        const picture = page.getByRole('img', { name: 'QR code for your authenticator app' });
        await expect(picture).toBeVisible();
        const typed = await page.locator('.factor-secret').innerText();
        expect(typed).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
        return typed;
      });

      const recovery = await test.step('a code switches it on', async () => {
        await page.getByLabel('Code', { exact: true }).fill('no code');
        await page.getByLabel('Your password').fill(password);
        await page.getByRole('button', { name: 'Turn on' }).click();
        await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('aria-invalid', 'true');
        await page.getByLabel('Code', { exact: true }).fill(totp(secret, Date.now()));
        await page.getByLabel('Your password').fill(password);
        await page.getByRole('button', { name: 'Turn on' }).click();
        await expect(
          page.getByRole('heading', { level: 1, name: 'Your recovery codes' }),
        ).toBeVisible();
        const codes = page.locator('.recovery-codes').getByRole('listitem');
        await expect(codes).toHaveCount(10);
        return codes.first().innerText();
      });
      await mail(email, 'Your second factor is on');

      const elsewhere = await newVisitor({ javaScriptEnabled });
      await test.step('the password alone signs nobody in', async () => {
        await signIn(elsewhere, email);
        await expect(elsewhere).toHaveURL(/\/account\/sign-in\/code/);
        await elsewhere.getByLabel('Code', { exact: true }).fill('no code');
        await elsewhere.getByRole('button', { name: 'Sign in' }).click();
        await expect(elsewhere.getByRole('alert')).toContainText('This code is incorrect');
        await elsewhere.getByLabel('Code', { exact: true }).fill(nextCode(secret));
        await elsewhere.getByRole('button', { name: 'Sign in' }).click();
        const hello = elsewhere.getByRole('heading', { level: 1, name: 'Hello, Kim' });
        await expect(hello).toBeVisible();
      });

      await test.step('a recovery code does as well, once', async () => {
        const phone = await newVisitor({ javaScriptEnabled });
        await signIn(phone, email);
        await phone.getByLabel('Code', { exact: true }).fill(recovery.toLowerCase());
        await phone.getByRole('button', { name: 'Sign in' }).click();
        const hello = phone.getByRole('heading', { level: 1, name: 'Hello, Kim' });
        await expect(hello).toBeVisible();
        await mail(email, '9 are left');
        await phone.goto('/account/security/second-factor');
        await expect(phone.getByRole('main')).toContainText('9 recovery codes are left.');
        await phone.getByRole('button', { name: 'Turn off' }).click();
        await expect(phone.getByRole('status')).toContainText('Your second factor is off.');
      });

      const plain = await newVisitor({ javaScriptEnabled });
      await signIn(plain, email);
      await expect(plain.getByRole('heading', { level: 1, name: 'Hello, Kim' })).toBeVisible();
    });
  });
}
