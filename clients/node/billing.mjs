// A billing system in Node tells Amicable of a bill and a receipt, and asks what is open.
// The types come from the gateway's description: npx openapi-typescript docs/openapi.json -o amicable.d.ts
/** @typedef {import('./amicable.d.ts').components['schemas']} Schemas */

const { AMICABLE_URL, AMICABLE_KEY } = process.env
const AGAIN = new Set([408, 429, 502, 503, 504])

/**
 * @template Answer
 * @param {'GET' | 'POST'} method
 * @param {string} path
 * @param {object} [body]
 * @param {string} [key] the same key twice counts once
 * @returns {Promise<Answer>}
 */
async function ask(method, path, body, key = crypto.randomUUID()) {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(AMICABLE_URL + path, {
      method,
      headers: {
        Authorization: `Bearer ${AMICABLE_KEY}`,
        'Content-Type': 'application/json',
        ...(method === 'POST' && { 'Idempotency-Key': key }),
      },
      body: body && JSON.stringify(body),
    }).catch(() => undefined)
    if (answer?.ok) return answer.json()
    if (attempt === 5 || (answer && !AGAIN.has(answer.status))) {
      throw new Error(answer ? (await answer.json()).detail : 'no answer')
    }
    const wait = Number(answer?.headers.get('Retry-After') ?? 0.5 * 2 ** attempt)
    await new Promise((go) => setTimeout(go, wait * 1000))
  }
}

const [number, customer, issued, due, amount] = process.argv.slice(2)
/** @type {Schemas['NewCase']} */
const bill = { number, customer, issued, due, amount, currency: 'EUR', reference: '' }
await ask('POST', '/v1/cases', bill, `bill-${number}`)
/** @type {Pick<Schemas['NewPayment'], 'customer' | 'amount' | 'currency' | 'invoices'>} */
const receipt = { customer, amount: '19.00', currency: 'EUR', invoices: [number] }
await ask('POST', '/v1/payments', receipt, `receipt-${number}`)
/** @type {Schemas['CaseSheet']} */
const sheet = await ask('GET', `/v1/cases/${encodeURIComponent(number)}`)
console.log(number, sheet.open, sheet.currency)
