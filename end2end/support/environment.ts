/** What `cargo xtask test` tells of the shop it started: freshly seeded, with one admin. */
export const baseURL = process.env.BASE_URL ?? 'http://127.0.0.1:3000';

export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Where a shop without a mail server writes its mails. */
export const mailFolder = process.env.MAIL_FOLDER ?? '../.data/mail';

export const credentials = {
  email: process.env.ADMIN_EMAIL ?? '',
  password: process.env.ADMIN_PASSWORD ?? '',
};

/**
 * `data` leaves out the specs that look only at markup, colours and words, `texts` runs the one that visits a
 * shop with marks around all texts, `new` the one that visits an empty shop, and `all` every other spec.
 */
export const specs = process.env.SPECS ?? 'all';

/** Where the payment provider sends its events, which the tests hand on to the shop. */
export const hookPort = process.env.HOOK_PORT === undefined ? undefined : Number(process.env.HOOK_PORT);

/** The server closes connections that are idle, and may do so just as a call is sent on one. */
export const patient = { maxRetries: 2 };

if (credentials.email === '' || credentials.password === '') {
  throw new Error(
    'Say in ADMIN_EMAIL and ADMIN_PASSWORD who may sign in. `server admin create EMAIL` makes an admin.',
  );
}
