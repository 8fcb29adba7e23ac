// Tells Amicable of many bills or receipts: a line of JSON each on standard input, 500 at a time.
// node many.mjs /v1/bulk/cases < bills.ndjson     node many.mjs /v1/bulk/payments < receipts.ndjson
import { createInterface } from 'node:readline'

/** @typedef {import('./amicable.d.ts').components['schemas']['Problem']} Problem */
const { AMICABLE_URL, AMICABLE_KEY } = process.env
const AGAIN = new Set([408, 429, 502, 503, 504])
const pause = (/** @type {number} */ seconds) => new Promise((go) => setTimeout(go, seconds * 1000))

/** @param {string[]} lines @returns {Promise<{ status: number, problem?: Problem }[]>} */
async function say(lines) {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(AMICABLE_URL + process.argv[2], {
      method: 'POST',
      headers: { Authorization: `Bearer ${AMICABLE_KEY}`, 'Content-Type': 'application/x-ndjson' },
      body: lines.join('\n'),
    }).catch(() => undefined)
    if (answer?.ok) return (await answer.text()).trim().split('\n').map((line) => JSON.parse(line))
    if (attempt === 5 || (answer && !AGAIN.has(answer.status))) {
      throw new Error(answer ? (await answer.json()).detail : 'no answer')
    }
    await pause(Number(answer?.headers.get('Retry-After') ?? 0.5 * 2 ** attempt))
  }
}

/** Each counts once by its own number or id, so the busy ones are simply said again. */
async function tell(/** @type {string[]} */ lines, attempt = 1) {
  const answers = lines.length ? await say(lines) : []
  const busy = lines.filter((_, at) => AGAIN.has(answers[at].status))
  answers.forEach(({ status, problem }, at) => {
    if (problem && !AGAIN.has(status)) console.log(lines[at], 'refused:', problem.detail)
  })
  if (busy.length && attempt === 5) throw new Error(`${busy.length} lines were busy to the end`)
  if (busy.length) await pause(0.5 * 2 ** attempt).then(() => tell(busy, attempt + 1))
}

let lines = []
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() && lines.push(line) === 500) await tell(lines.splice(0))
}
await tell(lines)
