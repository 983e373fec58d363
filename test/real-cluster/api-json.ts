import { request } from 'node:https'

export interface ApiAccess {
  /** For example https://127.0.0.1:16443; its certificate isn't checked. */
  readonly server: string
  readonly token: string
}

export interface ApiQuestion {
  readonly method?: string
  readonly path: string
  readonly accept?: string
  readonly contentType?: string
  readonly body?: object
}

const attempts = 5

/**
 * One request to the API server, answered as JSON; throws with the server's words for any status
 * of 300 and above. A connection that breaks is tried again a few times: test servers fall over.
 */
export async function apiJson(access: ApiAccess, question: ApiQuestion): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(access, question)
    } catch (error) {
      if (error instanceof ApiRefusal || attempt === attempts) throw error
      await new Promise((resolve) => setTimeout(resolve, 500 * attempt))
    }
  }
}

class ApiRefusal extends Error {}

function ask({ server, token }: ApiAccess, { method = 'GET', path, accept, contentType, body }: ApiQuestion) {
  return new Promise<unknown>((resolve, reject) => {
    const text = body && JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${token}`,
      accept: accept ?? 'application/json',
      // Node leaves the length of a DELETE's body out by itself.
      ...(text && { 'content-type': contentType ?? 'application/json', 'content-length': Buffer.byteLength(text) }),
    }
    const asking = request(`${server}${path}`, { method, rejectUnauthorized: false, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString('utf8')
        const status = response.statusCode ?? 500
        if (status < 300) resolve(JSON.parse(answer))
        else reject(new ApiRefusal(`${method} ${path} answered ${status}: ${answer}`))
      })
    })
    asking.on('error', reject)
    asking.end(text)
  })
}
