// STUB
export function restartLoop(..._args: unknown[]): { since: number; restarts: number; cause: string; nextAttemptAt: number | null } | null { return null }
