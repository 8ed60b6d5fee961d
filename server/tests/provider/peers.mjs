// Holds the tests' payment provider against what others have written: Stripe's own library is its
// client and reads its signatures, and localstripe answers the same calls and signs its events.
// `cargo xtask peers` runs it.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const { STRIPE_LIBRARY, PROVIDER_PORT, LOCALSTRIPE_PORT, HOOK_PORT, WEBHOOK_SECRET } = process.env;
const Stripe = createRequire(import.meta.url)(STRIPE_LIBRARY);

const client = (port, key = 'sk_test_rig') =>
  new Stripe(key, {
    protocol: 'http',
    host: '127.0.0.1',
    port: Number(port),
    maxNetworkRetries: 0,
    telemetry: false,
  });
const ours = client(PROVIDER_PORT);
const theirs = client(LOCALSTRIPE_PORT, 'sk_test_12345');

// Every event as Stripe's library reads it, with its signature checked.
const events = [];
const theirEvents = [];
const THEIR_HOOK = '/localstripe';
const refused = [];
const receiver = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    try {
      const signature = request.headers['stripe-signature'];
      const event = signed(Buffer.concat(chunks), signature);
      (request.url === THEIR_HOOK ? theirEvents : events).push(event);
      response.writeHead(200).end();
    } catch (error) {
      refused.push(error);
      response.writeHead(400).end();
    }
  });
});

// The library has to take the signature, and would itself have made the same one for this body and time.
function signed(body, signature) {
  const event = ours.webhooks.constructEvent(body, signature, WEBHOOK_SECRET);
  const [, timestamp] = /^t=(\d+),/.exec(signature);
  const made = ours.webhooks.generateTestHeaderString({
    payload: body.toString(),
    secret: WEBHOOK_SECRET,
    timestamp: Number(timestamp),
  });
  assert.equal(signature, made);
  return event;
}

async function until(what, holds) {
  for (let tries = 0; tries < 500; tries += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`this never came: ${what}`);
}

const pick = (object, ...names) => Object.fromEntries(names.map((name) => [name, object[name]]));

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return { status: error.statusCode, kind: error.constructor.name };
  }
  return assert.fail('this should have been refused');
}

const intent = (stripe, card, more = {}) =>
  stripe.paymentIntents.create({
    amount: 4900,
    currency: 'eur',
    payment_method: card,
    capture_method: 'manual',
    confirm: true,
    metadata: { order_id: 'o1' },
    ...more,
  });

// What one server makes of the calls that both know.
const courses = {
  async 'a card is authorised and captured'(stripe) {
    const authorised = await intent(stripe, 'pm_card_visa');
    const captured = await stripe.paymentIntents.capture(authorised.id);
    const whole = await stripe.paymentIntents.retrieve(authorised.id, { expand: ['latest_charge'] });
    const names = ['object', 'status', 'amount', 'currency', 'capture_method', 'livemode'];
    return [
      pick(authorised, ...names),
      pick(captured, ...names),
      { ...whole.metadata },
      pick(whole.latest_charge, 'object', 'amount', 'captured', 'paid', 'refunded', 'status'),
    ];
  },
  async 'a part and the rest are refunded'(stripe) {
    const paid = await intent(stripe, 'pm_card_visa');
    await stripe.paymentIntents.capture(paid.id);
    const first = await stripe.refunds.create({
      payment_intent: paid.id,
      amount: 1000,
      metadata: { refund_id: 'r1' },
    });
    const second = await stripe.refunds.create({ payment_intent: paid.id, amount: 3900 });
    const listed = await stripe.refunds.list({ payment_intent: paid.id, limit: 100 });
    const whole = await stripe.paymentIntents.retrieve(paid.id, { expand: ['latest_charge'] });
    const names = ['object', 'amount', 'currency', 'status'];
    return [
      pick(first, ...names),
      { ...first.metadata },
      pick(second, ...names),
      pick(listed, 'object', 'has_more'),
      listed.data.map((refund) => refund.amount).sort((a, b) => a - b),
      pick(whole.latest_charge, 'amount_refunded', 'refunded'),
    ];
  },
  async 'a declined card is an error of the card'(stripe) {
    return failure(intent(stripe, 'pm_card_chargeCustomerFail'));
  },
  async 'an authorisation is cancelled once'(stripe) {
    const authorised = await intent(stripe, 'pm_card_visa');
    const cancelled = await stripe.paymentIntents.cancel(authorised.id);
    return [cancelled.status, await failure(stripe.paymentIntents.cancel(authorised.id))];
  },
  async 'what was captured cannot be cancelled'(stripe) {
    const paid = await intent(stripe, 'pm_card_visa');
    await stripe.paymentIntents.capture(paid.id);
    return failure(stripe.paymentIntents.cancel(paid.id));
  },
  async 'a card whose owner is asked waits'(stripe) {
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { number: '4000002760003184', exp_month: 12, exp_year: 2040, cvc: '123' },
    });
    const waiting = await intent(stripe, method.id);
    const cancelled = await stripe.paymentIntents.cancel(waiting.id);
    return [waiting.status, waiting.next_action !== null, cancelled.status];
  },
  async 'what is not there is not found'(stripe) {
    return failure(stripe.paymentIntents.retrieve('pi_00000000000000'));
  },
  async 'an amount is needed'(stripe) {
    return failure(stripe.paymentIntents.create({ currency: 'eur' }));
  },
};

const session = (more = {}) => ({
  mode: 'payment',
  success_url: 'http://127.0.0.1/paid?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://127.0.0.1/back',
  client_reference_id: 'o1',
  customer_email: 'zoe@shop.example',
  expires_at: Math.floor(Date.now() / 1000) + 60 * 60,
  adaptive_pricing: { enabled: false },
  allowed_payment_method_types: ['card'],
  line_items: [
    {
      quantity: 1,
      price_data: { currency: 'eur', unit_amount: 4900, product_data: { name: 'Order 1' } },
    },
  ],
  metadata: { order_id: 'o1' },
  payment_intent_data: { capture_method: 'manual', metadata: { order_id: 'o1' } },
  ...more,
});

const pay = (page, card) =>
  fetch(page, { method: 'POST', body: new URLSearchParams({ card }), redirect: 'manual' });

// What Stripe's library sees of ours alone: localstripe has no pages and ignores keys.
const checks = {
  async 'a page leads to an authorised payment, and its events are signed'() {
    const begun = await ours.checkout.sessions.create(session());
    assert.equal(begun.status, 'open');
    assert.equal(begun.payment_intent, null);
    const answer = await pay(begun.url, '4242 4242 4242 4242');
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get('location'), `http://127.0.0.1/paid?session=${begun.id}`);
    const paid = await ours.checkout.sessions.retrieve(begun.id, {
      expand: ['payment_intent.latest_charge'],
    });
    assert.equal(paid.status, 'complete');
    assert.equal(paid.url, null);
    assert.equal(paid.payment_intent.status, 'requires_capture');
    assert.equal(paid.payment_intent.amount_capturable, 4900);
    assert.equal(paid.payment_intent.latest_charge.payment_method_details.card.last4, '4242');
    const named = await ours.checkout.sessions.list({ payment_intent: paid.payment_intent.id });
    assert.deepEqual(
      named.data.map((found) => found.id),
      [begun.id],
    );
    await until('checkout.session.completed', () =>
      events.some(
        (event) =>
          event.type === 'checkout.session.completed' &&
          event.data.object.id === begun.id &&
          event.data.object.metadata.order_id === 'o1',
      ),
    );
  },
  async 'a page that has ended cannot be paid'() {
    const begun = await ours.checkout.sessions.create(session());
    const ended = await ours.checkout.sessions.expire(begun.id);
    assert.equal(ended.status, 'expired');
    assert.equal((await pay(begun.url, '4242424242424242')).status, 410);
    const again = await failure(ours.checkout.sessions.expire(begun.id));
    assert.deepEqual(again, { status: 400, kind: 'StripeInvalidRequestError' });
  },
  async 'a key is answered in the same way, and only for the same request'() {
    const options = { idempotencyKey: `peers-${Date.now()}` };
    const form = session();
    const first = await ours.checkout.sessions.create(form, options);
    const second = await ours.checkout.sessions.create(form, options);
    assert.equal(second.id, first.id);
    assert.equal(second.lastResponse.headers['idempotent-replayed'], 'true');
    const other = session({ client_reference_id: 'o2' });
    const refusal = await failure(ours.checkout.sessions.create(other, options));
    assert.deepEqual(refusal, { status: 400, kind: 'StripeIdempotencyError' });
  },
  async 'unknown parameters, short lives and wrong keys are refused'() {
    const unknown = session({ payment_method_types: ['card'] });
    const short = session({ expires_at: Math.floor(Date.now() / 1000) + 60 });
    for (const form of [unknown, short]) {
      const refusal = await failure(ours.checkout.sessions.create(form));
      assert.deepEqual(refusal, { status: 400, kind: 'StripeInvalidRequestError' });
    }
    const stranger = client(PROVIDER_PORT, 'sk_test_wrong');
    const refusal = await failure(stranger.balance.retrieve());
    assert.deepEqual(refusal, { status: 401, kind: 'StripeAuthenticationError' });
  },
  async 'lists go over many pages'() {
    const made = [];
    for (let n = 0; n < 5; n += 1) {
      made.push((await intent(ours, 'pm_card_visa')).id);
    }
    const found = [];
    for await (const payment of ours.paymentIntents.list({ limit: 2 })) {
      found.push(payment.id);
    }
    assert.deepEqual(found.slice(0, 5), made.reverse());
  },
  async 'all signatures are right, and localstripe makes the same'() {
    const url = `http://127.0.0.1:${HOOK_PORT}${THEIR_HOOK}`;
    const hook = `http://127.0.0.1:${LOCALSTRIPE_PORT}/_config/webhooks/peers`;
    const form = new URLSearchParams({ url, secret: WEBHOOK_SECRET });
    assert.equal((await fetch(hook, { method: 'POST', body: form })).status, 200);
    await theirs.customers.create({ email: 'zoe@shop.example', name: 'Zoë' });
    await until('events', () => events.length > 20);
    await until('an event of localstripe', () =>
      theirEvents.some((event) => event.type === 'customer.created'),
    );
    assert.deepEqual(refused, []);
  },
};

async function run() {
  await new Promise((resolve) => receiver.listen(Number(HOOK_PORT), '127.0.0.1', resolve));
  let failed = 0;
  const judge = async (name, check) => {
    try {
      await check();
      console.log(`ok      ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n${error.stack}`);
    }
  };
  for (const [name, course] of Object.entries(courses)) {
    await judge(`both: ${name}`, async () => {
      assert.deepEqual(await course(ours), await course(theirs));
    });
  }
  for (const [name, check] of Object.entries(checks)) {
    await judge(`ours: ${name}`, check);
  }
  receiver.close();
  receiver.closeAllConnections();
  process.exitCode = failed === 0 ? 0 : 1;
}

await run();
