import { expect, type Page } from '@playwright/test';

import { mailedLink } from './mailbox';
import { person, proceed, step } from './shop';

export const password = 'correct horse battery';

/** Asks for an account and returns the link that was mailed. */
export async function signUpLink(page: Page, email: string): Promise<string> {
  await page.goto('/account/sign-up');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'E-mail me a link' }).click();
  await expect(page.getByRole('status')).toContainText('Check your inbox');
  return mailedLink(email, '/account/sign-up');
}

/** On the page the link leads to. */
export async function choosePassword(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('Kim Larch');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hello, Kim' })).toBeVisible();
}

export async function signUp(page: Page, email: string): Promise<void> {
  await page.goto(await signUpLink(page, email));
  await choosePassword(page);
}

export async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.goto('/account/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** On the page of a new address. */
export async function saveAddress(page: Page): Promise<void> {
  for (const [label, text] of Object.entries(person)) {
    await page.getByLabel(label).fill(text);
  }
  await page.getByLabel('Country').selectOption('DE');
  await page.getByRole('button', { name: 'Save address' }).click();
  await expect(page.getByText('Default', { exact: true })).toBeVisible();
}

/** From a filled cart to the review; the account knows who and where, so nothing is asked. */
export async function goToReview(page: Page): Promise<void> {
  await proceed(page);
  await expect(step(page, 'Review')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Quay 7');
}
