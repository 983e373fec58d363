import type { Severity } from '../../domain/health/severity.ts'

/** The word that always goes with a severity's colour and shape. */
export const severityWords: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  progress: 'In progress',
  ok: 'OK',
}

/** For counts: "3 errors". Progress and ok are said of pods. */
export const severityNouns: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  progress: ['in progress', 'in progress'],
  ok: ['ok', 'ok'],
}
