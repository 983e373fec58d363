/** A meta/v1 Status that refuses a request, with the HTTP code and headers that go with it. */
export interface Refusal {
  readonly code: number
  readonly reason: string
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly retryAfterSeconds?: number
  /** Continue token of an expired page. */
  readonly continuation?: string
}

/** What the API server would name an error of this code (apimachinery api/errors). */
const reasons: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  410: 'Expired',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

export function refusal(code: number, message: string, more: Partial<Refusal> = {}): Refusal {
  return { code, reason: reasons[code] ?? '', message, ...more }
}

export function statusText(refused: Refusal): string {
  const details = {
    ...refused.details,
    ...(refused.retryAfterSeconds !== undefined && { retryAfterSeconds: refused.retryAfterSeconds }),
  }
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: refused.continuation === undefined ? {} : { continue: refused.continuation },
    status: 'Failure',
    message: refused.message,
    ...(refused.reason !== '' && { reason: refused.reason }),
    ...(Object.keys(details).length > 0 && { details }),
    code: refused.code,
  })
}

export function tooOld(asked: number, oldest: number): Refusal {
  return refusal(410, `too old resource version: ${asked} (${oldest})`)
}

export function tooLarge(asked: number, current: number): Refusal {
  return refusal(504, `Timeout: Too large resource version: ${asked}, current: ${current}`, {
    details: { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }] },
    retryAfterSeconds: 1,
  })
}

export function invalidOption(field: string, message: string): Refusal {
  const text = `ListOptions.meta.k8s.io "" is invalid: ${field}: Forbidden: ${message}`
  return refusal(422, text, {
    details: {
      group: 'meta.k8s.io',
      kind: 'ListOptions',
      causes: [{ reason: 'FieldValueForbidden', message: `Forbidden: ${message}`, field }],
    },
  })
}
