import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { expect } from '@playwright/test';

import { mailFolder } from './environment';

/** Quoted-printable, as mails with long lines or other letters than ASCII's are written. */
function decoded(mail: string): string {
  const bytes = mail
    .replaceAll('=\r\n', '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The mails to an address, oldest first. */
async function mailsTo(email: string): Promise<string[]> {
  const names = await readdir(mailFolder).catch(() => []);
  const mails: string[] = [];
  for (const name of names.filter((name) => name.endsWith('.eml')).sort()) {
    const mail = await readFile(path.join(mailFolder, name), 'utf8');
    if (mail.includes(`\r\nTo: ${email}\r\n`)) {
      mails.push(decoded(mail));
    }
  }
  return mails;
}

/** Waits for a mail that says this, as long as mails take, or as what sends it takes. */
export async function mail(
  email: string,
  words: string | RegExp,
  timeout = 75_000,
): Promise<string> {
  let found: string | undefined;
  await expect(async () => {
    const says = (mail: string) =>
      typeof words === 'string' ? mail.includes(words) : words.test(mail);
    found = (await mailsTo(email)).find(says);
    expect(found, `a mail to ${email} that says ${words}`).toBeDefined();
  }).toPass({ timeout });
  return found ?? '';
}

function linkTo(page: string): RegExp {
  return new RegExp(`https?://[^\\s"]+${page}/[\\w-]{43}`);
}

/** The link to such a page in a mail. */
export function linkIn(mail: string, page: string): string {
  return mail.match(linkTo(page))?.[0] ?? '';
}

/** Waits for a mail with a link to such a page, and returns the link. */
export async function mailedLink(email: string, page: string): Promise<string> {
  return linkIn(await mail(email, linkTo(page)), page);
}
