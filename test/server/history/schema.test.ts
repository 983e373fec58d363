import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { migrate, readMigrations } from '../../../server/history/migrate.ts'
import { migrationsFolder } from '../../../server/history/open-database.ts'

/**
 * Prisma's schema gives the types, the migrations make the tables, and nothing but this test holds
 * them together.
 */

interface Column {
  readonly name: string
  readonly type: string
  readonly optional: boolean
}

interface Table {
  readonly columns: Map<string, Column>
  readonly primaryKey: readonly string[]
  /** By name: whether it is unique, and its columns. */
  readonly indices: Map<string, { readonly unique: boolean; readonly columns: readonly string[] }>
  /** "column -> table". */
  readonly references: readonly string[]
}

/** Indices that Prisma can't express: those with a condition. */
const partial = new Set(['skew_violation_open'])
const types: Readonly<Record<string, string>> = { Int: 'INTEGER', BigInt: 'INTEGER', String: 'TEXT' }

function schemaTables(text: string): Map<string, Table> {
  const models = [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
    name,
    body,
  }))
  const tableOf = new Map(models.map(({ name, body }) => [name, /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name]))
  const tables = new Map<string, Table>()
  for (const { name, body } of models) {
    const lines = body.split('\n').map((line) => line.replace(/\/\/.*$/, '').trim())
    const columnOf = new Map<string, string>()
    const columns = new Map<string, Column>()
    const indices = new Map<string, { unique: boolean; columns: readonly string[] }>()
    let primaryKey: string[] = []
    for (const line of lines) {
      const field = /^(\w+)\s+(\w+)(\?|\[\])?\s*(.*)$/.exec(line)
      const type = types[field?.[2] ?? '']
      if (!field || line.startsWith('@@') || !type) continue
      const [, own = '', , mark, attributes = ''] = field
      const column = /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? own
      columnOf.set(own, column)
      columns.set(column, { name: column, type, optional: mark === '?' })
      if (/@id\b/.test(attributes)) primaryKey = [column]
      const unique = /@unique\(map: "(\w+)"\)/.exec(attributes)?.[1]
      if (unique) indices.set(unique, { unique: true, columns: [column] })
    }
    const named = (list: string) => list.split(',').map((field) => columnOf.get(field.trim()) ?? `no field ${field}`)
    const references: string[] = []
    for (const line of lines) {
      const block = /^@@(id|unique|index)\(\[([^\]]+)\](?:, map: "(\w+)")?\)/.exec(line)
      if (block?.[1] === 'id') primaryKey = named(block[2] ?? '')
      else if (block) indices.set(block[3] ?? '', { unique: block[1] === 'unique', columns: named(block[2] ?? '') })
      const relation = /^\w+\s+(\w+)\??\s+@relation\((?:"\w+", )?fields: \[(\w+)\], references: \[id\]/.exec(line)
      if (relation) references.push(`${columnOf.get(relation[2] ?? '')} -> ${tableOf.get(relation[1] ?? '')}`)
    }
    tables.set(tableOf.get(name) ?? name, { columns, primaryKey, indices, references: references.sort() })
  }
  return tables
}

function databaseTables(database: Database): Map<string, Table> {
  const list = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all() as { name: string }[]
  return new Map(
    list.map(({ name }) => {
      const info = database.pragma(`table_info(${name})`) as {
        name: string
        type: string
        notnull: number
        pk: number
      }[]
      const indices = database.pragma(`index_list(${name})`) as { name: string; unique: number; origin: string }[]
      const foreign = database.pragma(`foreign_key_list(${name})`) as { from: string; table: string }[]
      return [
        name,
        {
          columns: new Map(info.map((c) => [c.name, { name: c.name, type: c.type, optional: c.notnull === 0 }])),
          primaryKey: info
            .filter(({ pk }) => pk > 0)
            .sort((a, b) => a.pk - b.pk)
            .map((c) => c.name),
          indices: new Map(
            indices
              .filter(({ origin }) => origin === 'c')
              .map((index) => [
                index.name,
                {
                  unique: index.unique === 1,
                  columns: (database.pragma(`index_info(${index.name})`) as { name: string }[]).map((c) => c.name),
                },
              ]),
          ),
          references: foreign.map(({ from, table }) => `${from} -> ${table}`).sort(),
        },
      ]
    }),
  )
}

test('the migrations make exactly the tables of schema.prisma', () => {
  const database = new Database(':memory:')
  migrate(database, readMigrations(migrationsFolder), { file: ':memory:', now: 0 })
  const made = databaseTables(database)
  made.delete('plumbline_migration')
  const meant = schemaTables(readFileSync(join(migrationsFolder, '..', 'schema.prisma'), 'utf8'))
  assert.deepEqual([...made.keys()].sort(), [...meant.keys()].sort())
  assert.ok(made.size >= 11)
  for (const [name, table] of meant) {
    const is = made.get(name)
    assert.ok(is)
    for (const index of partial) is.indices.delete(index)
    assert.deepEqual(is.columns, table.columns, name)
    assert.deepEqual(is.primaryKey, table.primaryKey, name)
    assert.deepEqual(is.references, table.references, name)
    assert.deepEqual(new Map([...is.indices].sort()), new Map([...table.indices].sort()), name)
  }
})

test('every table is STRICT', () => {
  const database = new Database(':memory:')
  migrate(database, readMigrations(migrationsFolder), { file: ':memory:', now: 0 })
  const tables = database.pragma('table_list') as { name: string; schema: string; strict: number; type: string }[]
  const loose = tables.filter(
    ({ name, schema, strict }) => schema === 'main' && !name.startsWith('sqlite_') && strict === 0,
  )
  assert.deepEqual(loose, [])
})
