/** The part of better-sqlite3 that server/history uses itself; version 13 ships no types. */
declare module 'better-sqlite3' {
  export interface Options {
    readonly?: boolean
    fileMustExist?: boolean
    /** busy_timeout, ms. */
    timeout?: number
  }
  export interface Statement {
    run(...parameters: unknown[]): { changes: number; lastInsertRowid: number | bigint }
    get(...parameters: unknown[]): unknown
    all(...parameters: unknown[]): unknown[]
  }
  export default class Database {
    constructor(file: string, options?: Options)
    readonly inTransaction: boolean
    exec(sql: string): this
    prepare(sql: string): Statement
    pragma(text: string, options?: { simple?: boolean }): unknown
    close(): this
  }
}
